"""Files of other tools into text: by the encoding that is given or stated, else by their bytes, which is then reported.

The bytes of a short list can be sound text in several encodings: so the languages of its columns decide among them, and the
report names the encoding that was taken.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import ConfigError, DataError, Where
from termalign.formats.decoding import decode, is_guess, is_like_utf8
from termalign.formats.lines import iter_lines
from termalign.formats.whole import read_whole
from termalign.model import TAGS, canonical_tag, same_language

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator

    from termalign.errors import TermalignError

__all__ = ["Rest", "decoded", "decoded_as", "tags_among", "tags_in_heading", "text_lines", "widest"]

_ARCHIVE = b"PK\x03\x04"
_N_START = 65_536  # bytes by which a file shows whether it is UTF-8
_ALIASES = {"windows-31j": "cp932", "x-sjis": "cp932", "ms932": "cp932", "big5-hkscs": "big5hkscs"}
# Encodings whose files really are in a larger one, by the names of Python's codecs.
_WIDEST = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_jp": "euc_jis_2004"}


def widest(encoding: str) -> str:
    """Return the codec for an encoding that a file states: the superset that files are really in.

    Args:
        encoding: Any name of it.

    Returns:
        Name of one of Python's codecs.

    Raises:
        LookupError: No encoding of text that Python knows.
    """
    known = codecs.lookup(_ALIASES.get(encoding.lower(), encoding)).name
    b"".decode(known)  # raises for codecs that are no encodings of text
    return _WIDEST.get(known, known)


def decoded(
    raw: bytes, *, name: str, encoding: str, languages: Callable[[str], Iterable[str]], losses: Counter[str]
) -> str:
    """Decode the bytes of a file.

    Args:
        raw: All of them.
        name: Name of the file, in messages.
        encoding: The encoding that the user names; empty for none.
        languages: Tells from a first reading, in which only ASCII is certain, the tags of its languages.
        losses: Told of an encoding that only the bytes tell.

    Returns:
        The text, without a byte order mark.

    Raises:
        ConfigError: No such encoding.
        DataError: The bytes are not in that encoding, or in none that we know, or hold NUL.
    """
    if raw.startswith(_ARCHIVE):
        raise DataError(
            "a ZIP archive, as .xlsx files are, and no text", Where(file=name), "name it .xlsx, or unpack it"
        )
    if encoding:
        unknown = ConfigError(f"no encoding {encoding!r}", "name one such as utf-8, cp932, euc-jp, gb18030, big5")
        fix = "name its encoding, or leave --encoding out"
        return decoded_as(raw, encoding, unknown=unknown, said="", fix=fix, name=name)
    text, found = decode(raw, file=name)
    if is_guess(found):
        tags = tuple(languages(text))
        if tags:
            text, found = decode(raw, file=name, languages=tags)
        losses[f"encoding {found}, told by the bytes of the file: --encoding NAME where it is another"] += 1
    return text


def decoded_as(
    raw: bytes, encoding: str, *, unknown: TermalignError, said: str, fix: str, name: str, nul: str = "a NUL character"
) -> str:
    """Decode the bytes of a file by an encoding that somebody names.

    Args:
        raw: All of them.
        encoding: Its name.
        unknown: Raised where there is no such encoding.
        said: Who names it, behind the words "not in ENCODING"; may be empty.
        fix: What to do where the bytes are not in it.
        name: Name of the file, in messages.
        nul: What a NUL is called.

    Returns:
        The text, without a byte order mark.

    Raises:
        DataError: The bytes are not in that encoding, or hold NUL.
    """
    try:
        text = raw.decode(widest(encoding)).removeprefix("\ufeff")
    except LookupError as exc:
        raise unknown from exc
    except UnicodeError as exc:
        where = Where(file=name, line=raw[: getattr(exc, "start", 0)].count(b"\n") + 1)
        raise DataError(f"not in {encoding}{said}", where, fix) from exc
    if "\0" in text:
        where = Where(file=name, line=text[: text.index("\0")].count("\n") + 1)
        raise DataError(nul, where, "remove it: no text has one")
    return text


def text_lines(
    file: BinaryIO, *, name: str, encoding: str, languages: Callable[[str], Iterable[str]], losses: Counter[str]
) -> Iterator[tuple[int, str]]:
    """Read a file line by line: UTF-8 as a stream, any other encoding whole.

    Args:
        file: The open file.
        name: Its name, in messages.
        encoding: As in :func:`decoded`; so the others.
        languages: Tells its languages.
        losses: Told of an encoding that only the bytes tell.

    Yields:
        1-based number and text of each line, as :func:`termalign.formats.lines.iter_lines`.

    Raises:
        ConfigError: No such encoding.
        DataError: The bytes are in no encoding, a line is too long, or holds NUL.
    """
    start = b"" if encoding else file.read(_N_START)
    if not encoding and is_like_utf8(start):
        yield from iter_lines(Rest(start, file), name=name)  # type: ignore[arg-type] # readline and read are all that is asked
        return
    raw = read_whole(Rest(start, file), name=name)  # type: ignore[arg-type] # likewise
    text = decoded(raw, name=name, encoding=encoding, languages=languages, losses=losses)
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        yield number, line.removesuffix("\n").removesuffix("\r")


def tags_among(codes: Iterable[str]) -> tuple[str, ...]:
    """Return which of our tags are among language codes; plain ``zh`` is both scripts, what is no code is passed over.

    Args:
        codes: As they stand in a file.
    """
    found: list[str] = []
    for code in codes:
        try:
            tag = canonical_tag(code)
        except ConfigError:
            continue
        found += [one for one in TAGS if one == tag or (tag == "zh" and same_language(one, tag))]
    return tuple(dict.fromkeys(found))


def tags_in_heading(text: str) -> tuple[str, ...]:
    """Return the languages that the first line of a table with tabs names.

    Args:
        text: Its beginning.
    """
    return tags_among(text.partition("\n")[0].split("\t"))


class Rest:
    """A file whose first bytes were read already.

    Args:
        start: These bytes.
        file: Gives the others.
    """

    def __init__(self, start: bytes, file: BinaryIO) -> None:
        self._start, self._file = start, file

    def readline(self, limit: int) -> bytes:
        """Read a line."""
        start, self._start = self._start, b""
        end = start.find(b"\n", 0, limit) + 1
        if end:
            self._start = start[end:]
            return start[:end]
        if len(start) >= limit:
            self._start = start[limit:]
            return start[:limit]
        return start + self._file.readline(limit - len(start))

    def read(self, size: int = -1) -> bytes:
        """Read the rest, or a part of it."""
        start, self._start = self._start, b""
        if size < 0:
            return start + self._file.read()
        self._start = start[size:]
        return start[:size] + self._file.read(max(size - len(start), 0))
