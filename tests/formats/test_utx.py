"""UTX 1.11: each rule of INTEROP.md section 8."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from termalign.errors import DataError
from termalign.formats.utx import UTX, Utx
from termalign.model import Concept, Designation, TermStatus

if TYPE_CHECKING:
    from termalign.formats.base import WriteReport

P, A, S, D = TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.SUPERSEDED, TermStatus.DEPRECATED
HEAD = "#UTX 1.11; ja-JP/en-US; copyright: X; license: CC-BY 4.0;\r\n#src\ttgt\tsrc:pos\tterm status\tconcept ID\r\n"


def concept(name: str, ja: list[tuple[str, TermStatus]], en: list[tuple[str, TermStatus]]) -> Concept:
    sides = (tuple(Designation(text=text, status=status) for text, status in side) for side in (ja, en))
    return Concept(id=name, terms=tuple(zip(("ja", "en"), sides, strict=True)))


def write(*concepts: Concept, form: Utx = UTX) -> tuple[bytes, WriteReport]:
    file = io.BytesIO()
    report = form.write(concepts, file)
    return file.getvalue(), report


def read(raw: str | bytes) -> tuple[list[Concept], Counter[str]]:
    losses: Counter[str] = Counter()
    data = raw if isinstance(raw, bytes) else raw.encode()
    return list(UTX.read(io.BytesIO(data), name="g.utx", losses=losses)), +losses


def statuses(one: Concept) -> dict[str, list[tuple[str, TermStatus]]]:
    return {tag: [(form.text, form.status) for form in found] for tag, found in one.terms}


def test_the_file_to_the_byte() -> None:
    form = Utx(holder="AAMT; Inc", licence="CC-by 3.0", date=datetime(2026, 11, 20, 10, tzinfo=UTC))
    raw, report = write(concept("c-1", [("港", P)], [("port", P)]), form=form)
    assert (
        raw
        == (
            "#UTX 1.11; ja-JP/en-US; 2026-11-20T10:00:00; copyright: AAMT, Inc; license: CC-by 3.0; bidirectional;\r\n"
            "#src\ttgt\tsrc:pos\tterm status\tsrc:comment\tcustomer\tconcept ID\r\n"
            "港\tport\t-\tapproved\t\t\tc-1\r\n"
        ).encode()
    )
    assert (report.n_written, report.losses) == (1, ())


def test_bidirectional_only_where_all_terms_are_approved() -> None:
    good, other = concept("c-1", [("港", P)], [("port", P)]), concept("c-2", [("海", P)], [("sea", A)])
    assert b"; bidirectional;" in write(good)[0]
    assert b"bidirectional" not in write(good, other)[0]
    assert b"bidirectional" not in write()[0]


@pytest.mark.parametrize(
    ("status", "word"), [(P, "approved"), (A, "provisional"), (S, "non-standard"), (D, "forbidden")]
)
def test_the_words_for_a_status(status: TermStatus, word: str) -> None:
    one = concept("c-1", [("港", P)], [("port", P), ("harbor", status)] if status is not P else [("port", P)])
    raw, _ = write(one)
    assert raw.decode().splitlines()[-1].split("\t")[3] == word
    assert statuses(read(raw)[0][0]) == statuses(one)


def test_two_targets_are_two_rows_of_one_concept() -> None:
    one = concept("c-1", [("港", P)], [("port", P), ("harbour", A)])
    raw, _ = write(one)
    rows = [line.split("\t") for line in raw.decode().splitlines()[2:]]
    assert [(row[0], row[1], row[6]) for row in rows] == [("港", "port", "c-1"), ("港", "harbour", "c-1")]
    (back,), _ = read(raw)
    assert (back.id, statuses(back)) == ("c-1", statuses(one))


def test_a_status_that_the_pairs_do_not_show_is_listed() -> None:
    _, report = write(concept("c-1", [("港", P)], [("harbor", D)]))
    kind = "status preferred of a designation whose translations have a worse one"
    assert dict(report.losses)[kind] == 1
    assert dict(report.examples)[kind] == ("港",)


def test_parts_of_speech() -> None:
    terms = (
        Designation(text="走る", status=P, extra=(("pos", "verb"),)),
        Designation(text="x", extra=(("pos", "particle"),)),
    )
    raw, report = write(Concept(id="c", terms=(("ja", terms), ("en", (Designation(text="run", status=P),)))))
    assert [line.split("\t")[2] for line in raw.decode().splitlines()[2:]] == ["verb", "-"]
    assert dict(report.losses) == {"part of speech that UTX does not know": 1}
    assert dict(read(raw)[0][0].designations("ja")[0].extra) == {"pos": "verb"}


def test_a_byte_order_mark_is_never_written_and_told_when_read() -> None:
    raw, _ = write(concept("c-1", [("港", P)], [("port", P)]))
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert read(b"\xef\xbb\xbf" + raw)[1] == Counter({"byte order mark, which UTX forbids": 1})


@pytest.mark.parametrize(
    "text",
    [
        "#UTX-S 1.00; en-US/ja-JP; 2007-12-03T14:28:00Z+09:00; copyright: AAMT (2007);\n#src\ttgt\tsrc:pos\nport\t港\tnoun\n",
        "#UTX 1.2; en/ja; license: x\n##description: ports;\n#term:en\tterm:ja\nport\t港\n",
        "#UTX 1.11; en-US/ja-JP;\r\n#description: x\r\n#src\ttgt\tsrc:pos\r\nport\t港\tnoun\r\n",
    ],
)
def test_versions_in_the_wild(text: str) -> None:
    (one,), _ = read(text)
    assert statuses(one) == {"ja": [("港", P)], "en": [("port", P)]}


def test_rows_without_concept_ids_are_one_entry_per_source() -> None:
    found, losses = read(
        HEAD + "港\tport\tnoun\tapproved\t\r\n港\tharbour\t\tprovisional\t\r\n海\t\t\t\t\r\n湖\tlake\t-\todd\t\r\n"
    )
    assert [statuses(one) for one in found] == [
        {"ja": [("港", P)], "en": [("port", P), ("harbour", A)]},
        {"ja": [("湖", A)], "en": [("lake", A)]},
    ]
    assert losses == Counter(
        {
            "row without source and target": 1,
            "unknown status 'odd', taken for provisional": 1,
            "the header says 'copyright: X', which entries do not hold": 1,
            "the header says 'license: CC-BY 4.0', which entries do not hold": 1,
        }
    )


def test_columns_of_others_are_kept() -> None:
    text = (
        "#UTX 1.11; ja/en;\r\n#src\ttgt\tsrc:pos\tcustomer\tsrc:plural\tconcept ID\r\n"
        "港\tport\tnoun\tACME\tports\t1\r\n湾\tbay\t-\t\t\t2\tmore\r\n"
    )
    (port, bay), losses = read(text)
    assert dict(port.extra) == {"customerSubset": "ACME", "src:plural": "ports"}
    assert dict(bay.extra) == {}
    assert losses == Counter({"cell under no column": 1})
    raw, report = write(port)
    assert dict(read(raw)[0][0].extra) == {"customerSubset": "ACME"}
    assert dict(report.losses) == {"src:plural": 1}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "g.utx:1: the file is empty"),
        ("港\tport\n", "g.utx:1: not UTX: line 1 names no version and languages; begin the file with #UTX 1.11"),
        ("#UTX 3.0; ja/en;\n", "g.utx:1: UTX version '3.0'; save it as UTX 1.11"),
        ("#UTX 1.11; ja/en;\n港\tport\n", "g.utx:2: rows before the line that names the columns"),
        ("#UTX 1.11; jp/en;\n#src\ttgt\n港\tport\n", "g.utx:3: language tag 'jp'; write 'ja'"),
        (b"#UTX 1.11; ja/en;\n\xff\xff\n", "g.utx:2: in no encoding that termalign knows: byte 0xff"),
    ],
)
def test_faults_say_where(text: str | bytes, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(text)
    assert str(caught.value).startswith(says)
