"""The per-document stages, kept in the workspace by content, so that an updated pile is not cut into words anew.

A kept analysis counts only where everything it was made of is the same: the text, the segmentation rules of the user, the
code and data of this package that repair and cut texts, the tokenisers. It is written as JSON, since a workspace may come
from a stranger.
"""

from __future__ import annotations

import hashlib
import json
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from termalign.model import (
    VERSION,
    AnalysedDocument,
    BlockKind,
    MappedText,
    Passage,
    Piece,
    Segment,
    Sentence,
    Span,
    Token,
)
from termalign.workspace.cache import keep, kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from termalign.model import Document

__all__ = ["AnalysisCache"]

FORMAT = 1  # of the rows below
FOLDER = ".cache"
_CODE = (
    "languages",
    "model",
    "data",
    "pipeline/analysis.py",
    "pipeline/segmentation.py",
)  # what an analysis is made by
_ENDINGS = (".py", ".toml", ".tsv")
_TOKENISERS = ("sudachipy", "sudachidict_core", "jieba")


class AnalysisCache:
    """Analyses of documents, kept in a workspace.

    Args:
        folder: The workspace; this process holds it.
        srx: SHA-256 of the user's segmentation rules, hexadecimal; empty where ours are used.
    """

    def __init__(self, folder: Path, *, srx: str = "") -> None:
        self._folder = folder / FOLDER
        self._srx = srx

    def get(self, document: Document) -> AnalysedDocument | None:
        """Return the analysis of a document; ``None`` where none is kept that was made of the same."""
        body = kept(self._folder / _name(document), key=self._key(document))
        if body is None:
            return None
        with suppress(KeyError, IndexError, TypeError, ValueError, RecursionError):
            return _load(document, json.loads(body))
        return None

    def put(self, analysed: Iterable[AnalysedDocument]) -> None:
        """Keep the analyses of a build and remove those of documents that are no longer in the pile; a full disk is no error."""
        names = set()
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
        for one in analysed:
            names.add(_name(one.document))
            path, key = self._folder / _name(one.document), self._key(one.document)
            if kept(path, key=key) is None:
                keep(path, json.dumps(_dump(one), ensure_ascii=False, separators=(",", ":")).encode(), key=key)
        with suppress(OSError):
            for path in sorted(self._folder.iterdir()):
                if path.name not in names:
                    path.unlink()

    def _key(self, document: Document) -> str:
        """Name all that an analysis depends on."""
        text = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        return f"analysis {FORMAT} {_makers()} {text} {self._srx or '-'}"


def _name(document: Document) -> str:
    return f"{document.id}.json"


@cache
def _makers() -> str:
    """Hash the code, data and tokenisers that make an analysis, once per process."""
    digest = hashlib.sha256(f"{VERSION} {sys.version_info[:2]}".encode())
    for name in _TOKENISERS:
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}".encode())
    root = files("termalign")
    for part in _CODE:
        for name, one in sorted(_all_files(root.joinpath(part), part)):
            digest.update(name.encode() + b"\0" + one.read_bytes())
    return digest.hexdigest()


def _all_files(one: Traversable, name: str) -> list[tuple[str, Traversable]]:
    """List the files of code and tables below a place in the package, but for the lexicon and for pages, which no analysis needs."""
    if one.is_file():
        return [(name, one)] if name.endswith(_ENDINGS) else []
    if name in {"data/core", "data/places", "data/report", "data/validation"}:
        return []
    return [row for child in one.iterdir() for row in _all_files(child, f"{name}/{child.name}")]


def _dump(analysed: AnalysedDocument) -> dict[str, Any]:
    """Write an analysis as JSON values, without the document."""
    return {
        "passages": [[one.language, *one.span.as_json()] for one in analysed.passages],
        "sentences": [
            {
                "kind": one.kind.value,
                "language": one.segment.language,
                "text": one.segment.text,
                "spans": [span.as_json() for span in one.segment.spans],
                "block": one.segment.block,
                "start": one.segment.start,
                "content": one.content.text,
                "pieces": [[piece.start, piece.raw_start, piece.raw_end] for piece in one.content.pieces],
                "tokens": [[t.text, t.start, t.end, t.pos, t.base, *t.parts] for t in one.tokens],
            }
            for one in analysed.sentences
        ],
    }


def _load(document: Document, row: dict[str, Any]) -> AnalysedDocument:
    """Read what :func:`_dump` wrote."""
    return AnalysedDocument(
        document=document,
        passages=tuple(Passage(language=tag, span=Span(start, end)) for tag, start, end in row["passages"]),
        sentences=tuple(_sentence(document, one) for one in row["sentences"]),
    )


def _sentence(document: Document, row: dict[str, Any]) -> Sentence:
    return Sentence(
        segment=Segment(
            language=row["language"],
            text=row["text"],
            document=document.id,
            spans=tuple(Span(start, end) for start, end in row["spans"]),
            block=row["block"],
            start=row["start"],
        ),
        content=MappedText(row["content"], tuple(Piece(*piece) for piece in row["pieces"])),
        tokens=tuple(
            Token(text, start, end, pos, base, tuple(parts)) for text, start, end, pos, base, *parts in row["tokens"]
        ),
        kind=BlockKind(row["kind"]),
    )
