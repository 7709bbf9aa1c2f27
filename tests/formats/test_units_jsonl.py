from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pytest

from termalign.errors import DataError, DataErrors
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.model import Method, Origin, Segment, Span, TranslationUnit

PAIR = {"ja": {"text": "量子"}, "en": {"text": "quantum"}}


def write(*units: TranslationUnit) -> list[dict[str, Any]]:
    file = io.BytesIO()
    assert UNITS_JSONL.write(units, file).n_written == len(units)
    return [json.loads(line) for line in file.getvalue().decode().splitlines()]


def read(*rows: object, losses: Counter[str] | None = None) -> list[TranslationUnit]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    file = io.BytesIO("\n".join(lines).encode("utf-8", "surrogatepass"))
    return list(UNITS_JSONL.read(file, name="a.jsonl", losses=losses))


def test_the_shape_of_an_aligned_unit() -> None:
    unit = TranslationUnit(
        segments=(
            Segment(language="zh-Hans", text="量子\u2028纠缠", document="d-1", spans=(Span(10, 31), Span(48, 60))),
            Segment(language="en", text="𠮷 & co", document="d-1", spans=(Span(1, 2),)),
        ),
        score=0.97123,
    )
    file = io.BytesIO()
    UNITS_JSONL.write([unit], file)
    assert file.getvalue().decode() == (
        f'{{"id": "{unit.id}", "segments": {{"zh-Hans": {{"text": "量子\u2028纠缠", "document": "d-1", '
        '"spans": [[10, 31], [48, 60]]}, "en": {"text": "𠮷 & co", "document": "d-1", "spans": [[1, 2]]}}, '
        '"bead": "1-1", "score": 0.9712, "method": "align"}\n'
    )


def test_a_given_unit_has_its_name_instead_of_spans() -> None:
    segments = (Segment(language="ja", text="量子", document="d-1"), Segment(language="en", text="quantum"))
    (row,) = write(TranslationUnit(segments=segments, method=Method.GIVEN, name="17"))
    assert row["segments"] == {
        "ja": {"text": "量子", "document": "d-1", "unit": "17"},
        "en": {"text": "quantum", "unit": "17"},
    }
    assert row["score"] is None


def test_segments_without_spans_and_unit_are_given() -> None:
    losses: Counter[str] = Counter()
    (unit,) = read({"id": "s-1", "segments": {"en": "quantum ", "ja-JP": {"text": "量子"}}, "own": [1]}, losses=losses)
    assert [(segment.language, segment.text) for segment in unit.segments] == [("ja", "量子"), ("en", "quantum")]
    assert (unit.method, unit.bead, unit.score, unit.name) == (Method.GIVEN, "1-1", None, "s-1")
    assert unit.origin == Origin(file="a.jsonl", line=1, id="s-1", source="en")
    assert write(unit)[0]["own"] == [1]
    assert not losses


def test_segments_with_spans_are_aligned() -> None:
    segments = {"ja": {"text": "量子", "document": "d-1", "spans": [[0, 2]]}, "en": {"text": "quantum"}}
    (unit,) = read({"segments": segments})
    assert (unit.method, unit.name) == (Method.ALIGN, "")


def test_lines_are_counted_with_blank_ones_and_text_breaks_none() -> None:
    units = read("", {"segments": PAIR}, "  ", {"segments": {"ja": "一\u2028\u0085二", "en": "b"}})
    assert [unit.origin.line for unit in units if unit.origin] == [2, 4]
    assert units[1].segments[0].text == "一 二"


def test_what_cannot_be_used_is_counted() -> None:
    losses: Counter[str] = Counter()
    units = read(
        {"segments": {"fr": "a", "ja": "b", "en": "c"}},
        {"segments": {"ja": "b", "en": " "}},
        {"segments": {"zh-CN": "软件", "zh-Hans": "软体", "en": "software"}},
        losses=losses,
    )
    assert [[segment.text for segment in unit.segments] for unit in units] == [["b", "c"], ["软件", "software"]]
    assert losses == {
        "segment in fr": 1,
        "segment without text": 1,
        "unit without two sides": 1,
        "second segment in zh-Hans": 1,
    }


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{", "a.jsonl:1: broken JSON"),
        ("[1]", "a.jsonl:1: a list instead of an object"),
        ("{}", "a.jsonl:1 (segments): missing"),
        ('{"segments": {"ja": "a", "en": "b"}, "score": NaN}', "a.jsonl:1: broken JSON: NaN is no JSON"),
        ('{"segments": {"ja": "a", "en": "b"}, "score": 1e999}', "a.jsonl:1 (score): inf is not between 0 and 1"),
        ('{"segments": 1, "segments": 2}', "the key 'segments' stands twice"),
        ('{"segments": {"ja": "\\ud800", "en": "b"}}', "half a surrogate pair"),
        ('{"segments": {"ja": "a\\u0000", "en": "b"}}', "a.jsonl:1: a NUL character"),
        ("[" * 100_000, "nested too deeply"),
        ({"segments": {"jp": "a", "en": "b"}}, "a.jsonl:1 (segments.jp): language tag 'jp'; write 'ja'"),
        ({"segments": {"ja": 1, "en": "b"}}, "a.jsonl:1 (segments.ja): a number instead of an object"),
        ({"segments": {"ja": {"text": ["a"]}, "en": "b"}}, "(segments.ja.text): a list instead of a string"),
        (
            {"segments": {"ja": {"text": "a", "spans": [[2, 1]]}, "en": "b"}},
            "(segments.ja.spans[0]): [2, 1] is no span",
        ),
        ({"segments": {"ja": {"text": "a", "spans": [[True, 1]]}, "en": "b"}}, "[True, 1] is no span"),
        ({"segments": PAIR, "method": "guess"}, "(method): method 'guess'; write align, mine, given"),
        ({"segments": PAIR, "score": 2}, "(score): 2 is not between 0 and 1"),
        ({"segments": PAIR, "score": True}, "(score): true or false instead of a number"),
    ],
)
def test_faults_say_where(row: object, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(row)
    assert says in str(caught.value)


def test_faults_are_gathered() -> None:
    with pytest.raises(DataErrors) as caught:
        read("{", {"segments": PAIR}, "", {"segments": {"jp": "a", "en": "b"}})
    assert [str(error).partition(" ")[0] for error in caught.value.exceptions] == ["a.jsonl:1:", "a.jsonl:4"]


def test_bad_bytes_are_named_by_line() -> None:
    with pytest.raises(DataError, match=r"a\.jsonl:2: byte 0xff at position 1 of the line is not UTF-8"):
        list(UNITS_JSONL.read(io.BytesIO(json.dumps({"segments": PAIR}).encode() + b"\n\xff"), name="a.jsonl"))


def test_half_a_surrogate_pair_is_not_written() -> None:
    segments = (Segment(language="ja", text="\ud800"), Segment(language="en", text="a"))
    with pytest.raises(DataError, match="half a surrogate pair"):
        write(TranslationUnit(segments=segments))


def test_a_backslash_before_u0000_is_text() -> None:
    (found,) = read('{"segments": {"ja": "\\\\u0000", "en": "b"}}')
    assert found.segments[0].text == "\\u0000"
