"""Keys to compare by: one key for every spelling, script and width of a term.

Two strings with one key are the same term to a glossary; the key itself is never shown or stored. A library's normaliser
does not do: NFKC knows nothing of 戦, 戰 and 战, and converting word by word (OpenCC) gives a term another key than its
occurrence inside a sentence. Ours goes character by character through one table, made by ``scripts/make_fold_table.py``.

What the key drops: spaces, control and zero-width characters, variation selectors, middle dots, hyphens and dashes (ー among
them), quotation marks, apostrophes and book-title marks, ™ ℠ ®. ``QED-C``, ``QED·C`` and ``QEDC`` have one key, so have
光・量子 and 光量子, サーバー and サーバ.

What it makes one: full and half width, upper and lower case, katakana and hiragana, ヴ with its vowel and the バ row (ヴァ and
バ, ヴュ and ビュ), ヵ ヶ and カ ケ, compatibility characters (㍿, ℃, Ⅱ, ①), Kangxi radicals, and Han characters of one class:
Japanese, traditional (Taiwan, Hong Kong), simplified forms and variants.

What it keeps, since it tells terms apart: letters with their accents (decomposed: ``é`` is two characters of the key), digits,
``. , : ; / + # % & @ * = < > ~ _ $`` and their like (``5.0`` is not ``50``, ``C++`` not ``C#``, ``I/O`` not ``IO``),
``、`` and ``。``, and brackets.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import chain, compress
from typing import TYPE_CHECKING

from termalign.languages.characters import is_han
from termalign.model import Folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["fold", "fold_with_offsets", "han_characters", "simplify"]

VOICED = "\u3099\uff9e"  # the mark as a character of its own, full and half width
SEMIVOICED = "\u309a\uff9f"
# Kana that stand before a mark of their own; the mark alone never joins what comes before it, so that no key can change
# when it is folded again.
_BEFORE_VOICED = "うかきくけこさしすせそたちつてとはひふへほゝウカキクケコサシスセソタチツテトハヒフヘホワヰヱヲヽｳｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎﾜｦ"
_BEFORE_SEMIVOICED = "はひふへほハヒフヘホﾊﾋﾌﾍﾎ"
_VU = f"(?:[ヴゔ]|[うウｳ][{VOICED}])"
_UNITS = re.compile(
    f"(?P<vu>{_VU})(?:(?P<vowel>[ァぁｧィぃｨェぇｪォぉｫ])|(?=[ャゃｬュゅｭョょｮ]))"
    f"|[{_BEFORE_VOICED}][{VOICED}]|[{_BEFORE_SEMIVOICED}][{SEMIVOICED}]"
)
# Reading the text for one of these costs less than running the pattern over it.
_UNIT_SIGNS = f"ヴゔ{VOICED}{SEMIVOICED}"
_LONG = re.compile(rb"[^\0\1]")  # in a string of lengths: keys of two characters and more
_V_ROW = {"ぁ": "ば", "ぃ": "び", "ぇ": "べ", "ぉ": "ぼ", "": "び"}  # "" before a small ya, yu, yo, which stays
_COMPOSED = {kana: chr(ord(kana) + 1) for kana in "かきくけこさしすせそたちつてとはひふへほゝ"}
_COMPOSED |= {"う": "ぶ", "わ": "ば", "ゐ": "び", "ゑ": "べ", "を": "ぼ"}


class _Table(dict[int, "int | str"]):
    """A translation table that learns what it leaves alone: a miss costs ``str.translate`` more than a hit."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


def _read(name: str) -> dict[int, int | str]:
    """Read a table made by ``scripts/make_fold_table.py``, which describes its rows."""
    table: dict[int, int | str] = {}
    text = (files("termalign") / "data" / name).read_text(encoding="utf-8")
    for row in text.split("\n")[1:-1]:
        kind, left, *rest = row.split("\t")
        if kind == "han":
            table.update(str.maketrans(left, rest[0]))
        elif kind == "text":
            table[int(left, 16)] = rest[0]
        else:
            first, _, last = left.partition("-")
            codes = range(int(first, 16), int(last, 16) + 1)
            move = int(rest[0]) if kind == "move" else 0
            table.update((code, code + move if kind == "move" else "") for code in codes)
    return table


@cache
def _fold_table() -> _Table:
    """Load the folding table, once per process."""
    return _Table(_read("fold.tsv"))


