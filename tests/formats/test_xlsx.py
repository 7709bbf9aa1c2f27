"""Spreadsheets: texts stay texts; and archives that are not what they seem."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from termalign.errors import DataError, MissingExtraError
from termalign.formats import GLOSSARY_FORMATS, archives
from termalign.formats.archives import check_archive
from termalign.formats.xlsx import XLSX, Xlsx
from termalign.model import Concept, ConceptStatus, Designation, TermStatus
from termalign.registry import Entry, Registry

if TYPE_CHECKING:
    from pathlib import Path

HAZARDS = [
    "=1+1",
    "+81",
    "-x",
    "@SUM(1)",
    "007",
    "NA",
    "TRUE",
    "1E5",
    "2026-01-02",
    "http://x.invalid",
    "'a",
    "_x0041_",
    "𠮷",
]


def concept(name: str, ja: str, en: str = "x") -> Concept:
    terms = tuple(
        (tag, (Designation(text=text, status=TermStatus.PREFERRED),)) for tag, text in (("ja", ja), ("en", en))
    )
    return Concept(id=name, terms=terms)


def write(*concepts: Concept) -> bytes:
    file = io.BytesIO()
    XLSX.write(concepts, file)
    return file.getvalue()


def read(raw: bytes, form: Xlsx = XLSX) -> tuple[list[Concept], Counter[str]]:
    losses: Counter[str] = Counter()
    return list(form.read(io.BytesIO(raw), name="g.xlsx", losses=losses)), +losses


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"s{number}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def texts(one: Concept) -> dict[str, list[str]]:
    return {tag: [form.text for form in found] for tag, found in one.terms}


@pytest.mark.parametrize("text", HAZARDS)
def test_a_text_stays_what_it_is(text: str) -> None:
    raw = write(concept(text, text))
    (one,), _ = read(raw)
    assert (one.id, texts(one)) == (text, {"ja": [text], "en": ["x"]})
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} <= {"s", "inlineStr"}


def test_the_same_concepts_give_the_same_bytes() -> None:
    assert write(concept("a", "b")) == write(concept("a", "b"))


def test_what_a_person_typed_is_what_a_person_sees() -> None:
    raw = workbook([["ID", "ja", "English", "Client"], [7, 2024, 1.5, date(2026, 1, 2)], ["8", True, "NA", None]])
    (first, second), losses = read(raw)
    assert (first.id, texts(first)) == ("7", {"ja": ["2024"], "en": ["1.5"]})
    assert dict(first.extra) == {"Client": "2026-01-02"}
    assert (second.id, texts(second)) == ("8", {"ja": ["TRUE"], "en": ["NA"]})
    assert losses == Counter({"column 'English' read as term in en": 1})


def test_leading_zeros_that_are_a_format_are_kept() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "ja"])
    sheet.append([7, "港"])
    sheet["A2"].number_format = "000"
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue())[0][0].id == "007"


def test_the_sheet_that_names_languages_is_read_and_the_others_are_told() -> None:
    raw = workbook([["Read me"], ["x"]], [["ja", "en"], ["港", "port"]], [["ja", "en"], ["海", "sea"]])
    found, losses = read(raw)
    assert [texts(one) for one in found] == [{"ja": ["港"], "en": ["port"]}]
    assert losses == Counter({"sheet 's0' passed over": 1, "sheet 's2' passed over": 1})


def test_headings_may_be_given() -> None:
    (one,), _ = read(workbook([["港", "port"]]), Xlsx(columns=("ja", "en"), status=ConceptStatus.PROPOSED))
    assert (texts(one), one.status) == ({"ja": ["港"], "en": ["port"]}, ConceptStatus.PROPOSED)


def bomb(member: str, size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, b"0" * size)
    return file.getvalue()


def changed(raw: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """A workbook in which one member is another."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.infolist():
            data = source.read(one)
            target.writestr(one.filename, data.replace(old, new) if one.filename == member else data)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def entities(raw: bytes) -> bytes:
    return changed(raw, SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY a "&b;&b;">]><worksheet')


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "g.xlsx: the file is empty"),
        (b"PK\x03\x04 cut", "g.xlsx: not a sound archive"),
        ("ja,en\n港,port\n".encode(), "g.xlsx: not a sound archive"),
        (bomb("xl/a.xml", 3_000_000), "g.xlsx ('xl/a.xml'): packed more than 200:1, the limit"),
        (bomb("a.xml", 10), "g.xlsx: not a sound .xlsx file; save it anew as .xlsx"),
        (write(concept("a", "b"))[:-200], "g.xlsx: not a sound archive"),
        (entities(write(concept("a", "b"))), f"g.xlsx ('{SHEET}'): a document type declaration"),
        (changed(write(concept("a", "b")), SHEET, b"</row>", b""), "g.xlsx: not a sound .xlsx file"),
        (workbook([["jp", "en"], ["a", "b"]]), "g.xlsx:1: column 'jp': language tag 'jp'; write 'ja'"),
        (workbook([["source", "target"], ["a", "b"]]), "g.xlsx:1: no column of the heading is a language"),
        (workbook([["ja", "status"], ["a", "odd"]]), "g.xlsx:2: status 'odd'; write proposed"),
    ],
)
def test_faults_say_where(raw: bytes, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(raw)
    assert str(caught.value).startswith(says)


def test_more_than_the_limit_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO(write(concept("a", "b")))
    with pytest.raises(DataError, match="unpacks to more than the limit of 1000 bytes"):
        check_archive(raw, name="g.xlsx", max_bytes=1000)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    with pytest.raises(DataError, match="more than 2 files in it"):
        check_archive(raw, name="g.xlsx")


def test_a_size_that_is_a_lie_asks_for_nothing() -> None:
    sound = write(concept("a", "b"))
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        (stated,) = re.findall(rb"<dimension [^>]*>", archive.read(SHEET))
    raw = changed(sound, SHEET, stated, b'<dimension ref="A1:XFD1048576"/>')
    assert raw != sound
    assert len(read(raw)[0]) == 1


def test_without_the_extra_the_way_to_it_is_named() -> None:
    registry: Registry[object] = Registry(
        "glossary format", {"xlsx": Entry("termalign.formats.no_such:X", extra="xlsx")}
    )
    with pytest.raises(MissingExtraError, match=r"pip install 'termalign-cjke\[xlsx\]'"):
        registry.get("xlsx")
    assert GLOSSARY_FORMATS.entries()["xlsx"].extra == "xlsx"


def test_a_long_text_is_cut_and_told(tmp_path: Path) -> None:
    file = io.BytesIO()
    report = XLSX.write([concept("a", "港" * 40_000)], file)
    assert dict(report.losses) == {"text longer than a cell of Excel, cut": 1}
    (tmp_path / "a.xlsx").write_bytes(file.getvalue())
    assert len(texts(read(file.getvalue())[0][0])["ja"][0]) == 32_767


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_cell_merged_over_rows_holds_in_each() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["ja", "en"], ["港", "port"], [None, "harbour"], [None, None], [None, "haven"], ["湾", "bay"]):
        sheet.append(row)
    sheet.merge_cells("A2:A5")
    found, losses = read(saved(book))
    assert [texts(one) for one in found] == [
        {"ja": ["港"], "en": ["port"]},
        {"ja": ["港"], "en": ["harbour"]},
        {"ja": ["港"], "en": ["haven"]},
        {"ja": ["湾"], "en": ["bay"]},
    ]
    assert +losses == Counter({"row under a merged cell, whose value it has too": 2})


