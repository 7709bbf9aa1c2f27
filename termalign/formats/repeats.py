"""Equal keys among millions, found in memory that does not grow with them."""

from __future__ import annotations

from array import array
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Repeats"]

N_PARTS = 256  # a million keys make parts of 4,000
N_UNSEEN = 8192  # keys put in together before it is looked how long the parts are
N_HELD = 1024  # numbers of a part in memory before they go to disk: 2 MB for all


class Repeats:
    """A bag of keys, each with numbers; gives back the groups of equal keys.

    Args:
        width: How many numbers each key bears.

    Two keys count as equal when their 64-bit hashes are: one mistake in thirty million files of a million keys.
    """

    def __init__(self, *, width: int) -> None:
        self._width = width + 1
        self._parts = [array("q") for _ in range(N_PARTS)]
        self._blocks: list[list[tuple[int, int]]] = [[] for _ in range(N_PARTS)]
        self._file: Any = None
        self._n_new = 0

    def add(self, key: int, *numbers: int) -> None:
        """Put a key in.

        Args:
            key: ``hash()`` of what the key stands for.
            numbers: As many as ``width`` says.
        """
        part = self._parts[key & 255]
        part.append(key)
        part.extend(numbers)
        if len(part) >= N_HELD:
            self._spill(key & 255)

    def add_all(self, keys: Sequence[int], first: int) -> None:
        """Put keys in, each with one number.

        Args:
            keys: As in :meth:`add`.
            first: The number of the first key; the others follow.
        """
        parts = self._parts
        for number, key in enumerate(keys, first):
            part = parts[key & 255]
            part.append(key)
            part.append(number)
        self._n_new += len(keys)
        if self._n_new >= N_UNSEEN:
            self._n_new = 0
            for number, part in enumerate(parts):
                if len(part) >= N_HELD:
                    self._spill(number)

    def groups(self, *, least: int = 2) -> Iterator[list[tuple[int, ...]]]:
        """Find equal keys.

        Args:
            least: How many equal keys make a group.

        Yields:
            The numbers of the keys of each group in the order in which they came.
        """
        for number, part in enumerate(self._parts):
            numbers = self._read(number)
            numbers.extend(part)
            keys = numbers[:: self._width]
            if least > 1 and len(set(keys)) == len(keys):
                continue
            found: dict[int, list[tuple[int, ...]]] = {}
            for start in range(0, len(numbers), self._width):
                row = tuple(numbers[start + 1 : start + self._width])
                found.setdefault(numbers[start], []).append(row)
            yield from (group for group in found.values() if len(group) >= least)

    def close(self) -> None:
        """Free the file."""
        if self._file is not None:
            self._file.close()

    def _spill(self, number: int) -> None:
        """Write a part to disk."""
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - lives as long as the bag
        raw = self._parts[number].tobytes()
        self._blocks[number].append((self._file.tell(), len(raw)))
        self._file.write(raw)
        del self._parts[number][:]

    def _read(self, number: int) -> array[int]:
        """Read the blocks of a part."""
        numbers = array("q")
        for offset, size in self._blocks[number]:
            self._file.seek(offset)
            numbers.frombytes(self._file.read(size))
        return numbers
