"""Evidence from sound: loanwords in katakana against English, names against names in any of the three scripts.

フラッグシップ / flagship, 梅尔茨巴赫 / メルツバッハー / Merzbacher, 習近平 / Xi Jinping. What sounds alike is often the same word and
sometimes another (シリコーン, silicon), so that this source speaks only for a pair, never against it, and never settles one alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from termalign.evidence.base import in_order
from termalign.languages.characters import HIRAGANA, is_acronym, is_all_han
from termalign.languages.ja import kana_reading
from termalign.languages.sound.index import SoundIndex
from termalign.languages.sound.kana import kana_key, kana_sounds
from termalign.languages.sound.letters import latin_letters
from termalign.languages.sound.pinyin import han_readings
from termalign.languages.sound.similarity import (
    is_transliteration,
    native_spellings,
    reading_similarity,
    spelling_similarity,
)
from termalign.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termalign.evidence.base import Ground
    from termalign.model import Form

__all__ = ["Reading"]

MIN_SCORE = 0.5  # likelihood from which sound speaks for a pair
MIN_PROPOSED = 0.8  # from which it is worth weighing by all sources
MIN_SOUNDS = 4  # two kana or a short syllable are in too many words
MIN_LETTERS = 3
MIN_CHARACTERS = 3  # of a Chinese name against katakana
MIN_SYLLABLES = 2  # of pinyin, vowels of romaji: below it a spelling is another language's word
RIVAL_ODDS = 2.0  # how much likelier another partner must be to take a pair; within it sound cannot tell the two
BEATEN, EQUALLED = 0.5, 0.75  # of its score that a pair keeps then: with it sound alone makes no link
_HIRAGANA = re.compile(f"[{HIRAGANA}]")


class Reading:
    """Terms that sound alike.

    Args:
        ground: Candidates, and the words of each.
    """

    name = "reading"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._similarity = lru_cache(maxsize=None)(self._similar)
        self._partners = lru_cache(maxsize=None)(self._find_partners)

    def pairs(self) -> Iterator[tuple[Form, Form]]:
        """Propose the candidates that sound alike and have no likelier partner."""
        fragments = self._ground.fragments
        found = {
            in_order(form, other)
            for form, others in (*self._by_sound(), *self._by_spelling())
            for other in others
            if not {form, other} <= fragments
        }
        for pair in sorted(found):
            weighed = self.weigh(*pair)
            if weighed is not None and weighed.score >= MIN_PROPOSED:
                yield pair

    @cached_property
    def _sounded(self) -> dict[str, tuple[Form, ...]]:
        """The candidates whose spelling says how they sound, by language: kana, transliterations, Latin words."""
        found: defaultdict[str, list[Form]] = defaultdict(list)
        for form in sorted(self._ground.candidates):
            if _is_sounded(form):
                found[form[0]].append(form)
        return {tag: tuple(forms) for tag, forms in found.items()}

    @cached_property
    def _indices(self) -> dict[tuple[str, str], SoundIndex]:
        """An index of the sounded candidates of each language for each other one."""
        return {
            (tag, other): SoundIndex((text for _, text in forms), language=tag, other=other)
            for tag, forms in self._sounded.items()
            for other in self._sounded
            if tag[:2] != other[:2]
        }

    def _near(self, form: Form, tag: str) -> Iterator[Form]:
        """Yield the sounded candidates of another language that may sound like a term."""
        index = self._indices.get((tag, form[0]))
        for text in index.near(form[1]) if index else ():
            if _fit(form, (tag, text)):
                yield tag, text

    def _by_sound(self) -> Iterator[tuple[Form, Iterable[Form]]]:
        """Yield each sounded candidate with those of the languages behind it that may sound alike."""
        for tag, forms in self._sounded.items():
            for other in self._sounded:
                if (tag, other) in self._indices and tag != "en" and (tag == "ja" or other == "en"):
                    yield from ((form, self._near(form, other)) for form in forms)

    def _by_spelling(self) -> Iterator[tuple[Form, Iterable[Form]]]:
        """Yield each candidate in Han characters with the Latin ones that spell its reading."""
        spelt: dict[str, defaultdict[str, list[Form]]] = {"ja": defaultdict(list), "zh": defaultdict(list)}
        for form in self._sounded.get("en", ()):
            if form[1][0].isupper():
                for language, keys in spelt.items():
                    for key in native_spellings(form[1], language=language):
                        keys[key].append(form)
        for form in sorted(self._ground.candidates):
            if form[0] != "en" and is_all_han(form[1]) and spelt[form[0][:2]]:
                yield form, {other for key in self._keys(form) for other in spelt[form[0][:2]].get(key, ())}

    @staticmethod
    def _keys(form: Form) -> tuple[str, ...]:
        """Return the readings that a term in Han characters can have, long enough ones only."""
        if form[0] == "ja":
            key = kana_key(kana_reading(form[1])) or ""
            return (key,) if sum(letter in "aiueo" for letter in key) >= MIN_SYLLABLES else ()
        return tuple(one for one in han_readings(form[1]) if one.count(" ") + 1 >= MIN_SYLLABLES)

    def _similar(self, left: Form, right: Form) -> float:
        """Return how likely two terms are one by sound; 0 where that cannot be said."""
        found: list[float | None] = []
        if _is_sounded(left) and _is_sounded(right) and _fit(left, right):
            texts = {right[1]}
            if right[0] == "en":  # the dictionary form too: センサー, sensors
                texts.add(" ".join(self._ground.words(right)))
            found = [reading_similarity(left[1], text, languages=(left[0], right[0])) for text in sorted(texts)]
        elif is_all_han(left[1]) and _is_sounded(right) and right[0] == "en" and right[1][0].isupper():
            reading = kana_reading(left[1]) if left[0] == "ja" else ""
            found = [spelling_similarity(right[1], left[1], language=left[0], reading=reading)]
        return max((one for one in found if one is not None), default=0.0)

    def _find_partners(self, form: Form, tag: str) -> tuple[tuple[float, Form], ...]:
        """List the candidates of a language that sound like a term, likeliest first."""
        found = [(self._similarity(*in_order(form, other)), other) for other in self._near(form, tag)]
        return tuple(sorted((one for one in found if one[0] >= MIN_SCORE), key=lambda one: (-one[0], one[1])))

    def _rivalry(self, form: Form, other: Form, score: float) -> float:
        """Return how much likelier the best other partner of a term is than this one, as odds; 0 where there is none."""
        for likelihood, rival in self._partners(form, other[0]):
            if rival != other and not self._is_variant(rival, other):
                return _odds(likelihood) / _odds(score)
        return 0.0

    def _is_variant(self, one: Form, other: Form) -> bool:
        """Tell whether two candidates of one language are spellings or inflected forms of one word."""
        if one[0] == "ja":
            return kana_key(one[1]) is not None and kana_key(one[1]) == kana_key(other[1])
        return self._ground.words(one) == self._ground.words(other)

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A term.
            right: A term of another language.

        Returns:
            Evidence with the likelihood of :func:`reading_similarity` as score; half of it where another candidate sounds
            more like one of the two, three quarters where another sounds as much alike. ``None`` where they cannot be read
            by sound, or do not sound alike.
        """
        left, right = in_order(left, right)
        if left[0][:2] == right[0][:2]:
            return None
        score = self._similarity(left, right)
        if score < MIN_SCORE:
            return None
        rivalry = max(self._rivalry(left, right, score), self._rivalry(right, left, score))
        detail = ""
        if rivalry > RIVAL_ODDS:
            score, detail = score * BEATEN, "another term sounds more alike"
        elif rivalry > 1 / RIVAL_ODDS:
            score, detail = score * EQUALLED, "another term sounds as much alike"
        return Evidence(source=self.name, score=score, terms=(left, right), detail=detail)


def _odds(likelihood: float) -> float:
    return likelihood / max(1e-6, 1 - likelihood)


@cache
def _is_sounded(form: Form) -> bool:
    """Tell whether the spelling of a term says how it sounds, at a length that means something."""
    tag, text = form
    if tag == "ja":  # what is written in hiragana is Japanese by origin
        return len(kana_sounds(text) or "") >= MIN_SOUNDS and not _HIRAGANA.search(text)
    if tag == "en":
        return len(latin_letters(text) or "") - 2 >= MIN_LETTERS and not is_acronym(text)
    return is_transliteration(text)


def _fit(form: Form, other: Form) -> bool:
    """Tell whether two sounded terms may be one.

    Chinese characters transliterate names, which English writes with a capital; katakana does not tell names from words, so that
    against it two characters are too few: ダイオード and 道德, テロ and 铁路 sound alike.
    """
    texts = {tag[:2]: text for tag, text in (form, other)}
    if "zh" not in texts:
        return True
    return texts["en"][0].isupper() if "en" in texts else len(texts["zh"]) >= MIN_CHARACTERS
