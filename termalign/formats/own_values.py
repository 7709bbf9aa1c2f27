"""Values of our own kind as text, in the notes of TBX and the properties of TMX that have no category for them."""

from __future__ import annotations

import json

__all__ = ["text_of", "value_of"]


def text_of(value: object) -> str:
    """Return a value as text: a string as it is unless it would be read as JSON, anything else as JSON."""
    if isinstance(value, str) and value == value.strip() and value:
        try:
            json.loads(value)
        except (ValueError, RecursionError):
            return value
    return json.dumps(value, ensure_ascii=False)


def value_of(text: str) -> object:
    """Return the value that a text stands for: JSON where it is, else a string."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value
