"""Tables of other tools and people: what a column is called, what stands in it."""

from __future__ import annotations

import io
from collections import Counter

import pytest

from termalign.errors import DataError, Where
from termalign.formats import whole
from termalign.formats.columns import read_column, status_word, yes_or_no
from termalign.formats.csv_table import CSV_TABLE, CsvTable
from termalign.model import Concept, ConceptStatus, TermStatus


@pytest.mark.parametrize(
    ("heading", "role", "code", "status"),
    [
        ("ja", "term", "ja", None),
        ("zh_CN", "term", "zh_CN", None),
        ("EN-gb", "term", "EN-gb", None),
        ("zh-Hant superseded", "term", "zh-Hant", "superseded"),
        ("ja preferred", "term", "ja", "preferred"),
        ("Japanese", "term", "ja", None),
        ("日本語", "term", "ja", None),
        ("用語（日本語）", "term", "ja", None),
        ("English (United States)", "term", "en", None),
        ("Chinese (Simplified)", "term", "zh-Hans", None),
        ("Chinese_Taiwan", "term", "zh-Hant", None),
        ("中文", "term", "zh", None),
        ("繁體中文", "term", "zh-Hant", None),
        ("English 2", "term", "en", None),
        ("en synonyms", "term", "en", "admitted"),
        ("Forbidden (en)", "term", "en", "deprecated"),
        ("English_Def", "definition", "en", None),
        ("定義 日本語", "definition", "ja", None),
        ("ja_case", "case", "ja", None),
        ("ja reading", "reading", "ja", None),
        ("Entry_ID", "id", "", None),
        ("Entry_Note", "note", "", None),
        ("備考", "note", "", None),
        ("Part of Speech", "pos", "", None),
        ("subject", "subject", "", None),
        ("分野", "subject", "", None),
        ("Client", "", "", None),
        ("fr", "", "", None),
        ("source", "", "", None),
        ("Reading", "", "", None),
    ],
)
def test_a_heading(heading: str, role: str, code: str, status: str | None) -> None:
    losses: Counter[str] = Counter()
    column = read_column(heading, Where(file="g.csv", line=1), losses)
    assert (column.role, column.code, column.status) == (role, code, status and TermStatus(status))
    assert column.heading == heading


def test_a_name_that_had_to_be_interpreted_is_a_repair_and_a_tag_is_none() -> None:
    losses: Counter[str] = Counter()
    read_column("English_Def", Where(), losses)
    read_column("ja", Where(), losses)
    assert losses == Counter({"column 'English_Def' read as definition in en": 1})


@pytest.mark.parametrize("heading", ["jp", "cn", "tw", "jpn", "eng"])
def test_a_wrong_code_is_refused(heading: str) -> None:
    with pytest.raises(DataError, match=f"column '{heading}': language tag '{heading}'; write "):
        read_column(heading, Where(), Counter())


@pytest.mark.parametrize(
    ("word", "status"),
    [("Approved", "preferred"), ("承認", "preferred"), ("preferredTerm-admn-sts", "preferred"), ("Not recommended", "deprecated"),
     ("禁用", "deprecated"), ("obsolete", "superseded"), ("provisional", "admitted"), ("odd", None)],
)  # fmt: skip
def test_words_for_a_status(word: str, status: str | None) -> None:
    assert status_word(word) == (status and TermStatus(status))


def test_flags() -> None:
    assert [yes_or_no(cell) for cell in ("TRUE", "false", "WAHR", "港", "")] == [True, False, True, None, None]


def read(text: str, form: CsvTable = CSV_TABLE) -> tuple[list[Concept], Counter[str]]:
    losses: Counter[str] = Counter()
    return list(form.read(io.BytesIO(text.encode()), name="g.csv", losses=losses)), +losses


def texts(one: Concept) -> dict[str, list[tuple[str, str]]]:
    return {tag: [(form.text, form.status.value) for form in found] for tag, found in one.terms}


