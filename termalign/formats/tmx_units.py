"""What was read of a ``tu``, made into translation units."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from termalign.errors import ConfigError
from termalign.formats.own_values import value_of
from termalign.formats.tags import REGIONS, read_region, segment_rank
from termalign.model import InlineCode, Method, Origin, Segment, TranslationUnit, canonical_tag, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OWN_PROPS", "PREFIX", "ReadSide", "ReadUnit", "source_of", "unit_of"]

PREFIX = "x-termalign-"  # properties of ours that hold further keys of a unit
OWN_PROPS = {"x-licence": "licence", "x-evidence": "evidence"}  # those that have a name of their own
_READ_PROPS = frozenset({"x-score", "x-method", "x-bead"})
_IDENTITY = frozenset({"tuid", "srclang", "usagecount"})  # attributes of a unit that have a field of their own


@dataclass(slots=True)
class ReadSide:
    """One ``tuv`` as it is read."""

    attributes: dict[str, str]
    line: int
    text: str | None = None
    codes: tuple[InlineCode, ...] = ()
    notes: list[str] = field(default_factory=list)
    props: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class ReadUnit:
    """One ``tu`` as it is read."""

    attributes: dict[str, str]
    line: int
    sides: list[ReadSide] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    props: list[list[str]] = field(default_factory=list)


def source_of(stated: str, tags: Iterable[str]) -> str:
    """Return which of the tags a code means; empty for ``*all*`` and other languages."""
    try:
        canonical = canonical_tag(stated)
    except ConfigError:
        return ""
    return next((tag for tag in tags if tag == canonical or (canonical == "zh" and same_language(tag, canonical))), "")


def unit_of(tu: ReadUnit, chosen: list[tuple[Segment, ReadSide]], origin: Origin) -> TranslationUnit:
    """Make a unit; what a property of ours says is believed where it can be."""
    segments = sorted([segment for segment, _ in chosen], key=segment_rank)
    known = {kind: value for kind, value in tu.props if kind in _READ_PROPS}
    method, score = Method.GIVEN, float("nan")
    if known:
        try:
            method, score = Method(known["x-method"]), float(known.get("x-score", "nan"))
        except (KeyError, ValueError):
            method = Method.GIVEN
    bead = known.get("x-bead", "")
    unit = TranslationUnit(
        segments=tuple(segments),
        bead=bead if bead.count("-") + 1 == len(segments) else "-".join("1" * len(segments)),
        score=score if 0 <= score <= 1 else None,
        method=method,
        extra=_extra(tu, chosen),
        origin=origin,
    )
    if method is not Method.GIVEN or not origin.id:
        return unit  # a unit aligned by us had no name
    is_ours = origin.id.startswith("u-") and origin.id == unit.id
    return unit if is_ours else replace(unit, name=origin.id)


def _extra(tu: ReadUnit, chosen: list[tuple[Segment, ReadSide]]) -> tuple[tuple[str, Any], ...]:
    """Return what has no field: notes, properties and attributes of the unit, and of its sides."""
    extra: dict[str, Any] = {}
    props = []
    for kind, value in tu.props:
        if kind in OWN_PROPS:
            extra[OWN_PROPS[kind]] = value_of(value)
        elif kind.startswith(PREFIX):
            extra[kind.removeprefix(PREFIX)] = value_of(value)
        elif kind not in _READ_PROPS:
            props.append([kind, value])
    count = tu.attributes.get("usagecount", "")
    if count.isascii() and count.isdigit():
        extra["usagecount"] = int(count[:9])
    if len(tu.attributes) > 1:
        extra |= _kept("attributes", {key: value for key, value in tu.attributes.items() if key not in _IDENTITY})
    extra |= _kept("notes", tu.notes) | _kept("props", props)
    regions: dict[str, str] = {}
    sides: dict[str, Any] = {}
    for segment, side in chosen:
        if region := read_region(side.attributes.get("xml:lang") or side.attributes.get("lang", "")):
            regions[segment.language] = region
        if side.notes or len(side.attributes) > 1 or len(side.props) > bool(segment.document):
            attributes = {key: value for key, value in side.attributes.items() if key not in {"xml:lang", "lang"}}
            rest = [prop for prop in side.props if prop[0] != "x-document"]
            about = _kept("attributes", attributes) | _kept("notes", side.notes) | _kept("props", rest)
            sides |= _kept(segment.language, about)
    return tuple((extra | _kept("sides", sides) | _kept(REGIONS, regions)).items())


def _kept(key: str, value: Any) -> dict[str, Any]:
    """Return a key with its value where there is one."""
    return {key: value} if value else {}
