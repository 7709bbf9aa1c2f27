"""Archives from strangers: what they may ask for before anything in them is unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

from termalign.errors import DataError, Where

__all__ = ["MAX_BYTES", "MAX_RATIO", "check_archive"]

MAX_BYTES = 10**9  # unpacked; CONTRACTS.md section 7
MAX_RATIO = 200  # unpacked to packed, per member; CONTRACTS.md section 7
MIN_BYTES = 65_536  # a member smaller than this is no bomb, however well it packs
MAX_MEMBERS = 10_000
# Elements of XML in all members: a glossary of 400,000 entries has fewer; read, they take a gigabyte (ours).
MAX_ELEMENTS = 12_000_000
MAX_CELLS = 16_384  # of a row, as in Excel
_CHUNK = 2**16
# A document type declaration, in UTF-8 or UTF-16: Office files have none, and entities could only stand there.
_DOCTYPE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the compound file of older Office, also around what is encrypted
_CELL = re.compile(rb"<c[ >/]")
_FIX = "the file is not what it seems: ask for another one"


def check_archive(file: BinaryIO, *, name: str, max_bytes: int = MAX_BYTES, max_ratio: int = MAX_RATIO) -> None:
    """Refuse an archive of XML files that would fill the memory or declare entities.

    Args:
        file: The open file; it is read from its beginning and left there.
        name: Its name, in messages.
        max_bytes: Most bytes that all members may have together, unpacked.
        max_ratio: Most bytes that one member may have, unpacked, for each byte that it is packed in.

    Raises:
        DataError: No ZIP archive, a damaged or encrypted one, one beyond a limit, or one with a document type declaration.

    Source:
        CONTRACTS.md section 7; what a member says of its size is safe to rely on, as ``zipfile`` unpacks no more than that.
    """
    where = Where(file=name)
    if file.read(len(_OLE)) == _OLE:
        raise DataError(
            "an Office file of before 2007, or an encrypted one", where, "save it as .xlsx without a password"
        )
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise DataError(f"more than {MAX_MEMBERS} files in it", where, _FIX)
            if sum(member.file_size for member in members) > max_bytes:
                raise DataError(f"unpacks to more than the limit of {max_bytes} bytes", where, _FIX)
            n_elements = 0
            for member in members:
                inside = where.inside(repr(member.filename))
                if member.flag_bits & 1:
                    raise DataError("encrypted", inside, "save it without a password")
                if member.file_size > max(MIN_BYTES, max_ratio * member.compress_size):
                    raise DataError(f"packed more than {max_ratio}:1, the limit", inside, _FIX)
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    n_elements += _check_member(archive, member, inside)
                if n_elements > MAX_ELEMENTS:
                    raise DataError(f"more than the limit of {MAX_ELEMENTS} elements", where, "split it")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as exc:
        if isinstance(exc, DataError):
            raise
        raise DataError("not a sound archive", where, "save the file anew") from exc
    file.seek(0)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: Where) -> int:
    """Refuse a document type declaration, and a row of cells without end; return how many elements there are."""
    before, n_tags, n_cells = b"", 0, 0
    with archive.open(member) as stream:
        while (chunk := stream.read(_CHUNK)) and n_tags <= 2 * MAX_ELEMENTS:
            if _DOCTYPE.search(before + chunk):
                raise DataError("a document type declaration", where, "Office files have none: save it anew")
            before = chunk[-64:]
            n_tags += chunk.count(b"<")
            for number, row in enumerate(chunk.split(b"<row")):
                n_cells = (n_cells if number == 0 else 0) + len(_CELL.findall(row))
                if n_cells > MAX_CELLS:
                    raise DataError(f"a row of more than {MAX_CELLS} cells, the limit of Excel", where, _FIX)
    return n_tags // 2  # nearly all elements have a start tag and an end tag
