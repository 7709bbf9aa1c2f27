"""Files that can only be read whole, up to a size that a memory holds."""

from __future__ import annotations

from typing import BinaryIO

from termalign.errors import DataError, Where

__all__ = ["MAX_BYTES", "read_whole"]

MAX_BYTES = 256 * 2**20  # a table of a million rows takes a third of it


def read_whole(file: BinaryIO, *, name: str, max_bytes: int | None = None) -> bytes:
    """Read all bytes of a file.

    Args:
        file: The open file.
        name: Its name, in messages.
        max_bytes: Most bytes that are read; ``None`` means :data:`MAX_BYTES`.

    Returns:
        The bytes.

    Raises:
        DataError: There are more.
    """
    limit = MAX_BYTES if max_bytes is None else max_bytes
    raw = file.read(limit + 1)
    if len(raw) > limit:
        raise DataError(f"larger than the limit of {limit} bytes", Where(file=name), "split it")
    return raw
