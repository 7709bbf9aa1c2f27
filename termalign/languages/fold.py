"""Keys to compare by: one key for every spelling, script and width of a term.

Two strings with one key are the same term to a glossary; the key itself is never shown or stored. A library's normaliser
does not do: NFKC knows nothing of 戦, 戰 and 战, and converting word by word (OpenCC) gives a term another key than its
occurrence inside a sentence. Ours goes character by character through one table, made by ``scripts/make_fold_table.py``.

What the key drops: spaces, control and zero-width characters, variation selectors, middle dots, hyphens and dashes (ー among
them), quotation marks, apostrophes and book-title marks, ™ ℠ ®. ``QED-C``, ``QED·C`` and ``QEDC`` have one key, so have
光・量子 and 光量子, サーバー and サーバ.

What it makes one: full and half width, upper and lower case, katakana and hiragana, ヴ with its vowel and the バ row (ヴァ and
バ, ヴュ and ビュ), ヵ ヶ and カ ケ, compatibility characters (㍿, ℃, Ⅱ, ①), Kangxi radicals, 々 and the character that it repeats
(佐々木, 佐佐木), and Han characters of one class: Japanese, traditional (Taiwan, Hong Kong), simplified forms and variants. Such a
class may unite words that a script keeps apart (乾 and 幹, for the sake of 干): :func:`~termalign.languages.fold_loss.fold_loss` tells.

What it keeps, since it tells terms apart: letters with their accents (decomposed: ``é`` is two characters of the key), digits,
``. , : ; / + # % & @ * = < > ~ _ $`` and their like (``5.0`` is not ``50``, ``C++`` not ``C#``, ``I/O`` not ``IO``),
``、`` and ``。``, and brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, compress
from typing import TYPE_CHECKING

from termalign.languages.characters import HAN, is_han
from termalign.model import Folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["fold", "fold_with_offsets", "han_characters", "simplify"]

VOICED = "\u3099\uff9e"  # the mark as a character of its own, full and half width
SEMIVOICED = "\u309a\uff9f"
# Kana that stand before a mark of their own; the mark alone never joins what comes before it, so that no key can change
# when it is folded again.
_BEFORE_VOICED = "うかきくけこさしすせそたちつてとはひふへほゝウカキクケコサシスセソタチツテトハヒフヘホワヰヱヲヽｳｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎﾜｦ"
_BEFORE_SEMIVOICED = "はひふへほハヒフヘホﾊﾋﾌﾍﾎ"
_VU = f"(?:[ヴゔ]|[うウｳ][{VOICED}])"
_UNIT = re.compile(
    f"(?P<vu>{_VU})(?:(?P<vowel>[ァぁｧィぃｨェぇｪォぉｫ])|(?=[ャゃｬュゅｭョょｮ]))"
    f"|[{_BEFORE_VOICED}][{VOICED}]|[{_BEFORE_SEMIVOICED}][{SEMIVOICED}]"
)
_VU_SIGNS = "ヴゔ"
# What a cut may not stand before: 々 and what follows it, a mark, a small kana after ヴ.
_JOINING = frozenset(f"々{VOICED}{SEMIVOICED}ァぁｧィぃｨェぇｪォぉｫャゃｬュゅｭョょｮ") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
_UNIT_SIGN = re.compile(f"[{_VU_SIGNS}{VOICED}{SEMIVOICED}]")
# 々 repeats the Han character before it, radicals and a variation selector between them included.
_REPEATED = re.compile(f"([{HAN}\u2e80-\u2fdf])([\ufe00-\ufe0f\U000e0100-\U000e01ef]?)(々+)")
_V_ROW = {"ぁ": "ば", "ぃ": "び", "ぇ": "べ", "ぉ": "ぼ", "": "び"}  # "" before a small ya, yu, yo, which stays
_COMPOSED = {kana: chr(ord(kana) + 1) for kana in "かきくけこさしすせそたちつてとはひふへほゝ"}
_COMPOSED |= {"う": "ぶ", "わ": "ば", "ゐ": "び", "ゑ": "べ", "を": "ぼ"}
_LONG = re.compile(rb"[^\0\1]")  # in a string of lengths: keys of two characters and more
_FAR = re.compile("[\U00010000-\U0010ffff]")
_LATIN_1 = 256  # characters that one byte tells
_ASCII = 128
# Bytes are mapped several times faster than characters, which pays for the cut from so many ASCII characters on.
_PIECE = 1 << 14  # characters folded at once, which stay in the cache of the processor
_INDICES = 1 << 16  # numbers kept for reuse: making one costs more than all else about an offset
_ASCII_RUN = re.compile(r"([\0-\x7f]{24,})")


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


@cache
def _ascii_table() -> tuple[bytes, bytes]:
    """Map the ASCII characters as bytes, once per process, and list those that the key drops; none becomes two characters."""
    keys = {code: _fold_table()[code] for code in range(_ASCII)}
    mapped = bytes(key if isinstance(key, int) else code for code, key in keys.items())
    return mapped + bytes(range(_ASCII, 256)), bytes(code for code, key in keys.items() if key == "")


def _unit(match: re.Match[str]) -> str:
    """Fold a kana with its mark, or ヴ with its vowel."""
    table = _fold_table()
    if match["vu"]:
        return _V_ROW[(match["vowel"] or "").translate(table)]
    kana, mark = match[0][0].translate(table), match[0][1]
    return chr(ord(kana) + 2) if mark in SEMIVOICED else _COMPOSED[kana]


def _iter_units(text: str) -> Iterator[re.Match[str]]:
    """Find the units of two or three characters, from left to right; one sign of each is rare."""
    done = 0
    for sign in _UNIT_SIGN.finditer(text):
        begin = sign.start() if sign[0] in _VU_SIGNS else sign.start() - 1
        match = _UNIT.match(text, begin) if begin >= done else None
        if match:
            done = match.end()
            yield match


@cache
def _indices() -> tuple[int, ...]:
    """Count from 0, once per process."""
    return tuple(range(_INDICES))


def _joined(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Fold 々 and units of two or three characters; return the text and where the units were, from left to right."""
    if "々" in text:
        text = _REPEATED.sub(lambda found: found[1] + found[2] + found[1] * len(found[3]), text)
    if not _UNIT_SIGN.search(text):
        return text, []
    parts: list[str] = []
    units: list[tuple[int, int]] = []
    done = 0
    for match in _iter_units(text):
        parts += (text[done : match.start()], _unit(match))
        done = match.end()
        units.append(match.span())
    return ("".join([*parts, text[done:]]) if units else text), units