def test_synonyms_in_a_cell() -> None:
    (one,), losses = read("ja,en\n港|港湾,port | harbour\n")
    assert texts(one) == {
        "ja": [("港", "preferred"), ("港湾", "admitted")],
        "en": [("port", "preferred"), ("harbour", "admitted")],
    }
    assert losses == Counter({"cell split into synonyms at |": 1})
    (one,), _ = read("ja,en\n港; 港湾,port\n", CsvTable(synonyms=";"))
    assert [text for text, _ in texts(one)["ja"]] == ["港", "港湾"]


@pytest.mark.parametrize("text", ["状態|0>", "|ψ⟩", "|0⟩状態", "a|", "a;b", "a/b"])
def test_what_is_no_mark_between_synonyms(text: str) -> None:
    assert texts(read(f"ja,en\n{text},x\n")[0][0])["ja"] == [(text, "preferred")]


def test_definitions_notes_readings_and_statuses() -> None:
    (one,), _ = read(
        "No.,Japanese,ja reading,ja status,English,Definition,日本語 定義,Note,品詞\n"
        "3,港,みなと,禁止,port,where ships lie,船の着く所,n,noun\n"
    )
    assert one.id == "3"
    assert texts(one) == {"ja": [("港", "deprecated")], "en": [("port", "preferred")]}
    assert dict(one.designations("ja")[0].extra) == {"reading": "みなと", "pos": "noun"}
    assert dict(one.extra) == {
        "definitions": {"en": {"text": "where ships lie"}, "ja": {"text": "船の着く所"}},
        "notes": ["n"],
    }


def test_a_status_of_the_row_is_ours_or_a_tools() -> None:
    (one, two), losses = read("ja,en,Status\n港,port,proposed\n海,sea,Forbidden\n")
    assert (one.status, two.status) == (ConceptStatus.PROPOSED, ConceptStatus.VERIFIED)
    assert texts(two) == {"ja": [("海", "deprecated")], "en": [("sea", "deprecated")]}
    assert losses["status 'Forbidden' read as deprecated"] == 1


def test_rows_that_share_a_concept_id_are_one_entry() -> None:
    (one,), losses = read("CID,ja,ja_preferred,ja_forbidden,en\nc,港,TRUE,FALSE,port\nc,湊,FALSE,TRUE,\n")
    assert texts(one) == {"ja": [("港", "preferred"), ("湊", "deprecated")], "en": [("port", "preferred")]}
    assert losses["row of an id that stands already, put together with it"] == 1


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_mark_between_cells_is_found(mark: str) -> None:
    assert texts(read(f"ja{mark}en\n港{mark}port\n")[0][0])["en"] == [("port", "preferred")]
    assert texts(read(f"sep={mark}\r\nja{mark}en\r\n港{mark}port\r\n")[0][0])["en"] == [("port", "preferred")]


@pytest.mark.parametrize(
    ("encoding", "tag", "term"),
    [
        ("utf-8-sig", "ja", "半導体の研究開発を推進する"),
        ("cp932", "ja", "半導体の研究開発を推進する"),
        ("euc-jp", "ja", "半導体の研究開発を推進する"),
        ("utf-16", "ja", "半導体の研究開発を推進する"),
        ("gb18030", "zh-Hans", "推进半导体研究与开发的国家战略"),
        ("big5", "zh-Hant", "推動半導體研究與開發的國家策略"),
    ],
)
def test_code_pages(encoding: str, tag: str, term: str) -> None:
    text = f"{tag},en\n{term},research and development\n"
    losses: Counter[str] = Counter()
    (one,) = CSV_TABLE.read(io.BytesIO(text.encode(encoding)), name="g.csv", losses=losses)
    assert texts(one)[tag] == [(term, "preferred")]


def test_values_that_programs_take_for_something_else() -> None:
    (one,), _ = read("id,ja,en\n007,NA,null\n")
    assert (one.id, texts(one)) == ("007", {"ja": [("NA", "preferred")], "en": [("null", "preferred")]})


