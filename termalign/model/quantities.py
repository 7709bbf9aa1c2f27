"""Numbers, dates and amounts of a text, with their normal forms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["Quantity", "QuantityKind"]


class QuantityKind(StrEnum):
    """The kinds of CONTRACTS.md section 6."""

    DATE = "date"
    FISCAL_YEAR = "fiscal_year"
    NUMBER = "number"
    MONEY = "money"
    PERCENTAGE = "percentage"
    RANGE = "range"
    ORDINAL = "ordinal"
    DURATION = "duration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number, date or amount that a text states.

    Args:
        start: First code point, 0-based.
        end: End, excluded.
        kind: What it is.
        normalised: The normal form of CONTRACTS.md section 6; equal facts in three languages have equal ones.
        text: The text from ``start`` to ``end``.
        step: Value of the last place that is written, which says how far the number was rounded (22億 and 2.2 billion:
            100,000,000); ``None`` where the kind has none.

    Raises:
        ValueError: ``end`` does not lie behind ``start``, or there is no normal form.
    """

    start: int
    end: int
    kind: QuantityKind
    normalised: str
    text: str = ""
    step: Decimal | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"quantity {self.start}..{self.end}")
        if not self.normalised:
            raise ValueError("a quantity without a normal form")

    def as_json(self) -> dict[str, Any]:
        """Return one of the ``quantities`` of CONTRACTS.md section 6, with its text."""
        return {
            "start": self.start,
            "end": self.end,
            "kind": self.kind.value,
            "normalised": self.normalised,
            "text": self.text,
        }
