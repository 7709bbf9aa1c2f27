"""Where a glossed name begins, and how far a gloss is to be trusted.

Before a bracket the words of a sentence and of a name run into one another: 位于日本理化学研究所(RIKEN). Three things tell
where the name begins: translations of its words explain the letters of the acronym or the words of the other name; the same
name stands before the same bracket elsewhere; and a mark, a function word or a verb stands before it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termalign.evidence.atoms import Atoms, atoms, critical_affixes
from termalign.evidence.covering import Composer
from termalign.evidence.cues import cues
from termalign.evidence.gloss import MIDDLE_DOTS, NameKind
from termalign.languages import LANGUAGES
from termalign.languages.characters import has_cjk
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from termalign.evidence.gloss import Gloss
    from termalign.lexicon import Lexicon
    from termalign.model import Token

__all__ = ["SettledGloss", "initials_explained", "settle"]

# What each sign is worth against the others: what explains the other name counts most, then what other places say, then the
# grammar of this place. Only their order matters; set by hand.
SUPPORT_WEIGHT, RECURRENCE_WEIGHT, NATURAL_WEIGHT, GRAMMAR_WEIGHT, HEAD_WEIGHT = 1.5, 1.0, 0.2, 0.3, 0.5
MIN_LETTERS, MAX_HEAD = 3, 2  # letters of an acronym, and characters of a word that is seldom its full name
MAX_WORD_ATOMS = 4
MIN_KNOWN = 4  # characters of a name that may settle another gloss of it; shorter ones end other names by chance
DOUBT = 0.5  # trust in a gloss that its words speak against
ENOUGH_SUPPORT = 0.5
SOME_SUPPORT = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledGloss:
    """A gloss whose outer name begins at a chosen place.

    Args:
        gloss: The gloss.
        start: Where its outer name begins in the sentence.
        trust: How far it is to be trusted, in [0, 1]; below 1 where its words speak against it.
    """

    gloss: Gloss
    start: int
    trust: float

    @property
    def outer(self) -> str:
        """The outer name."""
        return self.gloss.outer(self.start)


def settle(glosses: Sequence[Gloss], *, lexicon: Lexicon) -> tuple[SettledGloss, ...]:
    """Choose where the outer name of each gloss begins, and say how far the gloss is to be trusted.

    Each is weighed by itself first; what it names so is a sign for the others.

    Args:
        glosses: All glosses of the input.
        lexicon: For translating the words of names.

    Returns:
        The glosses, in order.

    Source:
        Ours.
    """
    judge = _Judge(lexicon)
    given: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for gloss in glosses:
        if gloss.language == "en":
            given[gloss.inner_language, fold(gloss.outer())].add(fold(gloss.inner))
    first = [(gloss, gloss.outer(judge.best(gloss, given=given.get(_key(gloss), set())))) for gloss in glosses]
    seen: defaultdict[tuple[str, str], list[tuple[Gloss, str]]] = defaultdict(list)
    for gloss, outer in first:
        seen[_key(gloss)].append((gloss, outer))
    settled = []
    for gloss in glosses:
        key = _key(gloss)
        others = [(other, outer) for other, outer in seen[key] if _before(other) != _before(gloss)]
        abroad = {"ja": "zh-Hans", "zh-Hans": "ja", "zh-Hant": "ja"}.get(gloss.language, "")
        known = {outer for _, outer in seen.get((abroad, key[1]), [])}
        start = judge.best(gloss, others, given=given.get(key, set()) | set(map(fold, known)), known=known)
        settled.append(SettledGloss(gloss=gloss, start=start, trust=judge.trust(gloss, start)))
    return _agreed(settled)


def _key(gloss: Gloss) -> tuple[str, str]:
    """Return what glosses of one name in one language share."""
    return gloss.language, fold(gloss.inner)


def _before(gloss: Gloss) -> str:
    """Return the sentence up to the bracket; where it is the same, the gloss is a copy and no other witness."""
    return gloss.sentence.text[: gloss.end]


def _agreed(settled: Sequence[SettledGloss]) -> tuple[SettledGloss, ...]:
    """Trust the names in one bracket no more than the least trusted: an acronym is that of the name beside it."""
    least: dict[tuple[int, int], float] = {}
    for one in settled:
        key = id(one.gloss.sentence), one.gloss.end
        least[key] = min(one.trust, least.get(key, 1.0))
    return tuple(replace(one, trust=least[id(one.gloss.sentence), one.gloss.end]) for one in settled)


class _Judge:
    """Weighs the signs for one beginning or another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._composer = Composer(lexicon)

    def best(
        self,
        gloss: Gloss,
        others: Sequence[tuple[Gloss, str]] = (),
        *,
        given: AbstractSet[str],
        known: AbstractSet[str] = frozenset(),
    ) -> int:
        """Choose among the starts of one gloss; the longest name wins among equals.

        ``others`` are the glosses with the same bracket and what each names by itself, ``given`` the folded names that stand
        in brackets behind what stands in this bracket: QIS（量子信息科学） settles 国家量子信息科学（QIS）. ``known`` are the names that authors of the other
        language of Han characters gloss so.
        """
        starts = gloss.starts if gloss.quoted else _with_known_names(gloss, {outer for _, outer in others} | known)
        if len(starts) == 1:
            return starts[0]
        if _is_person(gloss):
            return self._person_start(gloss)
        seen = [
            (other.quoted, {fold(other.outer(start)) for start in other.starts}, fold(outer)) for other, outer in others
        ]

        def worth(start: int) -> tuple[float, int]:
            name = fold(gloss.outer(start))
            named = sum(
                (name == natural) * (1.5 if quoted else 1.0) + 0.25 * (name in names) for quoted, names, natural in seen
            )
            same = (name in given) + named / max(1, len(seen))
            signs = (
                SUPPORT_WEIGHT * self.support(gloss, start)
                + RECURRENCE_WEIGHT * min(1.0, same)
                + NATURAL_WEIGHT * (start == gloss.natural)
                + GRAMMAR_WEIGHT * _grammar(gloss, start)
                - HEAD_WEIGHT * self._is_head(gloss, start)
            )
            return round(signs, 6), -start

        return max(starts, key=worth)

    def _person_start(self, gloss: Gloss) -> int:
        """Find where a transliterated name with a middle dot begins: before its first part, which is no known word."""
        tokens = [token for token in gloss.sentence.tokens if gloss.starts[0] <= token.start < gloss.end]
        dot = next(
            number
            for number, token in enumerate(tokens)
            if token.text[:1] in MIDDLE_DOTS or token.text[-1:] in MIDDLE_DOTS
        )
        first = max(0, dot - 1)
        while first > 0 and len(tokens[first].text) == 1 and not self._known(tokens[first - 1], gloss.language):
            first -= 1
        return tokens[first].start

    def _known(self, token: Token, language: str) -> bool:
        return bool(self._lexicon.senses(token.text, language))

    def words(self, gloss: Gloss, start: int) -> list[str]:
        """Return the words of the outer name when it begins at ``start``."""
        tokens = [token for token in gloss.sentence.tokens if token.start >= start and token.end <= gloss.end]
        if tokens and tokens[0].start > start:  # the name begins inside a word of the tokeniser
            tokens = list(LANGUAGES.get(gloss.language).tokens(gloss.sentence.text[start : gloss.end]))
        return [token.text for token in tokens]

    def _is_head(self, gloss: Gloss, start: int) -> bool:
        """Tell whether a word of two characters stands before an acronym of more letters: 调查 of 客户尽职调查（CDD）."""
        n_letters = sum(char.isalpha() for char in gloss.inner)
        is_long = gloss.kind is NameKind.ACRONYM and n_letters >= MIN_LETTERS
        return is_long and gloss.end - start <= MAX_HEAD and self.support(gloss, start) <= ENOUGH_SUPPORT

    def support(self, gloss: Gloss, start: int) -> float:
        """Measure how well the words from ``start`` on explain the other name, in [0, 1]."""
        if gloss.language == "en":
            name, acronym = gloss.inner, gloss.outer(start)
            words = [token.text for token in LANGUAGES.get(gloss.inner_language).tokens(name)]
            return initials_explained(words, acronym, language=gloss.inner_language, lexicon=self._lexicon)
        words = self.words(gloss, start)
        if gloss.kind is NameKind.ACRONYM:
            return initials_explained(words, gloss.inner, language=gloss.language, lexicon=self._lexicon)
        lemmas = [token.base for token in LANGUAGES.get("en").tokens(gloss.inner) if token.pos != "mark"]
        outer, inner = atoms(words, language=gloss.language), atoms(lemmas, language="en")
        return self._composer.cover(outer, inner, source=gloss.language, target="en").score

    def trust(self, gloss: Gloss, start: int) -> float:
        """Say how far a gloss is to be trusted: less where words whose translations are known say something else."""
        if gloss.language == gloss.inner_language or gloss.quoted or _is_person(gloss):
            return 1.0
        support = self.support(gloss, start)
        if gloss.language == "en":
            return 1.0 if support >= SOME_SUPPORT else DOUBT
        before = gloss.sentence.text[:start]
        if before.endswith(cues("attributive")) and support <= ENOUGH_SUPPORT:
            return DOUBT  # 誤り訂正無しの量子コンピュータ（NISQ）: the name is longer than its head
        if before.endswith(tuple(critical_affixes())) and support < ENOUGH_SUPPORT:
            return DOUBT  # 后|量子密码（PQC）: the name has lost its prefix
        words = self.words(gloss, start)
        all_known = all(self._lexicon.senses(word, gloss.language) for word in words)
        if gloss.kind is NameKind.NAME and all_known and support < SOME_SUPPORT:
            return DOUBT
        return 1.0


