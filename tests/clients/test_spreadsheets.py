"""LibreOffice and openpyxl open the spreadsheets that we write, and see texts where there are texts."""

from __future__ import annotations

import csv
import io
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest
from clientdata import TERMS
from piles import call

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.clients


def seen_by_office(office: str, path: Path, folder: Path) -> list[list[str]]:
    """The cells of a file as LibreOffice shows them."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    target = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    filters = ["--infilter=CSV:44,34,76,1"] if path.suffix == ".csv" else []  # the choices of its dialog: comma, UTF-8
    command = [office, profile, "--headless", *filters, "--convert-to", target, "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    made = folder / f"{path.stem}.csv"
    assert made.is_file(), (done.stdout + done.stderr).decode(errors="replace")[-2000:]
    return list(csv.reader(io.StringIO(made.read_text(encoding="utf-8-sig"))))


def seen_by_openpyxl(path: Path) -> list[list[object]]:
    """The cells of a file as openpyxl reads them."""
    book = openpyxl.load_workbook(path)
    (sheet,) = book.worksheets
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_plain_spreadsheet(office: str, glossary: Path, tmp_path: Path) -> None:
    path = tmp_path / "terms.xlsx"
    assert call("export", glossary, "-o", path).code == 0
    heading, *rows = seen_by_office(office, path, tmp_path / "seen")
    ja, zh, en = (heading.index(f"{tag} preferred") for tag in ("ja", "zh-Hans", "en"))
    assert [(row[0], row[ja], row[zh], row[en]) for row in rows] == [
        (name, left[0], middle[0], right[0]) for name, left, middle, right in TERMS
    ]
    assert [[str(cell or "") for cell in row] for row in seen_by_openpyxl(path)] == [heading, *rows]


@pytest.mark.parametrize("tool", ["trados", "phrase"])
def test_the_spreadsheet_of_a_tool(office: str, glossary: Path, tmp_path: Path, tool: str) -> None:
    path = tmp_path / "terms.xlsx"
    assert call("export", glossary, "-o", path, "--for", tool).code == 0
    seen = seen_by_office(office, path, tmp_path / "seen")
    texts = {cell for row in seen for cell in row}
    assert {"=1+1", "+式", "@home", "007", "NA"} <= texts
    assert seen_by_openpyxl(path)[0] == seen[0]
    if tool == "phrase":
        flags = {cell for row in seen_by_openpyxl(path)[1:] for cell in row if isinstance(cell, bool)}
        assert flags == {True, False}  # Excel's own values, not words


def test_csv_for_a_spreadsheet_runs_nothing(office: str, glossary: Path, tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    assert call("export", glossary, "-o", path).code == 0
    seen = seen_by_office(office, path, tmp_path / "seen")
    cells = {cell for row in seen for cell in row}
    assert {"'=1+1", "'+式", "'@home", "量子もつれ"} <= cells
    assert "2" not in cells
