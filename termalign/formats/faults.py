"""The faults of one input, gathered while it is read, so that a user mends them in one go."""

from __future__ import annotations

from typing import NoReturn

from termalign.errors import DataError, DataErrors

__all__ = ["Faults"]

N_FAULTS = 100  # after that many a file is not the format it is taken for


class Faults:
    """Faults of the file called ``name``.

    Args:
        name: Name of the file, in messages.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: list[DataError] = []

    def add(self, fault: DataError) -> None:
        """Keep a fault.

        Args:
            fault: With its place.

        Raises:
            DataErrors: It is the hundredth: reading on is of no use.
        """
        self._found.append(fault)
        if len(self._found) == N_FAULTS:
            self._raise(f"{self.name}: {N_FAULTS} faults, reading stopped")

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
