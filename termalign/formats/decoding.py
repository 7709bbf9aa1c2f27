"""Bytes to text: which encoding a file is in, decided so that a wrong guess cannot pass for text.

Ours, because detectors alone answer something for anything: a UTF-8 file with one broken byte comes back as Cyrillic or
Greek, a Windows file as a subset that loses characters (DEPENDENCIES.md P22). So marks and UTF-8 come first, a detector
only chooses among the encodings that Japanese, Chinese and English files are met in, and decoding is strict.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import TYPE_CHECKING

from termalign.errors import DataError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["decode", "is_guess", "is_like_utf8"]

# UTF-32 before UTF-16: FF FE 00 00 begins with FF FE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What the detector may answer, and the codecs tried for it: the superset that files are really in first.
_SUPERSETS = {
    "cp932": ("cp932", "shift_jis_2004"),
    "shift_jis_2004": ("cp932", "shift_jis_2004"),
    "euc-jp": ("euc_jis_2004", "euc_jp"),
    "euc_jis_2004": ("euc_jis_2004", "euc_jp"),
    "gb18030": ("gb18030",),
    "big5": ("big5hkscs", "cp950"),
    "big5hkscs": ("big5hkscs", "cp950"),
    "windows-1252": ("cp1252",),
}
# Encodings of languages; Han characters of EUC-JP are Han characters in GB 18030 too, only others.
_ENCODINGS = {
    "ja": ("euc_jis_2004", "euc_jp", "cp932", "shift_jis_2004"),
    "zh-Hans": ("gb18030",),
    "zh-Hant": ("big5hkscs", "cp950", "gb18030"),
}
# EUC-JP against GB 2312, by the first byte of a pair: both have kana in rows 4 and 5 and frequent Han characters from row 16 on,
# but the rare ones begin with row 48 in the one and with row 56 in the other. Of the Han characters of Japanese news 0.1 % are
# in rows 48 and up, of those of Chinese news 21 %. Weights: logarithms of how much likelier a pair is in EUC-JP (ours).
_PAIR = re.compile(rb"([\xa4\xa5])[\xa1-\xfe]|([\xb0-\xcf])[\xa1-\xfe]|([\xd0-\xf7])[\xa1-\xfe]|[\xa1-\xfe][\xa1-\xfe]")
_KANA, _FREQUENT, _RARE = 1.0, 0.23, -3.7
_MAX_WORDS = 20_000  # that a detector is asked about
_MAX_WEIGHED = 100_000  # bytes
_MIN_JAPANESE, _MAX_CHINESE = 2.0, -1.0  # between them the detector decides
_ISO_2022 = ("iso2022_jp_ext", "iso2022_jp_2004")  # seven bits: valid UTF-8 that reads as $B$3$s
_CERTAIN = frozenset({*(encoding for _, encoding in _MARKS), "utf-8", "utf-16-le", "utf-16-be", *_ISO_2022})
_ISO_2022_SHIFT = re.compile(rb"\x1b(\$[@B]|\(J)")

# What text in the three languages is made of; anything else means that the bytes were paired wrongly.
_COMMON = re.compile(
    "[\t\n\r\f\x20-\x7e\xa0-\xff\u2010-\u203f\u2190-\u22ff\u2460-\u24ff\u25a0-\u26ff\u3000-\u30ff\u3200-\u33ff"
    "\u4e00-\u9fff\uff01-\uff9f]"
)
_SEPARATORS = re.compile("[ \n\u3000\u3001\u3002\uff0c]")
MIN_COMMON = 0.98  # share of common characters in a sound text; wrongly paired bytes stay below 0.9 (ours)
MAX_LATIN_BYTES = 0.2  # share of bytes beyond ASCII in English; CJK taken for Windows-1252 has more than half (ours)
MAX_TOUCHING = (
    0.3  # share of the bytes beyond ASCII that touch another: of English none or few, of CJK two in three (ours)
)
MIN_SOUND_PER_BROKEN = 4  # UTF-8 sequences that are sound, for one that is not: else it is another encoding (ours)

_TOUCHING = re.compile(rb"[\x80-\xff]{2,}")
_WORDS = re.compile(rb"""[^\s,;"']*[\x80-\xff]+[^\s,;"']*""")  # no second byte of a character is one of these marks
_SAVE = "save the file as UTF-8"


def decode(raw: bytes, *, file: str, languages: tuple[str, ...] = ()) -> tuple[str, str]:
    """Decode the bytes of a text file.

    Args:
        raw: All its bytes.
        file: Its name, in messages.
        languages: Tags of all languages in it, where they are known: then the encodings that are theirs come first, since
            some words are not enough to tell the encodings by.

    Returns:
        Text without a leading byte order mark, otherwise as it stands (CR LF stays two characters), and the name of the
        Python codec it was decoded by.

    Raises:
        DataError: The bytes break the encoding they claim, are in none that we know, or hold NUL; with file and line.

    Source:
        Order and thresholds are ours; the supersets are those of the WHATWG Encoding Standard, section 4.2, except
        EUC-JP and Big5, where Python's widest codecs are taken.
    """
    marked = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "")
    if marked:
        text = _marked(raw, marked, file)
        return _without_nul(text, file), marked
    if b"\0" in raw:
        return _wide(raw, file)
    seven_bits = _ISO_2022 if _ISO_2022_SHIFT.search(raw) else ()
    found = _first(raw, seven_bits)
    if found:
        return found
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as exc:
        found = None if _nearly_utf8(raw) else _first(raw, _of_languages(_likely(raw), languages))
        if found:
            return found
        problem = f"in no encoding that termalign knows: byte 0x{raw[exc.start]:02x} at {exc.start + 1} is not UTF-8"
        where = Where(file=file, line=_line(raw[: exc.start].decode("latin-1")))
        raise DataError(problem, where, f"mend that byte, or {_SAVE}") from exc


