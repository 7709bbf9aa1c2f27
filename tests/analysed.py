"""Sentences analysed as the pipeline analyses them, for tests of evidence and terms."""

from __future__ import annotations

from termalign.languages import LANGUAGES
from termalign.model import AnalysedDocument, BlockKind, Document, DocumentId, MappedText, Segment, Sentence, Span

__all__ = ["document", "sentence"]


def sentence(text: str, language: str, *, name: str = "d-test", offset: int = 0, block: int = 0) -> Sentence:
    """Analyse one sentence that stands at ``offset`` of a document."""
    content = MappedText.of(" " * offset + text, offset, offset + len(text))
    segment = Segment(
        language=language, text=text, document=name, spans=(Span(offset, offset + len(text)),), block=block
    )
    tokens = tuple(LANGUAGES.get(language).tokens(text))
    return Sentence(segment=segment, content=content, tokens=tokens, kind=BlockKind.PARAGRAPH)


def document(texts: list[str], language: str, *, name: str = "d-test") -> AnalysedDocument:
    """Analyse a document of some sentences, one a line."""
    raw = "\n".join(texts)
    sentences = []
    offset = 0
    for block, text in enumerate(texts):
        sentences.append(sentence(text, language, name=name, offset=offset, block=block))
        offset += len(text) + 1
    head = Document(id=DocumentId(name), path=f"{name}.txt", sha256="", encoding="utf-8", reader="test", text=raw)
    return AnalysedDocument(document=head, passages=(), sentences=tuple(sentences))