@cache
def _simplify_table() -> _Table:
    """Load the table from traditional to simplified characters, once per process."""
    return _Table(_read("simplify.tsv"))


def _unit(match: re.Match[str]) -> str:
    """Fold a kana with its mark, or ヴ with its vowel."""
    table = _fold_table()
    if match["vu"]:
        return _V_ROW[(match["vowel"] or "").translate(table)]
    kana, mark = match[0][0].translate(table), match[0][1]
    return chr(ord(kana) + 2) if mark in SEMIVOICED else _COMPOSED[kana]


def fold(text: str) -> Folded:
    """Fold text to the key it is compared by.

    Args:
        text: Any text, in any language.

    Returns:
        The key; empty where the text holds only what the key drops. Folding twice is folding once, and the key of two
        texts together is their keys together, unless the cut runs through a character: between a kana and its voicing
        mark (ｶ|ﾞ), or ヴ and its small vowel.

    Source:
        Unicode NFKC and case folding (UAX #15, Unicode 3.13) for compatibility and case; OpenCC's character tables for Han;
        what is dropped is ours (CONTRACTS.md section 2).

    >>> fold("「コンピューター」") == fold("コンピュータ") and fold("戰略") == fold("戦略") == fold("战略")
    True
    >>> fold("5.0") == fold("50")
    False
    """
    if any(sign in text for sign in _UNIT_SIGNS):
        text = _UNITS.sub(_unit, text)
    return Folded(text.translate(_fold_table()))


class _Lengths(dict[int, int]):
    """A translation table from characters to the number of characters in their keys; 1 where none is written down."""

    def __missing__(self, code: int) -> int:
        self[code] = 1
        return 1


@cache
def _length_table() -> _Lengths:
    """Say how many characters each character's key has, once per process."""
    return _Lengths({code: len(key) for code, key in _read("fold.tsv").items() if isinstance(key, str)})


def _joined_units(text: str) -> tuple[str, Sequence[int]]:
    """Fold units of two or three characters; return the text, and for each character the raw one it begins at."""
    parts: list[str] = []
    starts: list[Iterable[int]] = []
    done = 0
    for match in _UNITS.finditer(text):
        parts += (text[done : match.start()], _unit(match))
        starts += (range(done, match.start()), (match.start(),))
        done = match.end()
    return "".join([*parts, text[done:]]), tuple(chain(*starts, range(done, len(text))))


def fold_with_offsets(text: str) -> tuple[Folded, tuple[int, ...]]:
    """Fold text and keep the way back.

    Args:
        text: Any text.

    Returns:
        The key as :func:`fold` gives it, and for each of its characters the index of the raw character that made it (of
        the first one where two made it: ｶﾞ, ヴァ). The indices ascend; those of ㍿ repeat four times. A stretch of the key
        stands for whole raw characters only where its first index differs from the one before it and its last from the
        one after it.

    Source:
        Ours.

    >>> fold_with_offsets("ｶﾞ・Ⅱ")
    ('がii', (0, 3, 3))
    """
    starts: Sequence[int] = range(len(text))
    if any(sign in text for sign in _UNIT_SIGNS):
        text, starts = _joined_units(text)
    key = Folded(text.translate(_fold_table()))
    lengths = text.translate(_length_table()).encode("latin-1")
    offsets: list[Iterable[int]] = []
    done = 0
    for match in _LONG.finditer(lengths):
        at = match.start()
        offsets += (compress(starts[done:at], lengths[done:at]), (starts[at],) * lengths[at])
        done = at + 1
    return key, tuple(chain(*offsets, compress(starts[done:], lengths[done:])))


def han_characters(text: str) -> frozenset[str]:
    """Collect the Han characters of a text, mostly of a key.

    Args:
        text: Any text; two texts are compared by the characters of their keys.

    Returns:
        Distinct characters, without the iteration mark 々; empty where there are none.

    Source:
        Ours.

    >>> sorted(han_characters("人々の量子AI"))
    ['人', '子', '量']
    """
    return frozenset(character for character in set(text) if is_han(character) and character not in "々〻")


def simplify(text: str) -> str:
    """Write traditional characters as simplified ones, character by character.

    Args:
        text: Any text, mostly traditional Chinese.

    Returns:
        Text of the same length, for tokenising and matching only: what one traditional character stands for depends on
        the word (乾 is 干, but not in 乾坤), which needs a converter of words.

    Source:
        OpenCC's character table.

    >>> simplify("半導體產業")
    '半导体产业'
    """
    return text.translate(_simplify_table())
