"""What the checkers share: the stack of open elements against the grammar of a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.formats.validation.grammar import Element, Frame, Step, grammar
from termalign.formats.validation.values import token

if TYPE_CHECKING:
    from termalign.formats.validation.findings import Findings

__all__ = ["Structure"]

_BLANKS = " \t\r\n"


class Structure:
    """Open elements of a file, checked against a grammar.

    Args:
        format_name: ``tmx`` or ``tbx``; also the prefix of the rules.
        findings: Takes what is found.
    """

    def __init__(self, format_name: str, findings: Findings) -> None:
        self.format_name, self.findings = format_name, findings
        self.grammar = grammar(format_name)
        self.texts: list[str] = []
        self.stack: list[Frame] = []
        self._n_text = 0  # open elements that have text

    def open(
        self, name: str, attributes: dict[str, str], *, element: Element | None, role: str = "", is_sound: bool = False
    ) -> Frame:
        """Open an element and check that it may stand there, with these attributes.

        Args:
            name: Its name, in messages.
            attributes: As they stand there.
            element: What it may have; ``None`` where that is not looked at.
            role: Its name in content models, where that is another: ``*`` for another namespace.

            is_sound: Whether these attributes have been found right in this element before.

        Returns:
            The open element.
        """
        if self.stack:
            parent = self.stack[-1]
            self._check_text(parent)
            self._check_place(parent, name, role or name)
        line, column = self.findings.here()
        frame = Frame(name, element, attributes, line, column or 1, len(self.texts))
        self.stack.append(frame)
        self._n_text += element is not None and element.text
        if element is not None and not role and not is_sound:
            self._check_attributes(frame, element)
        return frame

    def close(self) -> tuple[Frame, str]:
        """Close the innermost element; return it with its text, that of its descendants included."""
        frame = self.stack[-1]
        self._check_text(frame)
        missing = frame.missing() if frame.element is not None and frame.element.steps else None
        if missing is not None:
            self.missing(frame, missing)
        texts = self.texts[frame.text_from :]
        text = texts[0] if len(texts) == 1 else "".join(texts)
        self.stack.pop()
        self._n_text -= frame.element is not None and frame.element.text
        if not self._is_inside_text():
            del self.texts[frame.text_from :]
        return frame, text

    def parent(self, level: int = 1) -> str:
        """Return the name of the element that many levels above the innermost; empty where there is none."""
        return self.stack[-1 - level].name if len(self.stack) > level else ""

    def rule(self, name: str) -> str:
        """Return the name of a rule of this format."""
        return f"{self.format_name}-{name}"

    def missing(self, frame: Frame, step: Step) -> None:
        """Report an element that is not there."""
        message = f"<{frame.name}> lacks {step or 'a data category'}"
        self.findings.add(self.rule("missing-element"), message, "add it", at=(frame.line, frame.column))

    def _is_inside_text(self) -> bool:
        """Tell whether an open element has text, of which all that is read now is part."""
        return self._n_text > 0

    def _check_place(self, parent: Frame, name: str, role: str) -> None:
        """Check that an element may stand in its parent."""
        found = parent.take(role)
        if isinstance(found, Step):
            message = f"<{name}> may not stand before {found or 'a data category'} in <{parent.name}>"
            self.findings.add(self.rule("element"), message, "put it behind")
        elif not found:
            where = f"<{parent.name}>" + ("" if self.is_known(role) else ", and no element has this name")
            fix = "remove it" if not self.is_known(role) else f"put it where {self.format_name.upper()} has it"
            self.findings.add(self.rule("element"), f"<{name}> may not stand here in {where}", fix)

    def is_known(self, name: str) -> bool:
        """Tell whether the grammar has an element."""
        return name == "*" or name in self.grammar

    def _check_text(self, frame: Frame) -> None:
        """Check that no text stands where only elements may."""
        if frame.element is None or frame.element.text or frame.has_bad_text or len(self.texts) == frame.text_from:
            return
        texts = self.texts[frame.text_from :]
        text = texts[0] if len(texts) == 1 else "".join(texts)
        if text and text.strip(_BLANKS):
            frame.has_bad_text = True
            shown = " ".join(text.split())[:40]
            message = f"text {shown!r} in <{frame.name}>, which holds elements only"
            self.findings.add(self.rule("text"), message, "remove it", at=(frame.line, frame.column))
        if not self._is_inside_text():
            del self.texts[frame.text_from :]

    def _check_attributes(self, frame: Frame, element: Element) -> None:
        """Check which attributes there are and, where the grammar lists them, their values."""
        for name in element.required:
            if name not in frame.attributes:
                self.lacks(frame, name)
        for name, value in frame.attributes.items():
            known = element.attributes.get(name)
            if known is None:
                self.findings.add(self.rule("attribute"), f"<{frame.name}> has no attribute {name}", "remove it")
            elif known.values and value not in known.values and token(value) not in known.values:
                fix = f"write {' or '.join(known.values)}"
                self.findings.add(self.rule("value"), f'{name}="{value}" in <{frame.name}>', fix)

    def lacks(self, frame: Frame, name: str) -> None:
        """Report an attribute that is not there."""
        self.findings.add(self.rule("required-attribute"), f"<{frame.name}> without {name}", "add it")
