from __future__ import annotations

import csv
import io

import pytest

from termalign.errors import DataError, DataErrors
from termalign.formats.base import WriteReport
from termalign.formats.csv_table import CSV_TABLE, CsvTable
from termalign.model import Concept, ConceptStatus, Designation, Evidence, TermStatus

CONCEPT = Concept(
    id="c-1",
    kind="programme",
    subject="quantum",
    score=0.93,
    terms=(
        (
            "ja",
            (Designation(text="量子", status=TermStatus.PREFERRED), Designation(text="=1+1"), Designation(text="Q")),
        ),
        (
            "en",
            (Designation(text='a, "b"\nc', status=TermStatus.DEPRECATED, type="acronym", extra=(("reading", "x"),)),),
        ),
    ),
    evidence=(Evidence(source="gloss", score=1, terms=(("ja", "a"), ("en", "b"))),),
)


def write(*concepts: Concept) -> tuple[bytes, WriteReport]:
    file = io.BytesIO()
    report = CSV_TABLE.write(concepts, file)
    return file.getvalue(), report


def read(raw: bytes, form: CsvTable = CSV_TABLE) -> list[Concept]:
    return list(form.read(io.BytesIO(raw), name="g.csv"))


def texts(concept: Concept) -> dict[str, list[tuple[str, str]]]:
    return {tag: [(one.text, one.status.value) for one in found] for tag, found in concept.terms}


def test_opens_in_a_spreadsheet() -> None:
    raw, report = write(CONCEPT)
    assert raw.startswith(
        b"\xef\xbb\xbfid,status,score,kind,subject,ja preferred,ja admitted,ja deprecated,ja superseded,"
    )
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 2
    header, row = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert len(header) == len(row) == 5 + 4 * 4
    cells = {name: cell for name, cell in zip(header, row, strict=True) if cell}
    assert cells == {
        "id": "c-1",
        "status": "proposed",
        "score": "0.93",
        "kind": "programme",
        "subject": "quantum",
        "ja preferred": "量子",
        "ja admitted": "'=1+1 | Q",
        "en deprecated": 'a, "b" c',
    }
    assert report == WriteReport(n_written=1, losses=(("evidence", 1), ("reading", 1), ("type", 1)))


@pytest.mark.parametrize("text", ["=1+1", "+81", "-x", "@a", "＝1", "＠a", "'=1", "\t=1"])
@pytest.mark.parametrize("key", ["id", "subject", "text"])
def test_no_cell_is_a_formula(text: str, key: str) -> None:
    terms = (("en", (Designation(text=text if key == "text" else "a"),)),)
    concept = Concept(id=text if key == "id" else "c", terms=terms, subject=text if key == "subject" else "")
    raw, _ = write(concept)
    for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t")) for cell in row)
    (back,) = read(raw)
    assert (back.id, back.subject, texts(back)["en"]) == (
        concept.id.strip(),
        concept.subject.strip(),
        [(text.strip() if key == "text" else "a", "admitted")],
    )


def test_reads_a_table_of_somebody_else() -> None:
    raw = '\ufeff"ID";ja-JP;"zh";EN;Client\r\n\r\n1;量子 | クォンタム;軟體;"a; b";ACME\r\n2;x;;y\r\n'.encode()
    first, second = read(raw)
    assert texts(first) == {
        "ja": [("量子", "preferred"), ("クォンタム", "admitted")],
        "zh-Hant": [("軟體", "preferred")],
        "en": [("a; b", "preferred")],
    }
    assert first.status is ConceptStatus.VERIFIED
    assert first.verified_by == {"policy": "given", "version": 1, "because": []}
    assert first.extra == (("Client", "ACME"),)
    assert (second.id, second.extra) == ("2", ())


def test_reads_the_code_page_of_a_spreadsheet() -> None:
    raw = ("ja,en\r\n" + "半導体の研究開発,research and development of semiconductors\r\n").encode("cp932")
    assert texts(read(raw)[0])["ja"] == [("半導体の研究開発", "preferred")]


def test_an_entry_without_id_gets_one_from_its_designations() -> None:
    raw = "ja,en\n一,one\n二,two\n".encode()
    ids = [concept.id for concept in read(raw)]
    assert ids == [concept.id for concept in read("en,ja\none,一\ntwo,二\n".encode())]
    assert all(one.startswith("c-") and len(one) == 14 for one in ids)
    assert len(set(ids)) == 2


def test_the_status_of_a_file_that_does_not_say_is_a_setting() -> None:
    (concept,) = read(b"ja,en\na,b\n", CsvTable(status=ConceptStatus.PROPOSED))
    assert (concept.status, concept.verified_by) == (ConceptStatus.PROPOSED, None)
    assert not any(one.verified for _, found in concept.terms for one in found)


def test_one_designation_is_preferred() -> None:
    (concept,) = read("ja preferred,ja,zh-CN deprecated\n一 | 二,三,旧\n".encode())
    assert texts(concept) == {
        "ja": [("一", "preferred"), ("二", "admitted"), ("三", "admitted")],
        "zh-Hans": [("旧", "deprecated")],
    }


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("jp,en\na,b\n", "g.csv:1: column 'jp': language tag 'jp'; write 'ja'"),
        ("source,target\na,b\n", "g.csv:1: no column of the heading is a language; name a column ja"),
        ("ja,en\na,b,c\n", "g.csv:2: 3 cells under 2 columns"),
        ('ja,en\n"a,b\n', "g.csv:2: broken CSV: "),
        ('ja,en\n"a\nb",c\n"x"y,z\n', "g.csv:4: broken CSV: "),
        ("id,ja\nc-1,\n", "g.csv:2: a row without designations"),
        ("id,ja\nc-1,a\nc-1,b\n", "g.csv:3: id 'c-1' stands in line 2 already"),
        ("ja,score\na,high\n", "g.csv:2: score 'high'; write a number between 0 and 1"),
        ("ja,score\na,nan\n", "g.csv:2: score 'nan'"),
        ("ja,status\na,good\n", "g.csv:2: status 'good'; write proposed, verified, rejected"),
    ],
)
def test_faults_say_where(raw: str, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(raw.encode())
    assert says in str(caught.value)


def test_faults_are_gathered() -> None:
    with pytest.raises(DataErrors, match="2 faults"):
        read(b"ja,score\na,2\nb,1\nc,x\n")