def _with_known_names(gloss: Gloss, names: AbstractSet[str]) -> tuple[int, ...]:
    """Add the beginnings that other glosses of the same name suggest: a tokeniser may have cut 以理|化学|研究所."""
    text = gloss.sentence.text[: gloss.end]
    known = {
        gloss.end - len(name) for name in names if len(name) >= MIN_KNOWN and fold(text[-len(name) :]) == fold(name)
    }
    return tuple(sorted({*gloss.starts, *known}))


def _is_person(gloss: Gloss) -> bool:
    """Tell whether a gloss gives the Latin spelling of a transliterated name: 西莉亚·梅尔茨巴赫（Celia Merzbacher）."""
    if gloss.kind is NameKind.ACRONYM or has_cjk(gloss.inner) or gloss.language == "en":
        return False
    words = gloss.inner.split()
    dots = sum(char in MIDDLE_DOTS for char in gloss.sentence.text[gloss.starts[0] : gloss.end])
    return dots == len(words) - 1 > 0 and all(word[:1].isupper() for word in words)


def _grammar(gloss: Gloss, start: int) -> float:
    """Rate what stands at and before a beginning, in [-1, 1]: after a mark, function word or verb a name may well begin."""
    tokens = gloss.sentence.tokens
    number = next((n for n, token in enumerate(tokens) if token.start == start), -1)
    if number < 0:
        return 0.0
    if tokens[number].pos in {"v", "suffix"} and tokens[number].end < gloss.end:
        return -1.0
    if not number:
        return 1.0
    before = tokens[number - 1]
    if before.pos in {"mark", "func", "adv", "num"} and before.text not in MIDDLE_DOTS:
        return 0.5 if before.text in {"与", "和", "及", "の", "的"} else 1.0
    return {"v": 0.8, "pn": 0.3}.get(before.pos, 0.0)


