"""The rules of TMX 1.4: those of its schemas, and those that only its specification and its tools state."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from termalign.formats.repeats import Repeats
from termalign.formats.validation.structure import Structure
from termalign.formats.validation.tags import tag_problem
from termalign.formats.validation.values import is_language

if TYPE_CHECKING:
    from termalign.formats.validation.findings import Findings
    from termalign.formats.validation.grammar import Frame

__all__ = ["TmxChecker", "is_date"]

XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
_DATES = ("creationdate", "changedate", "lastusagedate")
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z", re.ASCII)
_NUMBER = re.compile(r"[0-9]+")
_MAX_KNOWN = 1000  # tags remembered
_WITH_X = frozenset({"bpt", "it", "ph", "hi", "ut"})


class TmxChecker:
    """Checks a TMX file, element by element; see :class:`termalign.formats.validation.checking.Checker`.

    Args:
        findings: Takes what is found.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._structure = Structure("tmx", findings)
        self.texts = self._structure.texts
        self._sound: set[tuple[object, ...]] = set()
        self._source = "*all*"
        self._ids = Repeats(width=2)
        self._languages: list[str] = []
        self._x: list[Counter[tuple[str, str]]] = []
        self._codes: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if XML_LANG in attributes:
            attributes["xml:lang"] = attributes.pop(XML_LANG)
        element = self._structure.grammar.get(tag)
        # A memory has the same few tags again and again: what was found right once is not looked at again.
        key = None if "tuid" in attributes else (tag, *attributes.items())
        is_sound = key in self._sound
        n_before = self._findings.n_found
        stated = attributes if is_sound else _without_old_lang(tag, attributes)
        frame = self._structure.open(tag, stated, element=element, is_sound=is_sound)
        if not is_sound:
            self._check_values(tag, attributes)
            if key is not None and self._findings.n_found == n_before and stated is attributes:
                if len(self._sound) >= _MAX_KNOWN:
                    self._sound.clear()
                self._sound.add(key)
        if tag == "tuv" and "lang" in attributes and "xml:lang" not in attributes:
            self._findings.add("tmx-old-lang", "lang instead of xml:lang", f'write xml:lang="{attributes["lang"]}"')
        if tag == "header":
            self._source = attributes.get("srclang", "*all*")
        elif tag == "tu":
            self._languages, self._x = [], []
            if "tuid" in attributes:
                self.add_id(attributes["tuid"], frame.line, frame.column)
        elif tag == "tuv":
            self._languages.append(attributes.get("xml:lang") or attributes.get("lang", ""))
        elif tag == "seg":
            self._codes = []
            self._x.append(Counter())
        elif tag in {"bpt", "ept"}:
            self._codes.append((tag, attributes.get("i", "")))
        if tag in _WITH_X and "x" in attributes and self._x:
            self._x[-1][(tag, attributes["x"])] += 1

    def end(self, tag: str) -> None:
        """Close an element."""
        frame, text = self._structure.close()
        if tag == "seg":
            self._check_pairs(frame)
            if not text.strip() and not frame.n_children:
                self._add("tmx-empty-segment", frame, "empty segment", "write its text, or remove the unit")
        elif tag == "tu":
            self._check_unit(frame)

    def finish(self) -> None:
        """Check that no id stands twice."""
        for first, *others in self._ids.groups():
            for line, column in others:
                message = f"this tuid stands in line {first[0]} already"
                self._findings.add("tmx-duplicate-id", message, "give each unit its own", at=(line, column))
        self._ids.close()

    def add_id(self, name: str, line: int, column: int) -> None:
        """Take the id of a unit in.

        Args:
            name: The id.
            line: Of the unit.
            column: Of the unit, 1-based.
        """
        self._ids.add(hash(name), line, column)

    def _add(self, rule: str, frame: Frame, message: str, fix: str) -> None:
        """Make a finding at the beginning of an element."""
        self._findings.add(rule, message, fix, at=(frame.line, frame.column))

    def _check_values(self, tag: str, attributes: dict[str, str]) -> None:
        """Check languages, dates and counts."""
        for name in ("xml:lang", "lang", "adminlang", "srclang"):
            value = attributes.get(name)
            if value is None or (name == "srclang" and value == "*all*"):
                continue
            if name == "xml:lang" and value and not is_language(value):
                self._findings.add(
                    "tmx-language-form", f"xml:lang={value!r} has not the form of a language tag", _fix(value)
                )
            elif problem := tag_problem(value):
                rule, message, fix = problem
                self._findings.add(rule, f"{message} ({name} of <{tag}>)", fix)
        for name in _DATES:
            if name in attributes and not is_date(attributes[name]):
                message = f"{name}={attributes[name]!r} of <{tag}>"
                self._findings.add("tmx-date", message, "write YYYYMMDDThhmmssZ, in UTC")
        count = attributes.get("usagecount", "0")
        if not _NUMBER.fullmatch(count):
            self._findings.add("tmx-usage-count", f"usagecount={count!r} of <{tag}>", "write a number")

    def _check_pairs(self, seg: Frame) -> None:
        """Check that the codes of a segment that begin and end a pair do so."""
        seen: set[str] = set()
        open_: set[str] = set()
        for kind, i in self._codes:
            if not _NUMBER.fullmatch(i):
                if i:
                    self._add("tmx-pairing", seg, f"i={i!r} of <{kind}> is no number", "number the pairs from 1")
            elif kind == "bpt" and i in seen:
                self._add("tmx-pairing", seg, f'a second <bpt i="{i}"> in one segment', "number the pairs from 1")
            elif kind == "ept" and i not in open_:
                self._add("tmx-pairing", seg, f'<ept i="{i}"> without <bpt> before it', 'use <it pos="end">')
            elif kind == "bpt":
                seen.add(i)
                open_.add(i)
            else:
                open_.remove(i)
        for i in sorted(open_):
            self._add("tmx-pairing", seg, f'<bpt i="{i}"> without <ept>', 'use <it pos="begin">')

    def _check_unit(self, tu: Frame) -> None:
        """Check what a unit as a whole must have."""
        source = tu.attributes.get("srclang", self._source)
        if source != "*all*" and self._languages and source not in self._languages:
            message = f"no variant in the source language {source!r}"
            fix = 'add it, spelled the same, or write srclang="*all*"'
            self._add("tmx-source-language", tu, message, fix)
        if len(self._languages) == 1:
            self._add("tmx-one-side", tu, "a unit in one language only", "add its translation, or remove it")
        for number, found in enumerate(self._x):
            for (kind, x), n in sorted(found.items()):
                if not _NUMBER.fullmatch(x) or n > 1:
                    message = f'x="{x}" of <{kind}> ' + ("stands twice in one segment" if n > 1 else "is no number")
                    self._add("tmx-matching", tu, message, "give matching codes the same number")
            if number and found.keys() != self._x[0].keys():
                message = "the variants have not the same inline codes with x"
                self._add("tmx-matching", tu, message, "give every code a partner in each language, or leave x out")
                break


def _without_old_lang(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    """Let ``lang`` count for ``xml:lang``: that it does not is a rule of its own."""
    if tag == "tuv" and "lang" in attributes and "xml:lang" not in attributes:
        return attributes | {"xml:lang": attributes["lang"]}
    return attributes


def _fix(value: str) -> str:
    """Say how a language tag is written."""
    dashed = value.replace("_", "-")
    if dashed != value and tag_problem(dashed) is None:
        return f"write {dashed}"
    problem = tag_problem(value)
    return problem[2] if problem else "write a tag of BCP 47"


@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Tell whether text is a date as TMX writes it, of a day that there is.

    Args:
        text: The value of an attribute.
    """
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    days = (31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= len(days) and 1 <= day <= days[month - 1]