def _starts(begin: int, length: int, units: list[tuple[int, int]]) -> Sequence[int]:
    """List the raw index at which each character of a joined piece begins, of a piece of this length at ``begin``."""
    known = begin + length <= _INDICES
    numbers = _indices()[begin : begin + length] if known else range(begin, begin + length)
    if not units:
        return numbers
    starts: list[Iterable[int]] = []
    done = 0
    for first, end in units:
        starts.append(numbers[done : first + 1])
        done = end
    return tuple(chain(*starts, numbers[done:]))


def _iter_pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut text into pieces, never through a unit, each with its begin."""
    begin = 0
    while begin < len(text):
        end = begin + _PIECE
        while end < len(text) and text[end] in _JOINING:
            end += 1
        yield begin, text[begin:end]
        begin = end


def _key(text: str) -> str:
    """Fold text whose units are joined, long runs of ASCII characters as bytes."""
    mapped, dropped = _ascii_table()
    if text.isascii():
        return text.encode().translate(mapped, dropped).decode()
    table = _fold_table()
    pieces = _ASCII_RUN.split(text)
    if len(pieces) == 1:
        return text.translate(table)
    for at, piece in enumerate(pieces):
        plain = at % 2 == 1
        pieces[at] = piece.encode().translate(mapped, dropped).decode() if plain else piece.translate(table)
    return "".join(pieces)


def fold(text: str) -> Folded:
    """Fold text to the key it is compared by.

    Args:
        text: Any text, in any language.

    Returns:
        The key; empty where the text holds only what the key drops. Folding twice is folding once, and the key of two
        texts together is their keys together, unless the cut runs through a unit: between a kana and its voicing mark
        (ｶ|ﾞ), ヴ and its small vowel, a Han character and 々.

    Source:
        Unicode NFKC and case folding (UAX #15, Unicode 3.13) for compatibility and case; OpenCC's character tables for Han;
        what is dropped is ours (CONTRACTS.md section 2).

    >>> fold("「コンピューター」") == fold("コンピュータ") and fold("戰略") == fold("戦略") == fold("战略")
    True
    >>> fold("5.0") == fold("50")
    False
    """
    if len(text) <= _PIECE:
        return Folded(_key(text if text.isascii() else _joined(text)[0]))
    return Folded("".join([_key(_joined(piece)[0]) for _, piece in _iter_pieces(text)]))


@dataclass(frozen=True, slots=True)
class _Lengths:
    """How many characters the keys of characters have."""

    latin: bytes  # per code point below 256
    other: dict[str, int]  # those above with another number than one
    pattern: re.Pattern[str]  # finds them up to U+FFFF


@cache
def _lengths() -> _Lengths:
    """Say how many characters each character's key has, once per process."""
    found = {code: len(key) for code, key in _read("fold.tsv").items() if isinstance(key, str) and len(key) != 1}
    other = {chr(code): length for code, length in found.items() if code >= _LATIN_1}
    near = "".join(re.escape(one) for one in other if one <= "\uffff")  # beyond, one class of all would be slow
    return _Lengths(bytes(found.get(code, 1) for code in range(_LATIN_1)), other, re.compile(f"[{near}]"))


def _mask(text: str) -> bytearray:
    """Return for each character the number of characters in its key."""
    lengths = _lengths()
    mask = bytearray(text.encode("latin-1", "replace").translate(lengths.latin))  # "?" for others; its key is "?"
    if not text.isascii():
        for match in chain(lengths.pattern.finditer(text), _FAR.finditer(text)):
            mask[match.start()] = lengths.other.get(match[0], 1)
    return mask


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
    keys: list[str] = []
    offsets: list[Iterable[int]] = []
    for begin, raw in _iter_pieces(text):
        piece, units = _joined(raw)
        keys.append(_key(piece))
        offsets += _kept(_starts(begin, len(raw), units), _mask(piece))
    return Folded("".join(keys)), tuple(chain.from_iterable(offsets))


def _kept(starts: Sequence[int], mask: bytearray) -> Iterator[Iterable[int]]:
    """Give each raw index as often as its character has characters in the key."""
    done = 0
    for match in _LONG.finditer(mask):
        at = match.start()
        yield compress(starts[done:at], mask[done:at])
        yield (starts[at],) * mask[at]
        done = at + 1
    yield compress(starts[done:], mask[done:]) if done else compress(starts, mask)


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
