"""The glossary module of XLIFF 2: what is written keeps its rules, what is read is told apart, pairs stay pairs."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from piles import call

from termalign.errors import DataError
from termalign.formats.concept_table import given_verdict
from termalign.formats.xliff import XLIFF
from termalign.formats.xliff_glossary import XLIFF_GLOSSARY, XliffGlossary
from termalign.model import Concept, ConceptStatus, Designation, TermStatus

if TYPE_CHECKING:
    from pathlib import Path

GLS = "{urn:oasis:names:tc:xliff:glossary:2.0}"
DOCUMENT = "{urn:oasis:names:tc:xliff:document:2.0}"
HEAD = (
    '<xliff version="2.1" srcLang="en" trgLang="ja" xmlns="urn:oasis:names:tc:xliff:document:2.0" '
    'xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"><file id="f">'
)


def designations(*texts: str) -> tuple[Designation, ...]:
    statuses = (TermStatus.PREFERRED, *[TermStatus.ADMITTED] * len(texts))
    return tuple(Designation(text=text, status=one, verified=True) for text, one in zip(texts, statuses, strict=False))


def concept(name: str, *, extra: tuple[tuple[str, object], ...] = (), **terms: tuple[str, ...]) -> Concept:
    return Concept(
        id=name,
        terms=tuple((tag.replace("_", "-"), designations(*texts)) for tag, texts in terms.items()),
        status=ConceptStatus.VERIFIED,
        verified_by=given_verdict(),
        extra=extra,
    )


PORT = concept(
    "c-1",
    ja=("港", "港湾"),
    en=("port", "harbour <&>"),
    extra=(("definitions", {"ja": {"text": "船の <着く> 所", "source": "法"}}),),
)


def write(found: list[Concept], form: XliffGlossary = XLIFF_GLOSSARY) -> tuple[bytes, dict[str, int]]:
    file = io.BytesIO()
    report = form.write(found, file)
    return file.getvalue(), dict(report.losses)


def read(text: str | bytes) -> tuple[list[Concept], dict[str, int]]:
    losses: Counter[str] = Counter()
    raw = text.encode() if isinstance(text, str) else text
    return list(XLIFF_GLOSSARY.read(io.BytesIO(raw), name="a.gls.xlf", losses=losses)), dict(+losses)


def gloss(inside: str, *, attributes: str = "", segment: str = "<source>The port</source>") -> str:
    entry = f"<gls:glossEntry{attributes}>{inside}</gls:glossEntry>"
    return f'{HEAD}<unit id="u"><gls:glossary>{entry}</gls:glossary><segment>{segment}</segment></unit></file></xliff>'


def test_an_entry_has_a_term_and_then_translations_and_a_definition_inside_a_unit() -> None:
    raw, losses = write([PORT])
    root = etree.fromstring(raw)
    (unit,) = root.iter(f"{DOCUMENT}unit")
    assert [node.tag for node in unit] == [f"{GLS}glossary", f"{DOCUMENT}segment"]
    for entry in unit.iter(f"{GLS}glossEntry"):
        assert [node.tag.rpartition("}")[2] for node in entry] == [
            "term", "translation", "translation", "definition", "metadata",
        ]  # fmt: skip
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(set(ids)) == len(ids)
    assert losses == {}
    assert read(raw) == ([PORT], {})


def test_the_units_are_the_preferred_pairs() -> None:
    raw, _ = write([PORT, concept("c-2", ja=("海",), en=("sea",))])
    units = list(XLIFF.read(io.BytesIO(raw), name="a.xlf"))
    assert [[segment.text for segment in one.segments] for one in units] == [["港", "port"], ["海", "sea"]]


def test_it_holds_two_languages_and_the_rest_is_listed() -> None:
    three = concept("c-3", ja=("湖",), zh_Hans=("湖泊",), en=("lake",), extra=(("notes", ["n"]),))
    raw, losses = write([three, concept("c-4", ja=("川",))], XliffGlossary(languages=("ja", "en")))
    assert [one.id for one in read(raw)[0]] == ["c-3"]
    assert losses == {
        "zh-Hans designation skipped: the file holds ja and en": 1,
        "concept skipped: no designation in en": 1,
        "notes": 1,
    }


def test_an_empty_glossary_is_a_file_with_a_unit() -> None:
    raw, _ = write([])
    assert read(raw) == ([], {})
    assert len(list(etree.fromstring(raw).iter(f"{DOCUMENT}unit"))) == 1


def test_sources_of_terms_are_listed() -> None:
    inside = "<gls:term source='a'>port</gls:term><gls:translation source='b'>港</gls:translation>"
    assert read(gloss(inside))[1] == {"source of a term or translation": 2}


def test_a_term_with_a_definition_only() -> None:
    (found,), losses = read(gloss("<gls:term>port</gls:term><gls:definition source='law'>d</gls:definition>"))
    assert dict(found.extra) == {"definitions": {"en": {"text": "d", "source": "law"}}}
    assert losses == {}


@pytest.mark.parametrize(("ref", "n_lost"), [("#m1", 0), ("#t=m2", 0), ("#m9", 1)])
def test_a_reference_points_to_a_span_of_its_unit(ref: str, n_lost: int) -> None:
    spans = '<source>The <mrk id="m1" type="term">port</mrk></source><target><mrk id="m2" type="term">港</mrk></target>'
    inside = "<gls:term>port</gls:term><gls:translation>港</gls:translation>"
    _, losses = read(gloss(inside, attributes=f' ref="{ref}"', segment=spans))
    assert sum(losses.values()) == n_lost


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (gloss("<gls:translation>港</gls:translation>"), "a.gls.xlf:1 (glossEntry): a glossEntry without a term; "),
        (gloss("<gls:term>port</gls:term>"), "a.gls.xlf:1 (glossEntry): a glossEntry without a translation or a def"),
        (gloss("<gls:term>a</gls:term>").replace(' trgLang="ja"', ""), "a.gls.xlf:1 (xliff): no target language"),
        (gloss("<gls:term>a</gls:term>").replace('"2.1"', '"1.2"'), "a.gls.xlf:1 (xliff): XLIFF version '1.2'; only"),
    ],
)
def test_faults_say_where(text: str, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(text)
    assert str(caught.value).startswith(says)


def test_by_command_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.gls.xlf").write_bytes(write([PORT])[0])
    assert call("import", "a.gls.xlf", "-o", "g.jsonl").code == 0
    assert call("export", "g.jsonl", "-o", "b.gls.xlf", "--from", "ja", "--to", "en").code == 0
    assert (tmp_path / "b.gls.xlf").read_bytes() == (tmp_path / "a.gls.xlf").read_bytes()
