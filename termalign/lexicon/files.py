"""Files of dictionaries: packed or not, in whatever encoding, told apart by name and by how they begin."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from termalign.errors import DataError, Where
from termalign.formats.decoding import decode
from termalign.lexicon import DICTIONARIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from termalign.lexicon.base import DictionaryFormat, LexiconEntry

__all__ = ["FileLayer", "file_layer", "read_text", "unpacked"]

MAX_BYTES = 2**30  # of one unpacked file, and
MAX_RATIO = 200  # unpacked to packed: the limits of CONTRACTS.md section 7
_FREE_BYTES = 2**20  # below that the ratio says nothing
_HEAD_BYTES = 2**16
_GZIP = b"\x1f\x8b"
_HEAD_CODECS = ("utf-8-sig", "euc_jis_2004", "gb18030", "cp932")


def read_text(file: BinaryIO, *, name: str, codecs: Sequence[str] = ()) -> str:
    """Read a whole file as text.

    Args:
        file: The open file.
        name: Its name, in messages.
        codecs: Encodings that such files are in, tried in this order before any guess.

    Returns:
        The text, without a byte order mark.

    Raises:
        DataError: It is in no encoding that we know.
    """
    raw = file.read()
    for codec in codecs:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return decode(raw, file=name)[0]


class _Unpacked(io.RawIOBase):
    """The bytes in a gzip file, up to a limit, with its faults as ours."""

    def __init__(self, packed: BinaryIO, *, name: str, n_packed: int) -> None:
        self._packed, self._name, self._n = packed, name, 0
        self._max = min(MAX_BYTES, max(_FREE_BYTES, MAX_RATIO * n_packed))
        self._file = cast("BinaryIO", gzip.GzipFile(fileobj=packed))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any buffer; we are only handed these
        """Fill the buffer."""
        try:
            data = self._file.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as exc:
            raise DataError(f"broken gzip file: {exc}", Where(file=self._name), "fetch it again") from exc
        self._n += len(data)
        if self._n > self._max:
            problem = f"unpacks to more than the limit of {self._max} bytes"
            raise DataError(problem, Where(file=self._name), "unpack it yourself if it is sound")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the packed file too."""
        self._file.close()
        self._packed.close()
        super().close()


def unpacked(path: Path) -> BinaryIO:
    """Open a file, and unpack it while it is read where it is packed.

    Args:
        path: Of a file, gzip or not: its first bytes tell.

    Returns:
        The open file, for the caller to close.

    Raises:
        DataError: It cannot be opened.
    """
    try:
        file = path.open("rb")
        start = file.read(len(_GZIP))
        file.seek(0)
        if start != _GZIP:
            return file
        return cast("BinaryIO", io.BufferedReader(_Unpacked(file, name=path.name, n_packed=path.stat().st_size)))
    except OSError as exc:
        problem = f"cannot be read: {exc.strerror}"
        raise DataError(problem, Where(file=str(path)), "name a dictionary file that you may read") from exc


def _head(path: Path) -> str:
    """Return the whole lines among the first bytes of a file; what cannot be decoded is replaced."""
    with unpacked(path) as file:
        raw = file.read(_HEAD_BYTES)
    if len(raw) == _HEAD_BYTES:
        raw = raw[: raw.rfind(b"\n") + 1] or raw
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    for codec in _HEAD_CODECS:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class FileLayer:
    """One dictionary file as a layer.

    Args:
        path: Where it is.
        format: How it is read.
        name: Name of the layer, recorded with each pair: that of the file.
        weight: How far it is trusted.
        licence: SPDX licence of its strings; empty where none is stated.
    """

    path: Path
    format: DictionaryFormat
    name: str
    weight: float
    licence: str

    def entries(self) -> Iterator[LexiconEntry]:
        """Stream the entries in the order of the file."""
        with unpacked(self.path) as file:
            yield from self.format.read(file, name=self.name)


def file_layer(path: Path, *, name: str = "") -> FileLayer:
    """Find the format of a dictionary file.

    Args:
        path: A file that exists.
        name: Name of the layer; empty means that of the file.

    Returns:
        The layer. The formats whose endings fit the name are asked first, then the others, whether they recognise how
        the file begins; where none does, the first one whose ending fits is to say what is wrong.

    Raises:
        DataError: The file cannot be read, or is of no format that we know.
    """
    head = _head(path)
    lowered = path.name.lower().removesuffix(".gz")
    fitting = [key for key, entry in DICTIONARIES.entries().items() if lowered.endswith(entry.suffixes)]
    names = [*fitting, *(key for key in DICTIONARIES if key not in fitting)]
    found = next((key for key in names if DICTIONARIES.get(key).recognises(head)), fitting[0] if fitting else "")
    if not found:
        fix = f"give a file in one of {', '.join(DICTIONARIES)}"
        raise DataError("no dictionary in a format that termalign knows", Where(file=str(path), line=1), fix)
    chosen = DICTIONARIES.get(found)
    return FileLayer(path, chosen, name or path.name, chosen.weight, chosen.licence)
