"""A quick way to fill the slots of frozen dataclasses of which there are millions."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["slot_setters"]


def slot_setters(kind: type[Any]) -> tuple[Callable[[Any, Any], None], ...]:
    """Return what sets each field of a class with slots, in their order: for its own ``__init__``, and nothing else.

    Args:
        kind: A frozen dataclass with slots.

    Returns:
        A function of an object and a value for each field; it goes past ``__setattr__``, which refuses.
    """
    return tuple(getattr(kind, field.name).__set__ for field in fields(kind))
