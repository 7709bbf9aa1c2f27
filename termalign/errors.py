"""Every error that termalign raises on purpose.

    TermalignError
    ├── ConfigError           asked for the impossible: options, names, settings (exit 2)
    │   ├── UnknownNameError      a name that no registry holds
    │   ├── OtherLanguageError    a language that is none of Japanese, Chinese, English
    │   └── MissingExtraError     an optional package is not installed
    ├── DataError             the input breaks its format's promise (exit 3)
    ├── DataErrors            several of them, gathered by one reader (an exception group)
    └── OutputError           a result cannot be written (exit 3)

A message says where, what, and the way out. All pickle: they cross processes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

__all__ = [
    "ConfigError",
    "DataError",
    "DataErrors",
    "MissingExtraError",
    "OtherLanguageError",
    "OutputError",
    "TermalignError",
    "UnknownNameError",
    "Where",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in an input: file, 1-based line, and the path inside the format (``tu[2].lang``)."""

    file: str = ""
    line: int | None = None
    path: str = ""

    def inside(self, path: str) -> Where:
        """Return the same place with ``path`` put before its path."""
        return replace(self, path=f"{path}.{self.path}" if self.path else path)

    def as_json(self) -> dict[str, Any]:
        """Return the shape of CONTRACTS.md section 7: keys without a value are left out."""
        fields = {"file": self.file, "line": self.line, "path": self.path}
        return {key: value for key, value in fields.items() if value not in ("", None)}

    def __str__(self) -> str:
        place = self.file or "input"
        if self.line is not None:
            place += f":{self.line}"
        return f"{place} ({self.path})" if self.path else place


class TermalignError(Exception):
    """Anything that termalign raises on purpose."""


class ConfigError(TermalignError, ValueError):
    """What was asked for cannot be done: an option, a name, a setting.

    Args:
        problem: What is wrong.
        fix: What to do instead; may be empty.
    """

    def __init__(self, problem: str, fix: str = "") -> None:
        super().__init__(problem, fix)
        self.problem, self.fix = problem, fix

    def __str__(self) -> str:
        return self.problem + (f"; {self.fix}" if self.fix else "")


class UnknownNameError(ConfigError):
    """A name that is not registered."""


class OtherLanguageError(ConfigError):
    """A good language tag, of a language that termalign does not work in."""


class MissingExtraError(ConfigError):
    """An optional package is needed and not installed."""


class DataError(TermalignError, ValueError):
    """The input is not what its format promises.

    Args:
        problem: What is wrong.
        where: File, line and path inside the format.
        fix: What to do; may be empty.
    """

    def __init__(self, problem: str, where: Where, fix: str = "") -> None:
        super().__init__(problem, where, fix)  # args hold every field, so the error pickles
        self.problem, self.where, self.fix = problem, where, fix

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" + (f"; {self.fix}" if self.fix else "")

    def inside(self, path: str) -> DataError:
        """Return the same error with ``path`` put before the path of its place."""
        return type(self)(self.problem, self.where.inside(path), self.fix)


class OutputError(DataError):
    """A result cannot be written; what was there before is as it was."""


class DataErrors(TermalignError, ExceptionGroup[DataError]):  # noqa: N818 - a group of them, as STYLE.md names it
    """All faults that one reader found in one input."""

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  {error}" for error in self.exceptions)])