def test_headings_may_be_given_where_there_are_none() -> None:
    (one,), _ = read("港,port,where ships lie\n", CsvTable(columns=("ja", "en", "en definition")))
    assert texts(one) == {"ja": [("港", "preferred")], "en": [("port", "preferred")]}
    assert dict(one.extra) == {"definitions": {"en": {"text": "where ships lie"}}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ja,en\n\0,x\n", "g.csv:2: NUL"),
        ("ja,en,ja status\n港,port,odd\n", None),
        ("ja,ja status\n港,odd\n", "g.csv:2: status 'odd' of ja; write preferred"),
        (
            "ja,en\n" + '"' + "a" * 200_000 + '",x\n',
            "g.csv:2: a cell longer than the limit of 131072 characters; close the quotation mark",
        ),
    ],
)
def test_faults_say_where(text: str, says: str | None) -> None:
    if says is None:
        assert texts(read(text)[0][0])["ja"] == [("港", "preferred")]  # a status behind another language is nobody's
        return
    with pytest.raises(DataError) as caught:
        read(text)
    assert str(caught.value).startswith(says)


def test_a_table_beyond_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "MAX_BYTES", 10)
    with pytest.raises(DataError, match=r"g\.csv: larger than the limit of 10 bytes; split it"):
        read("ja,en\n港,port\n")


def test_columns_that_stand_twice_lose_nothing() -> None:
    table = "Entry_ID,Entry_Subject,Entry_Domain,ja,X,X,en,OK,K\n7,sea,trade,港,a,b,port,c,d\n8,sea,sea,湾,,b,bay,,\n"
    (port, bay), _ = read(table)
    assert (port.subject, dict(port.extra)) == ("sea", {"Entry_Domain": "trade", "X": ["a", "b"], "OK": "c", "K": "d"})
    assert (bay.subject, dict(bay.extra)) == ("sea", {"X": "b"})


def test_a_word_of_memoq_forbids_the_term_before_it() -> None:
    table = (
        "Entry_ID;Japanese;Term_Info;English;Term_Info;English;Term_Info\n"
        "1;港;CasePermissive;port;CaseSense;harbor;CasePermissive;HalfPrefix\n"
    ).replace("CasePermissive;HalfPrefix", "CasePermissive,HalfPrefix,Forbidden")
    (one,), losses = read(table)
    assert texts(one) == {"ja": [("港", "preferred")], "en": [("port", "preferred"), ("harbor", "deprecated")]}
    assert losses["Term_Info with 'forbidden' read as deprecated"] == 1


def test_blank_rows_before_the_heading_are_passed_over() -> None:
    (one,), _ = read("\n,,\nja,en\n港,port\n")
    assert texts(one) == {"ja": [("港", "preferred")], "en": [("port", "preferred")]}
    with pytest.raises(DataError, match=r"g.csv:4: 3 cells under 2 columns"):
        read("\n\nja,en\n港,port,x\n")


def test_a_title_before_the_heading_is_passed_over() -> None:
    (one,), losses = read("Glossary of the port,,\n\nja,en,\n港,port,\n")
    assert texts(one) == {"ja": [("港", "preferred")], "en": [("port", "preferred")]}
    assert losses["row before the heading"] == 1
    assert read("Glossary\n\nja;en\n港;port, harbour\n")[0][0].designations("en")[0].text == "port, harbour"
    (one,), losses = read("ja\n港\n")  # one column is a table too
    assert (texts(one), +losses) == ({"ja": [("港", "preferred")]}, Counter())
    for text in ("<html>\n<body>\n", "\nonly text\n"):
        with pytest.raises(DataError, match=rf"g.csv:{1 + text.index(text.strip()[0])}: no column of the heading"):
            read(text)


@pytest.mark.parametrize("table", ["ja|en\n港|port\n", "sep=|\nja|en\n港|port\n"])
def test_a_bar_between_cells(table: str) -> None:
    (one,), _ = read(table)
    assert texts(one) == {"ja": [("港", "preferred")], "en": [("port", "preferred")]}


def test_an_archive_is_no_table() -> None:
    with pytest.raises(DataError, match=r"a ZIP archive, as \.xlsx files are, and no text; name it .xlsx"):
        list(CSV_TABLE.read(io.BytesIO(b"PK\x03\x04..."), name="g.csv"))
