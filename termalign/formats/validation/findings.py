"""Findings of one file as they are made, a bounded number of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.formats.validation.rules import RULES
from termalign.model import FileFinding

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Findings"]


class Findings:
    """Findings of the file called ``name``, at most ``most``.

    Args:
        name: Name of the file.
        most: How many are kept; the rest is counted.

    ``here`` tells line and column that the parser is at.
    """

    def __init__(self, name: str, *, most: int) -> None:
        self.name = name
        self.here: Callable[[], tuple[int, int | None]] = _beginning
        self._most, self._n_more = most, 0
        self._found: list[FileFinding] = []

    def add(self, rule: str, message: str, fix: str, *, at: tuple[int, int | None] | None = None) -> None:
        """Make a finding.

        Args:
            rule: Its rule.
            message: What is wrong.
            fix: What to do.
            at: Line and column; without it where the parser is.
        """
        if len(self._found) >= self._most:
            self._n_more += 1
            return
        line, column = at or self.here()
        severity = RULES[rule].severity
        self._found.append(
            FileFinding(
                file=self.name, line=line, column=column, rule=rule, severity=severity, message=message, fix=fix
            )
        )

    @property
    def n_found(self) -> int:
        """How many there are, those not kept included."""
        return len(self._found) + self._n_more

    def all(self) -> tuple[FileFinding, ...]:
        """Return the findings in the order of lines."""
        found = sorted(self._found, key=lambda one: (one.line, one.column or 0, one.rule, one.message))
        if self._n_more:
            last = found[-1]
            found.append(
                FileFinding(
                    file=self.name,
                    line=last.line,
                    column=last.column,
                    rule="too-many-findings",
                    severity=RULES["too-many-findings"].severity,
                    message=f"{self._n_more} further findings",
                    fix="mend these first, then validate again",
                )
            )
        return tuple(found)


def _beginning() -> tuple[int, int | None]:
    """Return the place before anything is parsed."""
    return 1, None