def is_guess(encoding: str) -> bool:
    """Tell whether an encoding that :func:`decode` names is one that only likelihood speaks for.

    Args:
        encoding: Name of a codec, as it was returned.
    """
    return encoding not in _CERTAIN


def is_like_utf8(start: bytes) -> bool:
    """Tell whether the beginning of a file is UTF-8, though it may be damaged, or UTF-16 with a byte order mark.

    Args:
        start: Its first bytes; the last character may be cut.
    """
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return False
    if start.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if start.count(0) * 4 >= max(len(start), 1) or _ISO_2022_SHIFT.search(start):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return _nearly_utf8(start)
    return True


def _strict(raw: bytes, encoding: str) -> str | None:
    """Decode without a leading mark, or return ``None``."""
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def _first(raw: bytes, encodings: Iterable[str]) -> tuple[str, str] | None:
    """Return text and encoding by the first encoding that the bytes keep to."""
    readings = ((_strict(raw, encoding), encoding) for encoding in encodings)
    return next(((text, encoding) for text, encoding in readings if text is not None), None)


def _marked(raw: bytes, encoding: str, file: str) -> str:
    """Decode as the byte order mark says."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as exc:
        line = _line(raw[: exc.start].decode(encoding, "replace"))
        problem = (
            f"begins with the mark of {encoding.removesuffix('-sig').upper()} but breaks it at byte {exc.start + 1}"
        )
        raise DataError(problem, Where(file=file, line=line), _SAVE) from exc


def _wide(raw: bytes, file: str) -> tuple[str, str]:
    """Decode UTF-16 without a mark; other bytes with NUL are refused."""
    # NUL is the high byte of every ASCII character in UTF-16. A few in sound UTF-8 are a fault of the file.
    if _strict(raw, "utf-8") is None or raw.count(0) * 4 >= len(raw):
        readings = ((_strict(raw, encoding), encoding) for encoding in ("utf-16-le", "utf-16-be"))
        for text, encoding in readings:
            if text and _plausible(text):
                return text, encoding
    line = _line(raw[: raw.index(0)].decode("latin-1"))
    raise DataError("NUL byte: not a text file", Where(file=file, line=line), f"remove it, or {_SAVE}")


def _plausible(text: str) -> bool:
    """Tell whether text reads as Japanese, Chinese or English rather than as wrongly paired bytes."""
    return bool(_SEPARATORS.search(text)) and len(_COMMON.findall(text)) >= MIN_COMMON * len(text)


def _without_nul(text: str, file: str) -> str:
    """Return text that holds no NUL."""
    at = text.find("\0")
    if at >= 0:
        fix = "remove it: no text holds NUL"
        raise DataError("NUL character", Where(file=file, line=_line(text[:at])), fix)
    return text


def _of_languages(encodings: Iterable[str], languages: tuple[str, ...]) -> list[str]:
    """Put the encodings of languages first, those that were found in their order, then the others of them."""
    theirs = dict.fromkeys(encoding for language in languages for encoding in _ENCODINGS.get(language, ()))
    found = list(encodings)
    return list(dict.fromkeys([*(one for one in found if one in theirs), *theirs, *found]))


def _likely(raw: bytes) -> list[str]:
    """Return the codecs of the encodings that are likely for bytes that are no UTF-8, likeliest first."""
    found = list(dict.fromkeys(_detected(raw)))
    if found[:1] in (["gb18030"], ["euc_jis_2004"]) and {"gb18030", "euc_jis_2004"} <= set(found):
        weight = _japanese_rather_than_chinese(raw)
        first = "euc_jis_2004" if weight >= _MIN_JAPANESE else "gb18030" if weight <= _MAX_CHINESE else found[0]
        found.remove(first)
        return [first, *found]
    return found


def _japanese_rather_than_chinese(raw: bytes) -> float:
    """Weigh pairs of bytes that are characters both in EUC-JP and in GB 2312; above 0 they are rather EUC-JP."""
    kana = frequent = rare = 0
    for match in _PAIR.finditer(raw[:_MAX_WEIGHED]):
        kana += match[1] is not None
        frequent += match[2] is not None
        rare += match[3] is not None
    return _KANA * kana + _FREQUENT * frequent + _RARE * rare


def _detected(raw: bytes) -> Iterator[str]:
    """Yield the codecs of the encodings that a detector holds likely, likeliest first."""
    import chardet  # noqa: PLC0415 - 4 MB of models, needed for old files only

    # English around the words tells nothing, and much of it drowns the rest; so do numbers, and the same word again.
    found = (match[0].strip(b"0123456789") for match in islice(_WORDS.finditer(raw), _MAX_WORDS))
    is_latin = _can_be_latin(raw)
    for guess in chardet.detect_all(b"\n".join(dict.fromkeys(found)), include_encodings=_SUPERSETS):
        for encoding in _SUPERSETS.get(str(guess["encoding"]).lower(), ()):
            if encoding != "cp1252" or is_latin:
                yield encoding


def _nearly_utf8(raw: bytes) -> bool:
    """Tell whether bytes are UTF-8 with some damage, rather than another encoding."""
    text = raw.decode("utf-8", "replace")
    n_beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    n_broken = text.count("\ufffd")
    return n_beyond_ascii - n_broken >= MIN_SOUND_PER_BROKEN * n_broken


def _can_be_latin(raw: bytes) -> bool:
    """Tell whether bytes can be English in Windows-1252: its letters beyond ASCII are rare, and stand alone."""
    n_beyond = len(raw.translate(None, bytes(range(0x80))))
    n_touching = sum(map(len, _TOUCHING.findall(raw)))
    return n_beyond <= MAX_LATIN_BYTES * len(raw) and n_touching <= MAX_TOUCHING * n_beyond


def _line(before: str) -> int:
    """Return the 1-based line that begins after ``before``; CR alone ends lines where there is no LF."""
    return 1 + (before.count("\n") or before.count("\r"))
