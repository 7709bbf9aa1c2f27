"""What a key leaves out: characters that :func:`~termalign.languages.fold.fold` unites and a script keeps apart.

One key for 乾燥, 干燥 and 乾燥 in Japanese has a price. Simplified 干 is written for 乾, 幹 and 干, so all of them share a key, and
幹燥, which nobody writes, gets the key of 乾燥. Here a caller learns where two texts with one key may be two words. Other tables
of variants say which characters belong together; none says in which script they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from unicodedata import normalize

from termalign.errors import ConfigError
from termalign.languages.fold import fold_with_offsets
from termalign.model import canonical_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FoldLoss", "fold_loss"]

_SCRIPTS = ("ja", "zh-Hans", "zh-Hant")
_REPEATING = frozenset("々") | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldLoss:
    """Two characters with one key that may be different words.

    Args:
        left: The character of the first text.
        left_at: Where it stands, in code points.
        right: The character of the second text.
        right_at: Where it stands.
        left_words: The words that it may be, each by its traditional character, in the order of the table.
        right_words: The same for the other one.
    """

    left: str
    left_at: int
    right: str
    right_at: int
    left_words: tuple[str, ...]
    right_words: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether no reading makes the two one word: 乾 and 幹; 発 and 髪; not 乾 and 干, since 干 is written for 乾, too."""
        return not set(self.left_words) & set(self.right_words)


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of ``data/fold_loss.tsv``, made by ``scripts/make_fold_table.py``."""

    words: dict[str, tuple[str, ...]]  # key -> all its words
    word: dict[str, str]  # character -> the one word that it is unless a script says otherwise
    stands: dict[tuple[str, str], tuple[str, ...]]  # script, character -> the words that it is written for


@cache
def _table() -> _Table:
    """Read the table, once per process."""
    table = _Table({}, {}, {})
    text = (files("termalign") / "data" / "fold_loss.tsv").read_text(encoding="utf-8")
    for row in text.split("\n")[1:-1]:
        kind, first, *rest = row.split("\t")
        if kind == "groups":
            table.words[first] = tuple(group[0] for group in rest)
            table.word.update({character: group[0] for group in rest for character in group})
        else:
            table.stands[first, rest[0]] = tuple(rest[1])
    return table


def _scripts(tag: str | None) -> Iterable[str]:
    """List the scripts that a text may be in."""
    tag = canonical_tag(tag) if tag else ""
    return (tag,) if tag in _SCRIPTS else _SCRIPTS[1:] if tag == "zh" else _SCRIPTS


def _raw(text: str, at: int) -> str:
    """Return the character at an index; the one before it for 々."""
    while at and text[at] in _REPEATING:
        at -= 1
    return text[at]


def _words(character: str, key: str, tag: str | None) -> tuple[str, ...]:
    """List the words that a character may be in a script, in the order of the table."""
    table, plain = _table(), normalize("NFKC", character)
    own = (table.word[plain],) if plain in table.word else table.words[key]
    found = {word for script in _scripts(tag) for word in table.stands.get((script, plain), own)}
    return tuple(word for word in table.words[key] if word in found)


def fold_loss(
    left: str, right: str, *, languages: tuple[str | None, str | None] = (None, None)
) -> tuple[FoldLoss, ...]:
    """Tell which characters of two texts with one key are kept apart by the scripts.

    Args:
        left: A text.
        right: A text with the same key.
        languages: BCP 47 tags of the two texts, ``zh`` included; ``None`` where unknown, then every script counts.

    Returns:
        For each pair of characters that may be different words one :class:`FoldLoss`, in the order of the key; empty where
        the scripts know no difference (戦略, 戰略). A pair that is surely two words is ``certain``; for the others one of the
        two is written for several words, and only the word around it tells: 发 for 發 and 髮, Japanese 弁 for 辯. Characters
        that are equal are compared only where the languages differ (Japanese 芸 is 藝, Chinese 芸 a plant).

    Raises:
        ConfigError: The keys differ, or a tag is wrong.

    Source:
        OpenCC's character tables for what belongs to a class; which of its members are words of their own is ours.

    >>> [(loss.left, loss.right, loss.certain) for loss in fold_loss("幹燥した髪", "乾燥した発")]
    [('幹', '乾', True), ('髪', '発', True)]
    >>> fold_loss("頭髪", "头发", languages=("ja", "zh-Hans"))[0].right_words
    ('發', '髮')
    >>> fold_loss("戦略", "战略")
    ()
    """
    (key, left_places), (right_key, right_places) = fold_with_offsets(left), fold_with_offsets(right)
    if key != right_key:
        raise ConfigError("the texts have different keys", "compare texts for which fold() gives the same")
    known = _table().words
    places = [at for at, character in enumerate(key) if character in known]
    found = (
        FoldLoss(
            left=left[left_at],
            left_at=left_at,
            right=right[right_at],
            right_at=right_at,
            left_words=_words(_raw(left, left_at), key[at], languages[0]),
            right_words=_words(_raw(right, right_at), key[at], languages[1]),
        )
        for at in places
        for left_at, right_at in ((left_places[at], right_places[at]),)
    )
    return tuple(one for one in found if _differ(one, alike=languages[0] == languages[1]))


def _differ(one: FoldLoss, *, alike: bool) -> bool:
    """Tell whether two characters may be different words; equal ones in one language, or in unknown ones, are not."""
    if alike and one.left == one.right:
        return False
    return one.left_words != one.right_words or len(one.left_words) > 1
