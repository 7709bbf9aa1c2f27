"""One pass over a file: its elements are handed to the checker of its format as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

from termalign.errors import ConfigError
from termalign.formats.validation.findings import Findings
from termalign.formats.validation.sound_units import SoundUnits
from termalign.formats.validation.tbx import TbxChecker
from termalign.formats.validation.tmx import TmxChecker
from termalign.formats.xml_stream import LIMITS, Limits, NotWellFormedError, TextWatch, XmlStream

if TYPE_CHECKING:
    from termalign.model import FileFinding

__all__ = ["UnknownFileError", "check_file"]

TBX_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_N_AROUND = 2  # elements around the units of a memory
N_TEXTS = 64  # texts of one element in memory before its length is looked at


class UnknownFileError(ConfigError):
    """A file of a format that cannot be validated."""


class Checker(Protocol):
    """What checks one format."""

    texts: list[str]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""

    def end(self, name: str) -> None:
        """Close it."""

    def finish(self) -> None:
        """Check what only the whole file shows."""


def check_file(
    file: BinaryIO, *, name: str, limits: Limits = LIMITS, max_findings: int = 10_000
) -> tuple[FileFinding, ...]:
    """Validate a file; what it is, its root element says.

    Args:
        file: The open file; it is read once, from beginning to end.
        name: Its name, in findings.
        limits: What it may ask for.
        max_findings: How many findings are kept.

    Returns:
        The findings in the order of lines; empty for a valid file. With more than ``max_findings`` the last one says so.

    Raises:
        UnknownFileError: Neither TMX nor TBX version 3.
        DataError: The file declares entities, uses an unknown encoding or goes beyond a limit.
    """
    findings = Findings(name, most=max_findings)
    stream = XmlStream(file, name=name, limits=limits)
    checker: Checker | None = None
    watch: TextWatch | None = None
    parser = stream.parser
    findings.here = lambda: (parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
    depth = 0
    lane = SoundUnits(stream, findings)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal checker, depth, watch
        depth += 1
        if depth > limits.depth:
            stream.check_depth(depth)
        if checker is None:
            checker = _checker(tag, attributes, findings, name)
            stream.parser.CharacterDataHandler = checker.texts.append
            watch = TextWatch(stream, checker.texts)
            lane.checker = checker if isinstance(checker, TmxChecker) else None
        checker.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if checker is not None:
            checker.end(tag)
        if depth == _N_AROUND and tag == "tu":
            lane.ended_at = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        for chunk in stream.raw():
            lane.pass_on(chunk)
            if watch is not None and len(watch.texts) > N_TEXTS:
                watch.look()
        lane.close()
    except NotWellFormedError as fault:
        if checker is None and not name.lower().endswith((".tmx", ".tbx")):
            raise UnknownFileError(f"{name}: neither TMX nor TBX", "give a .tmx or .tbx file") from fault
        findings.add("well-formed", fault.problem, fault.fix, at=(fault.where.line or 1, fault.column))
        return findings.all()
    if checker is not None:
        checker.finish()
    return findings.all()


def _checker(tag: str, attributes: dict[str, str], findings: Findings, name: str) -> Checker:
    """Choose the checker by the root element."""
    namespace, _, local = tag.rpartition(" ")
    if local == "tmx":
        return TmxChecker(findings)
    if local == "tbx" and namespace == TBX_NAMESPACE:
        return TbxChecker(findings, dialect=attributes.get("type", ""), style=attributes.get("style", ""))
    if local == "tbx":
        stated = f"the namespace {namespace}" if namespace else "no namespace"
        raise UnknownFileError(
            f"{name}: <tbx> in {stated}", f'write <tbx xmlns="{TBX_NAMESPACE}" ...>: that is version 3'
        )
    what = "TBX version 2" if local == "martif" else f"a file with the root element <{local}>"
    raise UnknownFileError(f"{name}: {what} cannot be validated", "give TMX, or TBX version 3")
