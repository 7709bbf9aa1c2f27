"""The faults of one input, gathered while it is read, so that a user mends them in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from termalign.errors import DataError, DataErrors

if TYPE_CHECKING:
    from collections.abc import Callable

    from termalign.errors import Where

__all__ = ["Faults"]

N_FAULTS = 100  # after that many a file is not the format it is taken for


class Faults:
    """Faults of the file called ``name``.

    Args:
        name: Name of the file, in messages.
        tell: Is told of each fault instead of keeping it: what is broken is passed over.
    """

    def __init__(self, name: str, *, tell: Callable[[DataError], None] | None = None) -> None:
        self.name, self.tell = name, tell
        self._found: list[DataError] = []
        self._lines: dict[str, int | None] = {}

    def add(self, fault: DataError) -> None:
        """Keep a fault.

        Args:
            fault: With its place.

        Raises:
            DataErrors: It is the hundredth: reading on is of no use.
        """
        if self.tell is not None:
            self.tell(fault)
            return
        self._found.append(fault)
        if len(self._found) == N_FAULTS:
            self._raise(f"{self.name}: {N_FAULTS} faults, reading stopped")

    def is_new(self, entry_id: str, where: Where) -> bool:
        """Tell whether an id is met for the first time; a second time is a fault.

        Args:
            entry_id: Id of an entry.
            where: Its place.

        Returns:
            Whether the entry may be used.

        Raises:
            DataErrors: It is the hundredth fault.
        """
        if entry_id not in self._lines:
            self._lines[entry_id] = where.line
            return True
        problem = f"id {entry_id!r} stands in line {self._lines[entry_id]} already"
        self.add(DataError(problem, where, "merge the two entries, or give one another id"))
        return False

    def raise_all(self) -> None:
        """Raise what was gathered, if anything.

        Raises:
            DataError: There is one fault.
            DataErrors: There are several.
        """
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            self._raise(f"{self.name}: {len(self._found)} faults")

    def _raise(self, message: str) -> NoReturn:
        """Raise the faults as a group."""
        raise DataErrors(message, self._found)