def test_formulas_errors_and_comments_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["ja", "en"], ["港", '="po"&"rt"'], ["湾", "bay"], ["湖", "lake"]):
        sheet.append(row)
    sheet["B3"].value, sheet["B3"].data_type = "#N/A", "e"
    sheet["A4"].comment = Comment("a remark", "me")
    found, losses = read(saved(book))
    assert [texts(one) for one in found] == [{"ja": ["港"]}, {"ja": ["湾"]}, {"ja": ["湖"], "en": ["lake"]}]
    assert +losses == Counter(
        {
            "formula without a stored value: open the file in Excel and save it": 1,
            "cell with the error #N/A, left out": 1,
            "comments of cells, left out": 1,
        }
    )


def test_a_visible_sheet_goes_before_a_hidden_one() -> None:
    book = openpyxl.Workbook()
    for row in (["ja", "en"], ["港", "port"]):
        book.worksheets[0].append(row)
    book.worksheets[0].sheet_state = "hidden"
    shown = book.create_sheet("shown")
    found, losses = read(saved_with(book, shown, []))
    assert ([texts(one) for one in found], losses["hidden sheet 'Sheet' read"]) == ([{"ja": ["港"], "en": ["port"]}], 1)
    (one,), losses = read(saved_with(book, shown, [["ja", "en"], ["湾", "bay"]]))
    assert texts(one) == {"ja": ["湾"], "en": ["bay"]}
    assert +losses == Counter({"sheet 'Sheet' passed over": 1})


def saved_with(book: openpyxl.Workbook, sheet: Any, rows: list[list[str]]) -> bytes:
    for row in rows:
        sheet.append(row)
    return saved(book)


def test_percentages_and_old_files() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["ja", "en"], [0.5, "half"]):
        sheet.append(row)
    sheet["A2"].number_format = "0%"
    (one,), _ = read(saved(book))
    assert texts(one) == {"ja": ["50%"], "en": ["half"]}
    with pytest.raises(DataError, match=r"Office file of before 2007, or an encrypted one; save it as \.xlsx"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def archive_of(sheet: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    file.seek(0)
    return file


def test_rows_without_end_and_millions_of_strings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = b'<c r="A1"><v>1</v></c>'
    rows = b"<row>" + cell * 16_384 + b"</row>"
    check_archive(archive_of(b"<sheetData>" + rows * 3 + b"</sheetData>"), name="g.xlsx")
    with pytest.raises(DataError, match="a row of more than 16384 cells, the limit of Excel"):
        check_archive(archive_of(b"<sheetData>" + rows.replace(b"</row>", cell * 500) + rows), name="g.xlsx")
    monkeypatch.setattr(archives, "MAX_ELEMENTS", 30_000)
    with pytest.raises(DataError, match="more than the limit of 30000 elements; split it"):
        check_archive(archive_of(b"<sheetData>" + rows + b"</sheetData>"), name="g.xlsx")
