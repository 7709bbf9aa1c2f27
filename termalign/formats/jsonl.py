"""JSON Lines: one object a line, with true line numbers; and its keys, each asked for with its type."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, NoReturn

from termalign.errors import DataError, Where
from termalign.formats.lines import iter_lines
from termalign.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.formats.faults import Faults

__all__ = ["Fields", "Spot", "a_list", "a_string", "dump_row", "iter_rows", "read_spans"]

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # an escape, and no backslash before u0000
_KINDS = {dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}


class Spot(NamedTuple):
    """A place inside a line, cheap to make: most are never named in an error.

    Args:
        file: Name of the file.
        line: 1-based number of the line.
        path: Path inside the object: ``terms.ja[0]``; empty for the whole object.
    """

    file: str
    line: int
    path: str = ""

    def key(self, key: str) -> Spot:
        """Return the place of a key of the object here."""
        return Spot(self.file, self.line, f"{self.path}.{key}" if self.path else key)

    def item(self, number: int) -> Spot:
        """Return the place of an item of the list here."""
        return Spot(self.file, self.line, f"{self.path}[{number}]")

    def where(self) -> Where:
        """Return the place as errors name it."""
        return Where(file=self.file, line=self.line, path=self.path)


def dump_row(row: dict[str, Any]) -> bytes:
    """Return one line of JSON in UTF-8.

    Args:
        row: The object, its keys in the order to write.

    Returns:
        The line with its end; characters beyond ASCII stand as they are.

    Raises:
        DataError: A text holds half a surrogate pair, or a number is none: neither is JSON.
    """
    try:
        return f"{_encoder().encode(row)}\n".encode()
    except ValueError as exc:
        what = "half a surrogate pair" if isinstance(exc, UnicodeEncodeError) else "a number that is not finite"
        raise DataError(f"{what} cannot be written", Where(path=str(row.get("id", "")))) from exc


def iter_rows(file: BinaryIO, *, name: str, faults: Faults) -> Iterator[Fields]:
    """Read the objects of a JSON Lines file; blank lines are passed over.

    Args:
        file: The open file.
        name: Its name, in messages.
        faults: Takes the lines that are no JSON objects.

    Yields:
        The keys of each object, with its place.
    """
    for number, line in iter_lines(file, name=name, tell=faults.tell):
        if line.strip():
            spot = Spot(name, number)
            try:
                fields = Fields(_parse(line, spot), spot)
            except DataError as fault:
                faults.add(fault)
            else:
                yield fields


def _parse(line: str, spot: Spot) -> object:
    """Parse one line."""
    escaped = ""
    try:
        value: object = _decoder().decode(line)
        if "\\u" in line:
            escaped = json.dumps(value, ensure_ascii=False)
            escaped.encode("utf-8")
    except json.JSONDecodeError as exc:
        problem = f"broken JSON: {exc.msg} at column {exc.colno}"
        raise DataError(problem, spot.where(), "write one JSON object a line") from exc
    except UnicodeEncodeError as exc:
        fix = "write the character itself"
        raise DataError("half a surrogate pair (\\ud800 to \\udfff)", spot.where(), fix) from exc
    except (ValueError, RecursionError) as exc:
        problem = "nested too deeply" if isinstance(exc, RecursionError) else f"broken JSON: {exc}"
        raise DataError(problem, spot.where(), "write one JSON object a line") from exc
    if _NUL.search(escaped):
        raise DataError("a NUL character (\\u0000)", spot.where(), "remove it: no text has one")
    return value


def _no_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python would read."""
    raise ValueError(f"{name} is no JSON")


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice, of which Python would keep the last."""
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands twice")
    return row


@cache
def _encoder() -> json.JSONEncoder:
    """Return what writes lines, once per process, as :func:`_decoder`."""
    return json.JSONEncoder(ensure_ascii=False, allow_nan=False)


@cache
def _decoder() -> json.JSONDecoder:
    """Return what parses lines, once per process: making it takes longer than a short line."""
    return json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_no_twice)


class Fields:
    """The keys of one JSON object: each is asked for by its type, and what nobody asked for is extra.

    Args:
        value: What stands where an object should.
        spot: Its place.

    Raises:
        DataError: It is no object.
    """

    def __init__(self, value: object, spot: Spot) -> None:
        if not isinstance(value, dict):
            raise DataError(f"{_kind(value)} instead of an object", spot.where())
        self._row: dict[str, Any] = value
        self._asked: set[str] = set()
        self.spot = spot

    def at(self, key: str) -> Where:
        """Return the place of a key, for an error."""
        return self.spot.key(key).where()

    def has(self, key: str) -> bool:
        """Tell whether the object has a key."""
        return key in self._row

    def names(self) -> tuple[str, ...]:
        """Return its keys, in the order of the file."""
        return tuple(self._row)

    def raw(self, key: str) -> object:
        """Return the value as it is; ``None`` where it is missing."""
        self._asked.add(key)
        return self._row.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string.

        Args:
            key: Its key.
            default: What a missing key or ``null`` stands for; without it the key is required and not empty.

        Returns:
            The string as it is.

        Raises:
            DataError: Missing, empty although required, or no string.
        """
        value = self.raw(key)
        if isinstance(value, str) and (default is not None or value.strip()):
            return value
        if value is None and default is not None:
            return default
        problem = (
            "missing" if value is None else "empty" if isinstance(value, str) else f"{_kind(value)} instead of a string"
        )
        raise DataError(problem, self.at(key))

    def share(self, key: str) -> float | None:
        """Return a number in [0, 1]; ``None`` where it is missing or ``null``."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise DataError(f"{_kind(value)} instead of a number", self.at(key))
        if not math.isfinite(value) or not 0 <= value <= 1:
            raise DataError(f"{value} is not between 0 and 1", self.at(key))
        return float(value)

    def count(self, key: str, default: int) -> int:
        """Return a whole number, 0 or more; ``default`` where it is missing."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise DataError(f"{value!r} instead of a whole number, 0 or more", self.at(key))
        return value

    def truth(self, key: str) -> bool:
        """Return true or false; false where it is missing."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            raise DataError(f"{_kind(value)} instead of true or false", self.at(key))
        return bool(value)

    def items(self, key: str) -> list[tuple[Spot, Any]]:
        """Return the values of a list with their places; empty where it is missing."""
        value = self.raw(key)
        return a_list(value, self.spot.key(key)) if value is not None else []

    def mapping(self, key: str) -> list[tuple[str, Spot, Any]]:
        """Return keys, places and values of a required object, in its order."""
        value = self.raw(key)
        if not isinstance(value, dict):
            raise DataError("missing" if value is None else f"{_kind(value)} instead of an object", self.at(key))
        spot = self.spot.key(key)
        return [(inner, spot.key(inner), item) for inner, item in value.items()]

    def extra(self) -> tuple[tuple[str, Any], ...]:
        """Return what nobody asked for, in the order of the file."""
        return tuple([(key, value) for key, value in self._row.items() if key not in self._asked])


def a_string(value: object, spot: Spot) -> str:
    """Return a value that must be a string.

    Args:
        value: Any JSON value.
        spot: Its place.

    Returns:
        The string as it is.

    Raises:
        DataError: It is something else.
    """
    if not isinstance(value, str):
        raise DataError(f"{_kind(value)} instead of a string", spot.where())
    return value


def a_list(value: object, spot: Spot) -> list[tuple[Spot, Any]]:
    """Return the items of a value that must be a list.

    Args:
        value: Any JSON value.
        spot: Its place.

    Returns:
        The items, each with its place.

    Raises:
        DataError: It is something else.
    """
    if not isinstance(value, list):
        raise DataError(f"{_kind(value)} instead of a list", spot.where())
    return [(spot.item(number), item) for number, item in enumerate(value)]


def read_spans(fields: Fields) -> tuple[Span, ...]:
    """Read ``spans``: a list of ``[start, end]`` in code points.

    Args:
        fields: The object that has them.

    Returns:
        The spans in the order of the file; empty where there are none.

    Raises:
        DataError: Something else stands there.
    """
    spans = []
    for spot, pair in fields.items("spans"):
        sound = isinstance(pair, list) and len(pair) == 2 and all(type(number) is int for number in pair)  # noqa: PLR2004
        if not sound or not 0 <= pair[0] <= pair[1]:
            raise DataError(f"{pair!r} is no span", spot.where(), "write [start, end] in code points")
        spans.append(Span(pair[0], pair[1]))
    return tuple(spans)


def _kind(value: object) -> str:
    """Name the JSON type of a value."""
    return "null" if value is None else _KINDS.get(type(value), type(value).__name__)
