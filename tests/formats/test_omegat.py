"""OmegaT glossaries: each rule of how OmegaT reads them."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from termalign.errors import DataError
from termalign.formats.omegat import OMEGAT, OmegatGlossary
from termalign.model import Concept, ConceptStatus, Designation, TermStatus

if TYPE_CHECKING:
    from termalign.formats.base import WriteReport

FIRST = "# Glossary in tab-separated format -*- coding: utf-8 -*-"


def concept(name: str, ja: str, *en: str, **extra: object) -> Concept:
    statuses = (TermStatus.PREFERRED, *[TermStatus.ADMITTED] * len(en))
    terms = tuple(Designation(text=text, status=status) for text, status in zip(en, statuses, strict=False))
    return Concept(
        id=name,
        terms=(("ja", (Designation(text=ja, status=TermStatus.PREFERRED),)), ("en", terms)),
        extra=tuple(extra.items()),
    )


def write(*concepts: Concept, form: OmegatGlossary = OMEGAT) -> tuple[list[str], WriteReport]:
    file = io.BytesIO()
    report = form.write(concepts, file)
    raw = file.getvalue()
    assert raw.decode("utf-8").isascii() or not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    return raw.decode("utf-8").splitlines(), report


def read(raw: str | bytes, form: OmegatGlossary = OMEGAT) -> tuple[list[Concept], Counter[str]]:
    losses: Counter[str] = Counter()
    data = raw if isinstance(raw, bytes) else raw.encode()
    return list(form.read(io.BytesIO(data), name="g.txt", losses=losses)), +losses


def texts(one: Concept) -> dict[str, list[str]]:
    return {tag: [form.text for form in found] for tag, found in one.terms}


def test_one_row_for_each_target_and_the_encoding_first() -> None:
    lines, report = write(concept("c-1", "量子もつれ", "entanglement", "quantum entanglement"))
    assert lines == [
        FIRST,
        "# termalign: ja\ten",
        "量子もつれ\tentanglement\t\tc-1",
        "量子もつれ\tquantum entanglement\t\tc-1",
    ]
    assert report.n_written == 2


def test_tabs_and_line_ends_are_removed_from_cells() -> None:
    lines, _ = write(concept("c\t1", "a\tb", "c\r\nd"))
    assert lines[2] == "a b\tc d\t\tc 1"


def test_a_source_that_would_be_a_comment_is_told() -> None:
    lines, report = write(concept("c-1", "#define", "macro"))
    assert lines[2].startswith(" #define\tmacro")
    (loss,) = [kind for kind, _ in report.losses if "#" in kind]
    assert dict(report.examples)[loss] == ("#define",)
    (back,), _ = read("\n".join(lines))
    assert texts(back) == {"ja": ["#define"], "en": ["macro"]}


def test_definitions_and_notes_move_to_the_comment() -> None:
    definitions = {"ja": {"text": "定義"}, "en": {"text": "a definition", "source": "x"}}
    lines, report = write(concept("c-1", "港", "port", definitions=definitions, notes=["careful"]))
    assert lines[2] == "港\tport\t定義; a definition; careful\tc-1"
    assert dict(report.losses) == {
        "definition moved to the comment": 2,
        "note moved to the comment": 1,
        "source of a definition": 1,
    }


def test_deprecated_designations_and_other_languages_are_listed_not_written() -> None:
    bad = Designation(text="harbor", status=TermStatus.DEPRECATED)
    full = concept("c-1", "港", "port")
    full = Concept(
        id="c-1",
        terms=(
            full.terms[0],
            ("zh-Hant", (Designation(text="軟體"), Designation(text="港口"))),
            ("en", (*full.terms[1][1], bad)),
        ),
    )
    lines, report = write(full, concept("c-2", "海"), form=OmegatGlossary(languages=("ja", "en")))
    assert lines[2:] == ["港\tport\t\tc-1"]
    assert dict(report.examples) == {
        "deprecated designation skipped": ("harbor",),
        "zh-Hant designation skipped: the file holds ja and en": ("軟體", "港口"),
        "concept skipped: no designation in en": ("海",),
    }
    assert dict(report.losses)["zh-Hant designation skipped: the file holds ja and en"] == 2


def test_sources_of_one_han_character_are_left_out_where_asked() -> None:
    form = OmegatGlossary(min_cjk=2)
    lines, report = write(
        concept("c-1", "水", "water"), concept("c-2", "Q", "Q"), concept("c-3", "水素", "H"), form=form
    )
    assert [line.split("\t")[0] for line in lines[2:]] == ["Q", "水素"]
    assert report.losses == (("source of one character skipped: OmegaT would find it inside every word", 1),)


def test_reads_what_omegat_reads() -> None:
    text = f"{FIRST}\n港\tport\tplace\n港\tharbour\n\n# comment\n海\n\tx\n 湖 \t lake \t\t\t9\textra\n"
    found, losses = read(text, OmegatGlossary(languages=("ja", "en")))
    assert [texts(one) for one in found] == [
        {"ja": ["港"], "en": ["port", "harbour"]},
        {"ja": ["湖"], "en": ["lake"]},
    ]
    assert [one.status for one in found[0].designations("en")] == [TermStatus.PREFERRED, TermStatus.ADMITTED]
    assert dict(found[0].extra) == {"notes": ["place"]}
    assert found[0].status is ConceptStatus.VERIFIED
    assert losses == Counter({"line without source and target": 2})


@pytest.mark.parametrize(
    "raw",
    [
        "港湾の水素\tport\n".encode("cp932"),
        "# -*- coding: EUC-JP -*-\n港湾の水素\tport\n".encode("euc-jp"),
        "# -*- coding: utf-8 -*-\r\n港湾の水素\tport\r\n".encode("utf-8-sig"),
        "港湾の水素\tport\n".encode("utf-16"),
    ],
)
def test_encodings(raw: bytes) -> None:
    (one,), _ = read(raw, OmegatGlossary(languages=("ja", "en")))
    assert texts(one) == {"ja": ["港湾の水素"], "en": ["port"]}


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("港\tport\n".encode(), "g.txt:1: a glossary that does not say its languages; name them: --from en --to ja"),
        (b"# -*- coding: x-none -*-\na\tb\n", "g.txt:1: unknown encoding 'x-none'"),
        (b"# -*- coding: ascii -*-\n\xe6\tb\n", "g.txt:2: not in ascii, as line 1 says"),
        (b"a\t\0b\n", "g.txt:1: NUL"),
        (b"# termalign: jp\ten\na\tb\n", "g.txt:2: language tag 'jp'; write 'ja'"),
    ],
)
def test_faults_say_where(raw: bytes, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(raw)
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("tag", "encoding", "term"),
    [
        (tag, encoding, term)
        for tag, encoding, terms in (
            ("ja", "euc_jp", "半導体 量子 契約 判決 心電図 糖尿病 港湾 水素 干渉計 重ね合わせ レーザー 条約"),
            ("ja", "cp932", "半導体 量子 契約 判決 心電図 糖尿病 港湾 水素 干渉計 重ね合わせ レーザー 条約"),
            ("zh-Hans", "gb18030", "半导体 量子 合同 判决 心电图 糖尿病 港口 氢 激光器 叠加态 条约"),
            ("zh-Hant", "big5", "半導體 量子 合約 判決 心電圖 糖尿病 港口 雷射 條約"),
        )
        for term in terms.split()
    ],
)
def test_a_short_list_without_its_encoding_is_read_by_its_language(tag: str, encoding: str, term: str) -> None:
    raw = f"{term}\tsomething\n".encode(encoding)
    (concept,) = OmegatGlossary(languages=(tag, "en")).read(io.BytesIO(raw), name="a.txt")
    assert [one.text for one in concept.designations(tag)] == [term]


def test_a_row_that_passes_for_a_comment_is_told() -> None:
    found, losses = read("# a comment\n#define\tマクロ\nport\t港\n", OmegatGlossary(languages=("en", "ja")))
    assert [texts(one) for one in found] == [{"ja": ["港"], "en": ["port"]}]
    assert +losses == Counter({"line that begins with #, a comment in OmegaT, though it has a tab": 1})
