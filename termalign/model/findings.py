"""What a validator says about a file: a value, not an error."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["FileFinding", "FindingSeverity"]


class FindingSeverity(StrEnum):
    """How much a finding matters; only an error makes a file invalid."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FileFinding:
    """One place where a file breaks a rule.

    Args:
        file: The file, as it was named.
        line: 1-based line.
        column: 1-based column in code points where the parser tells it; ``None`` where it does not.
        rule: Name of the rule: ``tmx-required-attribute``.
        severity: How much it matters.
        message: What is wrong, with the words of the file.
        fix: What to do.
    """

    file: str
    line: int
    column: int | None
    rule: str
    severity: FindingSeverity
    message: str
    fix: str

    def as_json(self) -> dict[str, Any]:
        """Return the shape of CONTRACTS.md section 7."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.message,
            "fix": self.fix,
        }

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f":{self.column}" if self.column is not None else "")
        return f"{place}: {self.severity.value}: {self.message}; {self.fix} [{self.rule}]"
