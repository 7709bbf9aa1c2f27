"""The region of a language: kept by every format that can name one, and counted by the others."""

from __future__ import annotations

import dataclasses
import io
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS
from termalign.model import Concept, ConceptStatus, Designation, Segment, TermStatus, TranslationUnit

if TYPE_CHECKING:
    from termalign.formats.base import WriteReport

LOST = "region of a language: the file has one code for each"


def unit(text: str, regions: dict[str, str]) -> TranslationUnit:
    segments = (Segment(language="zh-Hant", text=f"連接埠{text}"), Segment(language="en", text=f"port {text}"))
    return TranslationUnit(segments=segments, extra=(("regions", regions),) if regions else ())


def again(form: Any, values: list[Any]) -> tuple[list[Any], WriteReport]:
    file = io.BytesIO()
    report = form.write(values, file)
    file.seek(0)
    return list(form.read(file, name="a", losses=Counter())), report


@pytest.mark.parametrize("name", sorted(BITEXT_FORMATS.entries()))
@pytest.mark.parametrize("regions", [{"zh-Hant": "HK", "en": "GB"}, {"en": "AU"}, {"zh-Hant": "TW"}, {}])
def test_regions_that_all_units_state_come_back(name: str, regions: dict[str, str]) -> None:
    found, report = again(BITEXT_FORMATS.get(name), [unit("1", regions), unit("2", regions)])
    assert [dict(one.extra).get("regions", {}) for one in found] == [regions, regions]
    assert LOST not in dict(report.losses)


@pytest.mark.parametrize("name", sorted(BITEXT_FORMATS.entries()))
def test_regions_that_some_units_state_come_back_or_are_counted(name: str) -> None:
    given = [unit("1", {"en": "GB"}), unit("2", {"en": "US"}), unit("3", {})]
    found, report = again(BITEXT_FORMATS.get(name), given)
    kept = [dict(one.extra).get("regions", {}) for one in found]
    n_lost = sum(left != right for left, right in zip(kept, [{"en": "GB"}, {"en": "US"}, {}], strict=True))
    assert len(found) == 3
    assert dict(report.losses).get(LOST, 0) == n_lost


def test_columns_of_two_regions_of_one_language_are_two_units() -> None:
    losses: Counter[str] = Counter()
    raw = b"ja\ten-US\ten-GB\n\xe8\x89\xb2\tcolor\tcolour\n\xe6\xb8\xaf\tport\tport\n"
    found = list(BITEXT_FORMATS.get("tsv").read(io.BytesIO(raw), name="a", losses=losses))
    assert [(one.segments[1].text, dict(one.extra)["regions"]["en"]) for one in found] == [
        ("color", "US"),
        ("colour", "GB"),
        ("port", "US"),
        ("port", "GB"),
    ]
    assert not +losses


def concept(*regions: str) -> Concept:
    english = tuple(
        Designation(
            text=f"port {number}",
            status=TermStatus.ADMITTED if number else TermStatus.PREFERRED,
            verified=True,
            extra=(("region", region),) if region else (),
        )
        for number, region in enumerate(regions)
    )
    chinese = (Designation(text="連接埠", verified=True, extra=(("region", "HK"),)),)
    verdict = {"policy": "given", "version": 1, "because": []}
    return Concept(
        id="c-1", terms=(("zh-Hant", chinese), ("en", english)), status=ConceptStatus.VERIFIED, verified_by=verdict
    )


def regions_of(found: Concept, tag: str) -> list[str]:
    return [str(dict(one.extra).get("region", "")) for one in found.designations(tag)]


@pytest.mark.parametrize("name", ["utx", "xliff-glossary", "tbx", "jsonl"])
def test_a_region_of_all_designations_comes_back(name: str) -> None:
    (found,), report = again(GLOSSARY_FORMATS.get(name), [concept("GB", "GB")])
    assert (regions_of(found, "zh-Hant"), regions_of(found, "en")) == (["HK"], ["GB", "GB"])
    assert not any("region" in kind for kind, _ in report.losses)


@pytest.mark.parametrize("name", ["utx", "xliff-glossary", "csv", "xlsx", "terms.tsv", "omegat"])
def test_regions_that_a_glossary_cannot_hold_are_counted(name: str) -> None:
    _, report = again(GLOSSARY_FORMATS.get(name), [concept("GB", "AU")])
    assert sum(n for kind, n in report.losses if "region" in kind) >= 2


@pytest.mark.parametrize(("code", "region"), [("en-US", ""), ("en-GB", "GB"), ("en", "")])
def test_the_usual_region_of_utx_says_nothing(code: str, region: str) -> None:
    raw = f"#UTX 1.11; {code}/ja-JP; copyright: x; license: y;\r\n#src\ttgt\tsrc:pos\r\nport\t港\tnoun\r\n".encode()
    (found,) = GLOSSARY_FORMATS.get("utx").read(io.BytesIO(raw), name="a")
    assert regions_of(found, "en") == [region]


def test_a_column_states_the_region_of_its_designations() -> None:
    form: Any = GLOSSARY_FORMATS.get("csv")
    losses: Counter[str] = Counter()
    raw = "ja,en-GB,en_US,zh-HK\n色,colour,color,顏色\n港,port,port,港口\n".encode()
    colour, port = dataclasses.replace(form).read(io.BytesIO(raw), name="a", losses=losses)
    assert (regions_of(colour, "en"), regions_of(colour, "zh-Hant"), regions_of(colour, "ja")) == (
        ["GB", "US"],
        ["HK"],
        [""],
    )
    assert regions_of(port, "en") == ["GB"]
    assert losses["designation that stands twice in its row, read once"] == 1
