"""SRX 2.0: the segmentation rules of CAT tools, read only.

Ours: no library reads SRX with the places of its faults, on the safe reader of XML that TMX and TBX go through. What the
rules mean for a text is not the format's affair (:mod:`termalign.languages.srx`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.faults import Faults
from termalign.formats.xml import LIMITS, Limits, Node, iter_nodes
from termalign.model.srx import SrxMap, SrxRule, SrxRules

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_srx"]

_VERSION = "2.0"
_YES_NO = {"yes": True, "no": False}
_CODES = frozenset({"start", "end", "isolated"})  # formathandle: where inline codes go, which plain text has none of


def read_srx(file: BinaryIO, *, name: str, limits: Limits = LIMITS) -> SrxRules:
    """Read segmentation rules.

    Args:
        file: The open file.
        name: Its name, in messages.
        limits: How deep it may nest and how long a text may be.

    Returns:
        Its rules by language map, in the order of the file. Extensions in other namespaces are passed over.

    Raises:
        DataError: Not SRX 2.0, or one part of it is broken; with file and line.
        DataErrors: Several parts are.

    Source:
        SRX 2.0 (LISA OSCAR recommendation, 7 April 2008), sections 3 and 4.
    """
    reader = _Reader(name)
    for node in iter_nodes(
        file, name=name, roots=("srx",), wanted=("header", "languagerules", "maprules"), limits=limits
    ):
        reader.take(node)
    return reader.result()


class _Reader:
    """Gathers the parts of a file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._faults = Faults(name)
        self._cascade: bool | None = None
        self._rules: dict[str, tuple[SrxRule, ...]] = {}
        self._maps: list[tuple[str, str, int]] = []

    def take(self, node: Node) -> None:
        """Take a part in."""
        if node.name == "srx":
            if node.attributes.get("version") != _VERSION:
                version = node.attributes.get("version")
                problem = f"SRX version {version!r}" if version else "SRX without a version"
                raise DataError(problem, self._where(node), "export the rules as SRX 2.0")
        elif node.name == "header":
            self._cascade = self._choice(node, "cascade", default=None)
            for handle in node.elements("formathandle"):
                self._choice(handle, "include", default=None)
                if handle.attributes.get("type") not in _CODES:
                    self._fault(
                        handle,
                        f"formathandle of type {handle.attributes.get('type')!r}",
                        "write start, end or isolated",
                    )
        elif node.name == "languagerules":
            for group in node.elements("languagerule"):
                self._take_rules(group)
        else:
            for entry in node.elements("languagemap"):
                self._maps.append((entry.attributes.get("languagepattern", ""), self._named(entry), entry.line))

    def _take_rules(self, group: Node) -> None:
        """Take the rules of one name in."""
        name = self._named(group)
        if name in self._rules:
            self._fault(group, f"a second languagerule {name!r}", "merge the two, or give one another name")
            return
        self._rules[name] = tuple(
            SrxRule(
                breaks=self._choice(rule, "break", default=True),
                before=_text(rule, "beforebreak"),
                after=_text(rule, "afterbreak"),
                line=rule.line,
            )
            for rule in group.elements("rule")
        )

    def _named(self, node: Node) -> str:
        """Return the name of the rules that an element defines or refers to."""
        name = node.attributes.get("languagerulename", "")
        if not name:
            self._fault(node, f"{node.name} without a languagerulename", "name the rules")
        return name

    def _choice(self, node: Node, name: str, *, default: bool | None) -> bool:
        """Read an attribute that is yes or no."""
        value = node.attributes.get(name)
        if value is None and default is not None:
            return default
        if value not in _YES_NO:
            self._fault(
                node,
                f"{node.name} with {name}={value!r}" if value else f"{node.name} without {name}",
                "write yes or no",
            )
            return False
        return _YES_NO[value]

    def _fault(self, node: Node, problem: str, fix: str) -> None:
        self._faults.add(DataError(problem, self._where(node), fix))

    def _where(self, node: Node) -> Where:
        return Where(file=self._name, line=node.line)

    def result(self) -> SrxRules:
        """Put the parts together, or raise what was wrong with them."""
        maps = [_map(entry, self._rules) for entry in self._maps]
        for (pattern, name, line), found in zip(self._maps, maps, strict=True):
            if found is None and name:
                problem = f"the languagemap {pattern!r} names rules that are not there: {name!r}"
                self._faults.add(
                    DataError(problem, Where(file=self._name, line=line), "add a languagerule of that name")
                )
        if self._cascade is None or not maps:
            missing = "header" if self._cascade is None else "languagemap"
            self._faults.add(DataError(f"SRX without a {missing}", Where(file=self._name), "export the rules anew"))
        self._faults.raise_all()
        return SrxRules(
            file=self._name, cascade=bool(self._cascade), maps=tuple(one for one in maps if one is not None)
        )


def _map(entry: tuple[str, str, int], rules: Mapping[str, tuple[SrxRule, ...]]) -> SrxMap | None:
    """Join a map with its rules."""
    pattern, name, line = entry
    return SrxMap(pattern=pattern, rules=rules[name], line=line) if name in rules else None


def _text(rule: Node, name: str) -> str:
    """Return an expression as it stands: white space counts."""
    child = rule.child(name)
    return child.text() if child else ""
