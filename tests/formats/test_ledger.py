from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from termalign.errors import ConfigError
from termalign.formats.ledger import DocumentRow, write_abstained, write_documents, write_evidence
from termalign.model import Abstained, Document, DocumentId, Evidence, Passage, Place, Span

DOCUMENT = Document(
    id=DocumentId("d-1"),
    path="ja/戦略.txt",
    sha256="0" * 64,
    encoding="utf-8",
    reader="text/1",
    text="量子𠮷",
    copies=("b.txt",),
)


def test_documents_say_what_was_read_and_how() -> None:
    file = io.BytesIO()
    row = DocumentRow(document=DOCUMENT, passages=(Passage(language="ja", span=Span(0, 3)),))
    assert write_documents([row, DocumentRow(document=replace(DOCUMENT, copies=()), group="g-1")], file) == 2
    first, second = file.getvalue().decode().splitlines()
    assert first == (
        '{"id": "d-1", "path": "ja/戦略.txt", "sha256": "' + "0" * 64 + '", "encoding": "utf-8", "reader": "text/1", '
        '"length": 3, "passages": [{"language": "ja", "span": [0, 3]}], "group": null, "copies": ["b.txt"]}'
    )
    assert json.loads(second)["group"] == "g-1"


@pytest.mark.parametrize("path", ["/home/li/a.txt", "C:\\a.txt", "\\\\server\\share\\a.txt"])
def test_no_absolute_path_is_written(path: str) -> None:
    for document in (replace(DOCUMENT, path=path), replace(DOCUMENT, copies=(path,))):
        with pytest.raises(ConfigError, match="absolute path"):
            write_documents([DocumentRow(document=document)], io.BytesIO())


def test_evidence_has_all_its_places() -> None:
    places = tuple(Place(document=f"d-{n}", spans=(Span(n, n + 1),), quote="q") for n in range(9))
    evidence = Evidence(source="gloss", score=0.5, terms=(("ja", "量子"), ("en", "quantum")), where=places, n=9)
    file = io.BytesIO()
    assert write_evidence([evidence], file) == 1
    row = json.loads(file.getvalue())
    assert list(row) == ["id", "source", "score", "n", "terms", "where"]
    assert len(row["where"]) == 9
    file = io.BytesIO()
    write_evidence([evidence], file, n_quote=0)
    assert b"quote" not in file.getvalue()


def test_abstained_has_the_reason() -> None:
    file = io.BytesIO()
    assert write_abstained([Abstained(term="量子", language="ja", count=1, reason="hapax")], file) == 1
    assert file.getvalue().decode() == '{"term": "量子", "language": "ja", "count": 1, "reason": "hapax"}\n'
