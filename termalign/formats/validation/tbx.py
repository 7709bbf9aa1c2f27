"""The rules of TBX version 3: its core structure, the data categories of its dialects, and what no schema states."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from termalign.formats.repeats import Repeats
from termalign.formats.validation.categories import Category, dialect, is_placed
from termalign.formats.validation.grammar import Element, Frame
from termalign.formats.validation.structure import Structure
from termalign.formats.validation.tags import tag_problem
from termalign.formats.validation.tbx_inline import check_codes
from termalign.formats.validation.values import is_date, is_language, is_name, is_uri, token

if TYPE_CHECKING:
    from termalign.formats.validation.findings import Findings

__all__ = ["TbxChecker"]

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
_HTTP = re.compile("https?://.+")
_DIALECT = re.compile("TBX-.+")
_TYPED = frozenset({"admin", "descrip", "ref", "termNote", "transac", "transacNote", "xref"})
_NOTES = frozenset({"adminNote", "descripNote"})
_ID, _REFERENCE, _TARGET, _OTHER_ID = range(4)
_KINDS = {"id": "a name that begins with a letter", "idref": "the id of an element", "language": "a language tag"}


class TbxChecker:
    """Checks a TBX file, element by element; see :class:`termalign.formats.validation.checking.Checker`.

    Args:
        findings: Takes what is found.
        dialect: ``type`` of the root element.
        style: ``style`` of the root element.
    """

    def __init__(self, findings: Findings, *, dialect: str, style: str) -> None:
        self._findings, self._style = findings, style
        self._structure = Structure("tbx", findings)
        self.texts = self._structure.texts
        self._name, self._dialect = dialect, _dialect(dialect)
        note_text = self._structure.grammar["note"].steps
        self._rich = Element("*", note_text, text=True, attributes={}, required=())
        self._plain = Element("*", (), text=True, attributes={}, required=())
        self._ids = Repeats(width=3)
        self._languages: dict[str, int] = {}
        self._terms: Counter[str] = Counter()
        self._n_preferred = 0
        self._outside = 0  # depth inside header and back matter, where categories have other rules

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        namespace, _, name = tag.rpartition(" ")
        if XML_LANG in attributes:
            attributes["xml:lang"] = attributes.pop(XML_LANG)
        if namespace == NAMESPACE:
            self._start_core(name, attributes)
        else:
            self._start_foreign(namespace, name, attributes)

    def end(self, tag: str) -> None:
        """Close an element."""
        namespace, _, name = tag.rpartition(" ")
        frame, text = self._structure.close()
        check_codes(frame.data.get("codes", []), self._findings)
        if namespace != NAMESPACE:
            self._end_foreign(namespace, name, frame, text)
            return
        self._outside -= name in {"tbxHeader", "back"}
        if name == "date" and not is_date(text):
            self._add("tbx-value", frame, f"date {text!r}", "write 2026-11-20 or 2026-11-20T10:00:00Z")
        elif name == "term":
            self._end_term(frame, text)
        elif name in _TYPED and self._dialect is not None and self._style == "dca":
            self._check_picked(frame, frame.attributes.get("type", ""), text)

    def finish(self) -> None:
        """Check ids and references, now that all are known."""
        for group in self._ids.groups(least=1):
            ids = [(line, column) for kind, line, column in group if kind == _ID]
            for line, column in ids[1:]:
                message = f"this id stands in line {ids[0][0]} already"
                self._findings.add("tbx-duplicate-id", message, "give each element its own", at=(line, column))
            is_known = any(kind in {_ID, _OTHER_ID} for kind, _, _ in group)
            for kind, line, column in group:
                if kind == _REFERENCE and not ids:
                    message, fix = "reference to an id that is not in the file", "write its id, or remove it"
                    self._findings.add("tbx-dangling-reference", message, fix, at=(line, column))
                elif kind == _TARGET and not is_known:
                    message, fix = "target is no id of the file", "write an id, or an address beginning with https://"
                    self._findings.add("tbx-target", message, fix, at=(line, column))
        self._ids.close()

    def _add(self, rule: str, frame: Frame, message: str, fix: str) -> None:
        """Make a finding at the beginning of an element."""
        self._findings.add(rule, message, fix, at=(frame.line, frame.column))

    def _start_core(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element of TBX's own namespace."""
        structure = self._structure
        element = structure.grammar.get(name)
        frame = structure.open(name, attributes, element=element)
        if name == "tbx":
            self._check_root(frame)
        for key, value in attributes.items():
            kind = element.attributes[key].kind if element is not None and key in element.attributes else ""
            self._check_kind(frame, key, value, kind)
        if name == "conceptEntry":
            self._languages = {}
        elif name == "langSec":
            self._start_language(frame)
        elif name in {"sc", "ec"} and len(structure.stack) > 1:
            row = (name, *(attributes.get(key, "\0") for key in ("isolated", "startRef", "id")))
            structure.stack[-2].data.setdefault("codes", []).append((*row, str(frame.line), str(frame.column)))
        self._check_type(frame)
        self._outside += name in {"tbxHeader", "back"}
        if name == "termNote" and not self._is_in_term():
            self._add("tbx-level", frame, f"<termNote> in <{structure.parent()}>", "it belongs to termSec")
        has_target_rule = self._style == "dct" or "type" not in attributes
        if "target" in attributes and name != "termNote" and has_target_rule and self._dialect is not None:
            self._check_target(attributes["target"])

    def _is_in_term(self) -> bool:
        """Tell whether the innermost element belongs to a term, directly or in a group."""
        parent = self._structure.parent()
        return parent == "termSec" or (parent == "termNoteGrp" and self._structure.parent(2) == "termSec")

    def _check_root(self, frame: Frame) -> None:
        """Check that the dialect is one whose categories are known."""
        style, name = frame.attributes.get("style", ""), frame.attributes.get("type", "")
        if style not in {"dca", "dct"} or style != self._style:
            self._add("tbx-style", frame, f"style {style!r}", "write dca or dct")
        if self._dialect is None or name != self._name:
            message = f"dialect {self._name!r} is not a public one: only the core structure is checked"
            self._add("tbx-dialect", frame, message, "write TBX-Basic, or ignore this for a private dialect")

    def _check_kind(self, frame: Frame, key: str, value: str, kind: str) -> None:
        """Check the form of an attribute's value."""
        line, column = frame.line, frame.column
        if kind == "dialect" and not _DIALECT.fullmatch(value):
            self._add("tbx-value", frame, f"{key}={value!r}", "write TBX-Basic, or TBX- and a name of your own")
        elif kind == "uri":
            if not is_uri(value):
                self._add("tbx-value", frame, f"{key}={value!r} is no address", "write an address")
            elif self._dialect is not None and not _HTTP.match(value):
                self._add("tbx-external-target", frame, f"{key}={value!r}", "write an address beginning with https://")
        elif (kind in {"id", "idref"} and not is_name(value)) or (kind == "language" and not is_language(value)):
            fix = f"write {_KINDS[kind]}" if kind != "language" else _language_fix(value)
            self._add("tbx-value", frame, f"{key}={value!r} is not {_KINDS[kind]}", fix)
        elif key == "id" and not kind:
            self._ids.add(hash(value), _OTHER_ID, line, column)
        elif kind in {"id", "idref"}:
            self._ids.add(hash(token(value)), _ID if kind == "id" else _REFERENCE, line, column)
        elif kind == "language" and (problem := tag_problem(token(value))):
            rule, message, fix = problem
            self._add(rule, frame, f"{message} ({key} of <{frame.name}>)", fix)

    def _check_target(self, target: str) -> None:
        """Note a target that must be an id of the file where it is no address."""
        if not _HTTP.search(target):
            line, column = self._findings.here()
            self._ids.add(hash(target), _TARGET, line, column or 1)

    def _start_language(self, frame: Frame) -> None:
        """Open the section of a language."""
        self._terms, self._n_preferred = Counter(), 0
        tag = frame.attributes.get("xml:lang", "").lower()
        if tag in self._languages:
            message = f"a second section for {tag!r}; the first is in line {self._languages[tag]}"
            self._add("tbx-duplicate-language", frame, message, "put the terms of both into one")
        self._languages.setdefault(tag, frame.line)

    def _check_type(self, frame: Frame) -> None:
        """Check the data category that an element names in ``type``."""
        kind = frame.attributes.get("type")
        if kind is None or self._dialect is None or frame.name == "tbx":
            return
        if self._style == "dct":
            if not self._outside:
                message = f'<{frame.name} type="{kind}"> in a file in DCT style'
                self._add("tbx-style", frame, message, "write an element of the category's namespace")
            return
        if not kind and frame.name not in _TYPED and frame.name not in _NOTES:
            self._add("tbx-category", frame, f"empty type of <{frame.name}>", "name the category")
        elif frame.name in _TYPED or frame.name in _NOTES:
            self._check_category(frame, kind)

    def _check_category(self, frame: Frame, kind: str) -> None:
        """Check a category in DCA style, and its place."""
        if self._dialect is None:
            return
        category = self._dialect.categories.get(kind)
        if category is None or category.element != frame.name:
            rule = "tbx-note-category" if frame.name in _NOTES and kind else "tbx-category"
            known = ", ".join(self._dialect.of_element(frame.name)) or "no category"
            self._add(rule, frame, f'<{frame.name} type="{kind}"> is not in {self._name}', f"it has {known}")
        elif frame.name in _TYPED or self._name != "TBX-Basic":
            self._check_place(frame, category)

    def _check_place(self, frame: Frame, category: Category) -> None:
        """Check that a category belongs to an element of its level."""
        parent, above = self._structure.parent(), self._structure.parent(2)
        placed = is_placed(category, self._style, parent, above)
        if placed is not True:
            levels = " or ".join(sorted(category.levels))
            rule = "tbx-level" if placed is False else "tbx-misplaced"
            self._add(rule, frame, f"{category.name} in <{parent}>", f"it belongs to {levels}")

    def _check_picked(self, frame: Frame, kind: str, text: str) -> None:
        """Check that a category in DCA style has a value of its picklist."""
        category = self._dialect.categories.get(kind) if self._dialect else None
        if category is None or category.element != frame.name:
            return
        if category.values and text not in category.values:
            rule = "tbx-transaction-value" if kind == "transactionType" else "tbx-category-value"
            self._add(rule, frame, f"{kind} {text!r}", f"write {_near(text, category.values)}")
        if kind == "administrativeStatus":
            self._note_status(frame, text)

    def _note_status(self, frame: Frame, text: str) -> None:
        """Count preferred terms of a language."""
        self._n_preferred += token(text) == "preferredTerm-admn-sts"
        if self._n_preferred == 2 and token(text) == "preferredTerm-admn-sts":  # noqa: PLR2004 - reported once
            self._add("tbx-two-preferred", frame, "a second preferred term", "make all but one admitted")

    def _end_term(self, frame: Frame, text: str) -> None:
        """Check the text of a term."""
        if not text.strip():
            self._add("tbx-empty-term", frame, "empty term", "write the term, or remove its section")
            return
        if text != text.strip() or "\n" in text:
            self._add("tbx-blanks", frame, f"blanks or a line end in term {text!r}", "write it on one line")
        self._terms[text.strip()] += 1
        if self._terms[text.strip()] == 2:  # noqa: PLR2004 - reported once
            self._add("tbx-duplicate-term", frame, f"term {text.strip()!r} stands twice", "put both into one section")

    def _start_foreign(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        """Open an element of another namespace: a category in DCT style."""
        structure = self._structure
        parent = structure.stack[-1]
        is_plain = parent.name == "transacGrp" or (parent.name == "adminGrp" and parent.n_children > 0)
        frame = structure.open(name, attributes, element=self._plain if is_plain else self._rich, role="*")
        if "id" in attributes:
            self._ids.add(hash(attributes["id"]), _OTHER_ID, frame.line, frame.column)
        if self._dialect is None:
            return
        if self._style == "dca":
            message = f"<{name}> of another namespace in a file in DCA style"
            self._add("tbx-style", frame, message, "write admin, descrip, termNote ... with type")
        elif namespace not in self._dialect.namespaces:
            message = f"<{name}> of namespace {namespace!r}, which is not in {self._name}"
            self._add("tbx-category", frame, message, "use a category of the dialect")
        if "target" in attributes:
            self._check_target(attributes["target"])

    def _end_foreign(self, namespace: str, name: str, frame: Frame, text: str) -> None:
        """Check a category in DCT style."""
        module = self._dialect.namespaces.get(namespace) if self._dialect is not None else None
        if self._dialect is None or module is None or self._style != "dct":
            return
        category = self._dialect.categories.get(name)
        if category is None or category.module != module:
            self._add("tbx-category", frame, f"<{name}> is no category of the module {module}", "use one that is")
            return
        self._check_content(frame, category, text)
        self._structure.stack.append(frame)  # its place is told from the stack
        self._check_place(frame, category)
        self._structure.stack.pop()
        if name == "administrativeStatus":
            self._note_status(frame, text)

    def _check_content(self, frame: Frame, category: Category, text: str) -> None:
        """Check what the module says that a category holds."""
        if category.values and token(text) not in category.values:
            fix = f"write {_near(text, category.values)}"
            self._add("tbx-category-value", frame, f"{category.name} {text!r}", fix)
        if frame.n_children:
            self._add("tbx-category-content", frame, f"elements in <{category.name}>", "write its text only")
        target = frame.attributes.get("target")
        for key in frame.attributes:
            if key != "target" or not category.target:
                self._add("tbx-category-content", frame, f"<{category.name}> has no attribute {key}", "remove it")
        if target is None:
            if category.target in {"internal", "external"}:
                self._add("tbx-category-content", frame, f"<{category.name}> without target", "add it")
        elif category.target == "external" and not (_HTTP.fullmatch(token(target)) and is_uri(target)):
            self._add("tbx-category-content", frame, f"target={target!r}", "write an address beginning with https://")
        elif category.target.startswith("internal") and not is_name(target):
            self._add("tbx-category-content", frame, f"target={target!r}", "write the id of an element")


_dialect = dialect


def _near(text: str, values: tuple[str, ...]) -> str:
    """Return the value that is meant, or all."""
    lowered = text.strip().lower()
    near = [value for value in values if lowered and value.lower().startswith(lowered[:6])]
    return " or ".join(near or values)


def _language_fix(value: str) -> str:
    """Say how a language tag is written."""
    problem = tag_problem(value)
    return problem[2] if problem else "write a language tag"