def initials_explained(words: Iterable[str], acronym: str, *, language: str, lexicon: Lexicon) -> float:
    """Measure how far the letters of an acronym are initials of English translations of the words of a name.

    Args:
        words: The words of the name, as the tokeniser cuts them.
        acronym: The acronym.
        language: Tag of the name.
        lexicon: Words and their translations.

    Returns:
        Harmonic mean of the share of letters explained and of the share of words used, in [0, 1]. Order is free: Chinese
        and Japanese put the parts of a name in another order than English.
    """
    letters = [char.lower() for char in acronym if char.isalpha() and char.isascii()]
    parts = atoms(list(words), language=language)
    if not letters or not parts.weight:
        return 0.0
    left = list(letters)
    used = position = 0
    while position < len(parts.texts):
        step, letter = _initial(parts, position, left, language, lexicon)
        if letter:
            left.remove(letter)
            used += sum(parts.weights[position : position + step])
        position += step
    explained = 1 - len(left) / len(letters)
    share = used / parts.weight
    return 2 * explained * share / (explained + share) if explained else 0.0


def _initial(parts: Atoms, position: int, left: Sequence[str], language: str, lexicon: Lexicon) -> tuple[int, str]:
    """Find the longest known word at ``position``: how many parts it has and which letter that is left it explains, if any."""
    for size in range(min(MAX_WORD_ATOMS, len(parts.texts) - position), 0, -1):
        translations = lexicon.translations("".join(parts.texts[position : position + size]), language, "en")
        if translations:
            initials = [one.text[0].lower() for one in translations]
            return size, next((letter for letter in initials if letter in left), "")
    return 1, ""
