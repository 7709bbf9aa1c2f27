from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from termalign.errors import DataError
from termalign.formats.base import WriteReport
from termalign.formats.terms_tsv import TERMS_TSV
from termalign.model import Concept, ConceptStatus, Designation, TermStatus

if TYPE_CHECKING:
    from pathlib import Path


def named(*texts: str, status: TermStatus = TermStatus.ADMITTED) -> tuple[Designation, ...]:
    return tuple(Designation(text=text, status=status) for text in texts)


def write(*concepts: Concept) -> tuple[str, WriteReport]:
    file = io.BytesIO()
    report = TERMS_TSV.write(concepts, file)
    return file.getvalue().decode(), report


def read(text: str) -> list[Concept]:
    return list(TERMS_TSV.read(io.BytesIO(text.encode()), name="x.terms.tsv"))


def test_the_columns() -> None:
    full = Concept(
        id="c-1",
        score=0.91239,
        status=ConceptStatus.VERIFIED,
        terms=(
            ("ja", named("量子\t論", "Q")),
            ("zh-Hans", named("软件", "量子")),
            ("zh-Hant", named("軟體", "量子")),
            ("en", named("quantum") + named("quanta", status=TermStatus.DEPRECATED)),
        ),
    )
    text, report = write(full, Concept(id="c-2", terms=(("en", named("a | b", "c")),)))
    assert text == (
        "id\tja\tzh\ten\tscore\tstatus\n"
        "c-1\t量子 論 | Q\t软件 | 量子 | 軟體\tquantum\t0.9124\tverified\n"
        "c-2\t\t\ta|b | c\t\tproposed\n"
    )
    assert report == WriteReport(
        n_written=2, losses=(("deprecated or superseded designation", 1), ("designation with ' | '", 1))
    )


def test_chinese_is_told_variant_by_variant() -> None:
    (concept,) = read("id\tzh\tja\n1\t软件 | 軟體 | 量子\tソフト\n")
    assert [(tag, [(one.text, one.status.value) for one in found]) for tag, found in concept.terms] == [
        ("ja", [("ソフト", "preferred")]),
        ("zh-Hans", [("软件", "preferred"), ("量子", "admitted")]),
        ("zh-Hant", [("軟體", "preferred")]),
    ]


def test_a_ket_is_no_mark_between_variants() -> None:
    (concept,) = read("ja\ten\n状態|0>\tstate |0>\n")
    assert [found[0].text for _, found in concept.terms] == ["状態|0>", "state |0>"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "x.terms.tsv:1: the file is empty; name a column ja"),
        ("ja\tjpn\na\tb\n", "x.terms.tsv:1: column 'jpn': language tag 'jpn'; write 'ja'"),
        ("ja\ten\na\tb\n\n\t\n\tx\ty\n", "x.terms.tsv:5: 3 cells under 2 columns"),
    ],
)
def test_faults_say_where(text: str, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(text)
    assert says in str(caught.value)


def test_reads_the_shared_terms(shared: Path) -> None:
    path = shared / "bench" / "terms-docs" / "python-docs.terms.tsv"
    with path.open("rb") as file:
        concepts = list(TERMS_TSV.read(file, name=path.name))
    assert len(concepts) == len(path.read_text(encoding="utf-8").splitlines()) - 1
    assert all(concept.designations("en") for concept in concepts)
    assert dict(concepts[0].extra).keys() == {"source", "segments", "joint"}
