"""Where a span stands, in words: path, line and language."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from termalign.model import TAGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.formats.report.data import ReportData
    from termalign.model import Span

__all__ = ["Places", "lang"]

_DOCUMENT_ID = re.compile(r"\bd-[a-z2-7]{12}\b")
_LINE_END = re.compile(r"\r\n|\n|\r")


def lang(tag: str) -> str | None:
    """Return a tag fit for a ``lang`` attribute, ``None`` for one that is none of ours."""
    return tag if tag in TAGS else None


class Places:
    """The documents of a build, to look places up in.

    Args:
        data: What the page shows.
    """

    def __init__(self, data: ReportData) -> None:
        self._documents = {str(document.id): document for document in data.documents}
        self._passages = data.passages
        self._lines: dict[str, list[int]] = {}

    def path(self, document: str) -> str:
        """Return the path of a document, its id where it is none of the build (a termbase, a bitext)."""
        found = self._documents.get(document)
        return found.path if found else document

    def named(self, text: str) -> str:
        """Put paths for the ids of documents in a text, as flags name them."""
        return _DOCUMENT_ID.sub(lambda found: self.path(found[0]), text)

    def label(self, document: str, spans: Sequence[Span]) -> str:
        """Return path and 1-based line of the text as read; the path alone where no line is known."""
        if not spans or document not in self._documents:
            return self.path(document)
        if document not in self._lines:
            text = self._documents[document].text
            self._lines[document] = [found.end() for found in _LINE_END.finditer(text)]
        return f"{self.path(document)}:{bisect_right(self._lines[document], spans[0].start) + 1}"

    def language(self, document: str, spans: Sequence[Span]) -> str | None:
        """Return the language of the passage that a span begins in, ``None`` where that is not known."""
        if not spans:
            return None
        start = spans[0].start
        for passage in self._passages.get(document, ()):
            if passage.span.start <= start < passage.span.end:
                return lang(passage.language)
        return None
