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
_CHUNK = 2**16
# A document type declaration, in UTF-8 or UTF-16: Office files have none, and entities could only stand there.
_DOCTYPE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the compound file of older Office, also around what is encrypted
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
            for member in members:
                inside = where.inside(repr(member.filename))
                if member.flag_bits & 1:
                    raise DataError("encrypted", inside, "save it without a password")
                if member.file_size > max(MIN_BYTES, max_ratio * member.compress_size):
                    raise DataError(f"packed more than {max_ratio}:1, the limit", inside, _FIX)
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_member(archive, member, inside)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as exc:
        if isinstance(exc, DataError):
            raise
        raise DataError("not a sound archive", where, "save the file anew") from exc
    file.seek(0)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: Where) -> None:
    """Refuse a document type declaration."""
    before = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if _DOCTYPE.search(before + chunk):
                raise DataError("a document type declaration", where, "Office files have none: save it anew")
            before = chunk[-64:]
