"""Building from bitext that is aligned already: every format, what it says of its units, and input that is not what it claims."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from memories import TAGS, WORDS, triples, write
from piles import call

from termalign.alignment.trust import trust
from termalign.errors import DataError, DataErrors
from termalign.formats.tmx import TMX
from termalign.model import InlineCode, Method, Segment, TranslationUnit
from termalign.pipeline import memory, memory_links, weighing
from termalign.pipeline.given import Given, read_given
from termalign.pipeline.quick_words import quick_tokens
from termalign.pipeline.scanning import scan, scannable
from termalign.pipeline.tables import tables_of

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def pick(row: dict[str, Any]) -> str:
    """The preferred Japanese designation of a concept."""
    return str(row["terms"]["ja"][0]["text"]) if "ja" in row["terms"] else ""


def pairs_of(folder: Path, *tags: str) -> set[tuple[str, ...]]:
    """The preferred designations of the concepts in some languages; English without its plural."""
    return {
        tuple(row["terms"][tag][0]["text"] for tag in tags)
        for row in rows(folder / "glossary.jsonl")
        if all(tag in row["terms"] for tag in tags)
    }


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("memory.tmx", TAGS),
        ("memory.jsonl", TAGS),
        ("memory.tsv", TAGS),
        ("memory.tmx", ("ja", "en")),
        ("memory.xlf", ("ja", "en")),
        ("memory.xlf", ("zh-Hans", "en")),
        ("memory.po", ("zh-Hans", "en")),
    ],
)
def test_terms_of_every_format(name: str, tags: tuple[str, ...], tmp_path: Path) -> None:
    done = call("build", write(tmp_path / name, *tags), "-o", tmp_path / "out")
    assert done.code == 0, done.err
    wanted = {tuple(word[TAGS.index(tag)] for tag in tags) for word in WORDS}
    assert wanted <= pairs_of(tmp_path / "out", *tags)
    found = rows(tmp_path / "out" / "aligned.jsonl")
    assert len(found) == len(triples())
    assert {row["method"] for row in found} == {"given"}
    assert {row["score"] for row in found} == {None}
    assert all("spans" not in side and side["unit"] for row in found for side in row["segments"].values())


def test_two_bilingual_memories_make_one_trilingual_glossary(tmp_path: Path) -> None:
    for name, tags in (("a.tmx", ("ja", "en")), ("b.tmx", ("zh-Hans", "en"))):
        write(tmp_path / name, *tags)
    assert call("build", tmp_path / "a.tmx", tmp_path / "b.tmx", "-o", tmp_path / "out").code == 0
    assert set(WORDS) <= pairs_of(tmp_path / "out", *TAGS)


def test_rows_with_tags_as_keys_keep_their_context(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [
        {"id": f"u{n}", "file": f"part{n % 2}", "en": en, "ja": ja, "zh": zh}
        for n, (ja, zh, en) in enumerate(triples())
    ]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), encoding="utf-8")
    assert call("build", path, "-o", tmp_path / "out").code == 0
    documents = {row["id"]: row["path"] for row in rows(tmp_path / "out" / "documents.jsonl")}
    assert sorted(documents.values()) == ["rows.jsonl", "rows.jsonl#part0", "rows.jsonl#part1"]
    for concept in rows(tmp_path / "out" / "glossary.jsonl"):
        for evidence in concept["evidence"]:
            for place in evidence["where"]:
                assert set(place) == {"document", "quote", "unit"}
                assert documents[place["document"]] == f"rows.jsonl#part{int(place['unit'][1:]) % 2}"


def test_the_number_of_processes_does_not_change_a_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "N_CHUNK", 200)  # so that there are several chunks
    monkeypatch.setattr(weighing, "N_WEIGHED", 20)
    path = tmp_path / "memory.tsv"
    text = write(path, *TAGS).read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(text + [line.replace("。", "！").replace(".", "!") for line in text[1:]] * 8), encoding="utf-8"
    )
    for jobs in ("1", "2"):
        assert call("build", path, "-o", tmp_path / jobs, "--jobs", jobs).code == 0
    for name in ("glossary.jsonl", "evidence.jsonl", "abstained.jsonl", "aligned.jsonl", "report.html"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_scores_are_probabilities_and_the_report_says_how_those_of_memories_held(tmp_path: Path) -> None:
    assert call("build", write(tmp_path / "memory.tmx", *TAGS), "-o", tmp_path / "out").code == 0
    held = trust("memory").calibration
    assert held is not None
    assert held.on in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert all(memory_links.MIN_KEPT <= row["score"] <= 1 for row in rows(tmp_path / "out" / "glossary.jsonl"))


def test_what_was_weighed_and_found_wanting_is_left_alone_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_links, "MIN_KEPT", 0.94)
    assert call("build", write(tmp_path / "memory.tmx", *TAGS), "-o", tmp_path / "out").code == 0
    found = {one["text"] for row in rows(tmp_path / "out" / "glossary.jsonl") for one in row["terms"].get("en", [])}
    assert "digital signature" not in found
    left = {row["term"]: row["reason"] for row in rows(tmp_path / "out" / "abstained.jsonl")}
    assert left["digital signature"] == "evidence too weak"


def test_documents_and_a_memory_together(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in" / "memory.tmx", *TAGS)
    text = "総務省は情報通信研究機構（NICT）に電子署名の研究を委託した。\n"
    (tmp_path / "in" / "paper.ja.txt").write_text(text, encoding="utf-8")
    assert call("build", tmp_path / "in", "-o", tmp_path / "out").code == 0
    assert ("情報通信研究機構", "NICT") in pairs_of(tmp_path / "out", "ja", "en")
    assert ("電子署名", "电子签名", "digital signature") in pairs_of(tmp_path / "out", *TAGS)
    (concept,) = (row for row in rows(tmp_path / "out" / "glossary.jsonl") if pick(row) == "電子署名")
    assert concept["terms"]["ja"][0]["count"] > concept["terms"]["en"][0]["count"]  # the document has it once more


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("ja\ten", "exchanged"),  # the columns hold English and Japanese
        ("zh\tja", "exchanged"),
    ],
)
def test_exchanged_languages_are_told_with_their_place(columns: str, message: str, tmp_path: Path) -> None:
    order = {"ja\ten": (2, 0), "zh\tja": (0, 1)}[columns]
    lines = [columns, *("\t".join(row[n] for n in order) for row in triples())]
    (tmp_path / "wrong.tsv").write_text("\n".join(lines), encoding="utf-8")
    done = call("build", tmp_path / "wrong.tsv", "-o", tmp_path / "out")
    assert done.code == 3
    assert message in done.err
    assert "wrong.tsv:2" in done.err


def test_a_memory_of_one_language_is_refused(tmp_path: Path) -> None:
    lines = ["zh-Hans\tzh-Hant", *(f"{row[1]}\t{row[1]}" for row in triples())]
    (tmp_path / "one.tsv").write_text("\n".join(lines), encoding="utf-8")
    done = call("build", tmp_path / "one.tsv", "-o", tmp_path / "out")
    assert done.code == 3
    assert "one.tsv: no unit in two languages" in done.err


def test_a_broken_file_beside_a_sound_one_is_skipped(tmp_path: Path) -> None:
    write(tmp_path / "good.tmx", *TAGS)
    (tmp_path / "bad.tmx").write_text("<tmx version='1.4'><body><tu>", encoding="utf-8")
    done = call("build", tmp_path / "good.tmx", tmp_path / "bad.tmx", "-o", tmp_path / "out")
    assert done.code == 1
    assert "bad.tmx" in done.err
    assert len(rows(tmp_path / "out" / "aligned.jsonl")) == len(triples())


def test_equal_units_count_once(tmp_path: Path) -> None:
    lines = ["ja\ten", *["電子署名を確認する。\tCheck the digital signature."] * 500]
    (tmp_path / "same.tsv").write_text("\n".join(lines), encoding="utf-8")
    done = call("build", tmp_path / "same.tsv", "-o", tmp_path / "out")
    assert done.code == 0
    assert rows(tmp_path / "out" / "glossary.jsonl") == []
    assert len(rows(tmp_path / "out" / "aligned.jsonl")) == 500


def test_a_huge_unit_is_kept_and_no_terms_are_sought_in_it(tmp_path: Path) -> None:
    lines = ["ja\ten", "電子署名。" * 20_000 + "\t" + "digital signature. " * 5_000]
    lines += [f"{row[0]}\t{row[2]}" for row in triples()]
    (tmp_path / "huge.tsv").write_text("\n".join(lines), encoding="utf-8")
    done = call("build", tmp_path / "huge.tsv", "-o", tmp_path / "out")
    assert done.code == 0
    assert "longer than any sentence: 1" in done.out
    assert len(rows(tmp_path / "out" / "aligned.jsonl")) == len(triples()) + 1


@pytest.mark.parametrize(
    ("text", "language", "unwanted"),
    [
        ("！！！ 123 --- 456", "ja", ""),
        ("12345 678", "en", ""),
        ("%(file_name)s file", "en", "name"),
        ("delete {user} account", "en", "user"),
        ("<b>bold</b> text", "en", "b"),
    ],
)
def test_no_terms_of_signs_digits_and_placeholders(text: str, language: str, unwanted: str) -> None:
    unit = TranslationUnit(segments=(Segment(language=language, text=text),), bead="1", method=Method.GIVEN)
    found = {spelling for group in scan([scannable(unit)]).surfaces.values() for _, _, spelling in group}
    assert all(any(char.isalpha() for char in one) for one in found)
    assert not unwanted or not any(unwanted in one.split() for one in found)


def test_no_term_reaches_across_an_inline_code() -> None:
    segment = Segment(language="en", text="network  device", codes=(InlineCode(kind="ph", start=8, end=8),))
    unit = TranslationUnit(segments=(segment,), bead="1", method=Method.GIVEN)
    found = {spelling for _, _, spelling in scan([scannable(unit)]).surfaces["en"]}
    assert found == {"network", "device"}


def surfaces(language: str, *texts: str) -> list[tuple[str, str, str]]:
    """Key, left and right neighbour of the candidates of some segments."""
    units = [
        TranslationUnit(segments=(Segment(language=language, text=text),), bead="1", method=Method.GIVEN)
        for text in texts
    ]
    found = scan([scannable(one) for one in units])
    group = language.partition("-")[0]
    keys = [key for key, _, _ in found.surfaces[group]]
    return list(zip(keys, found.left[group], found.right[group], strict=True))


def test_a_joint_beside_a_candidate_leaves_it_free() -> None:
    assert ("肺がん", "", "") in surfaces("ja", "肺がんの治療", "肺がんの患者", "肺がんの検査")


def test_a_participle_has_one_key_however_it_is_tagged() -> None:
    found = [
        key for key, _, _ in surfaces("en", "Registered trademarks are listed.", "The registered trademark lapses.")
    ]
    assert found.count("registered trademark") == 2  # two spellings of one key


# Two terms that stand in two units each, with words that are in no lexicon together: nothing but counts tells them.
RARE = (
    ("不可抗力の証明が求められた。", "要求提供不可抗力的证明。", "Proof of force majeure was demanded."),
    ("履行の遅れは不可抗力による。", "履行迟延系不可抗力所致。", "The delay is due to force majeure."),
    ("暖簾の減損は毎年調べる。", "每年检查商誉是否减值。", "Goodwill is examined for impairment every year."),
    ("買収で暖簾が生じた。", "收购产生了商誉。", "The acquisition gave rise to goodwill."),
    ("脳梗塞の患者が歩いた。", "脑梗塞患者走路了。", "The patient walked."),
    ("雨が降った。", "下雨了。", "It rained."),
)


def test_terms_of_two_units_are_found_by_counts_alone(tmp_path: Path) -> None:
    lines = ["ja\tzh-Hans\ten", *("\t".join(row) for row in RARE)]
    path = tmp_path / "rare.tsv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert call("build", path, "-o", tmp_path / "out").code == 0
    found = {(ja, zh, en.lower()) for ja, zh, en in pairs_of(tmp_path / "out", *TAGS)}
    assert {("不可抗力", "不可抗力", "force majeure"), ("暖簾", "商誉", "goodwill")} <= found


def test_a_sentence_translated_twice_is_one(tmp_path: Path) -> None:
    again = [("\t".join((ja, zh.replace("。", "！"), en))) for ja, zh, en in RARE[:1]]
    path = tmp_path / "twice.tsv"
    lines = ["\t".join(TAGS), "\t".join(RARE[0]), *again, *("\t".join(row) for row in RARE[2:])]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert call("build", path, "-o", tmp_path / "out").code == 0
    assert not any("不可抗力" in ja for ja, _ in pairs_of(tmp_path / "out", "ja", "en"))


def test_both_scripts_of_chinese_count_together(tmp_path: Path) -> None:
    lines = ["zh-Hans\tzh-Hant\ten"]
    for number, row in enumerate(triples()):
        traditional = (
            row[1]
            .replace("证书", "證書")
            .replace("签", "簽")
            .replace("电", "電")
            .replace("颁发", "頒發")
            .replace("机构", "機構")
        )
        lines.append(f"{row[1]}\t\t{row[2]}" if number % 2 else f"\t{traditional}\t{row[2]}")
    path = tmp_path / "mixed.tsv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert call("build", path, "-o", tmp_path / "out").code == 0
    assert ("证书", "證書", "certificate") in pairs_of(tmp_path / "out", "zh-Hans", "zh-Hant", "en")


def test_units_come_back_as_the_file_has_them(tmp_path: Path) -> None:
    seg = "Press <ph x='1'>&lt;b&gt;</ph> now", "<ph x='1'>&lt;b&gt;</ph>を押す"
    sides = "".join(
        f"<tuv xml:lang='{tag}'><seg>{text}</seg></tuv>" for tag, text in zip(("en", "ja"), seg, strict=True)
    )
    body = f"<tu><note>n</note><prop type='x-document'>a.txt</prop>{sides}</tu><tu tuid='b'>{sides}</tu>"
    path = tmp_path / "a.tmx"
    path.write_text(f"<tmx version='1.4'><header srclang='en'/><body>{body}</body></tmx>", encoding="utf-8")
    given = Given(path=tmp_path / "units.pickle")
    made = read_given(path, "a.tmx", to=given, losses=Counter())
    with path.open("rb") as file:
        read = list(TMX.read(file, name="a.tmx"))
    found = list(given)
    assert [unit.name for unit in found] == ["#1", "b"]
    assert [one.document for one in found[0].segments] == [made.contexts[0][0]] * 2
    for unit, one in zip(found, read, strict=True):
        assert (unit.extra, unit.bead, unit.origin, unit.method) == (one.extra, one.bead, one.origin, Method.GIVEN)
        assert [(side.language, side.text, side.codes) for side in unit.segments] == [
            (side.language, side.text, side.codes) for side in one.segments
        ]


def test_a_file_at_fault_leaves_nothing_among_the_units(tmp_path: Path) -> None:
    given = Given(path=tmp_path / "units.jsonl")
    read_given(write(tmp_path / "good.tsv", "ja", "en"), "good.tsv", to=given, losses=Counter())
    before = [unit.id for unit in given]
    (tmp_path / "bad.tsv").write_text("ja\ten\n一つ\tone\n二つ\n", encoding="utf-8")
    with pytest.raises((DataError, DataErrors)):
        read_given(tmp_path / "bad.tsv", "bad.tsv", to=given, losses=Counter())
    assert [unit.id for unit in given] == before
    assert [unit.id for unit in given.of([3, 0])] == [before[3], before[0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The user's C++ code.", "The user 's C++ code ."),
        ("It isn't I/O of R&D.", "It isn 't I/O of R&D ."),
        ("See https://example.org/a.html, or a.b@c.org.", "See https://example.org/a.html , or a.b@c.org ."),
        ("Q-LEAP, O'Brien, Node.js, PyList_New()", "Q-LEAP , O'Brien , Node.js , PyList_New ( )"),
    ],
)
def test_the_quick_words_of_english(text: str, words: str) -> None:
    found = quick_tokens(text, "en")
    assert [token.text for token in found] == words.split()
    assert all(text[token.start : token.end] == token.text for token in found)


def test_a_contraction_is_no_term() -> None:
    assert all(token.pos != "n" for token in quick_tokens("It isn't. We won't.", "en"))


CLAUSES = (
    ("请更新项目文件，然后保存。", "Update project files, then save."),
    ("您可以更新项目文件。", "You can update project files."),
    ("如何更新项目文件？", "How to update project files?"),
)
NOUNS = (
    ("它显示在一个输出窗口中。", "It is shown in an output window."),
    ("关闭该输出窗口。", "Close the output window."),
    ("每个输出窗口都有名称。", "Each output window has a name."),
)


def test_a_verb_with_its_object_is_not_verified(tmp_path: Path) -> None:
    path = tmp_path / "memory.tsv"
    path.write_text("\n".join(["zh-Hans\ten", *("\t".join(row) for row in CLAUSES + NOUNS)]), encoding="utf-8")
    assert call("build", path, "-o", tmp_path / "out").code == 0
    status = {
        tuple(row["terms"][tag][0]["text"].lower() for tag in ("zh-Hans", "en")): row["status"]
        for row in rows(tmp_path / "out" / "glossary.jsonl")
    }
    assert status["输出窗口", "output window"] == "verified"
    assert status.get(("更新项目文件", "update project files"), "left alone") != "verified"


EVERYDAY = (
    ("問題は簡単である。", "问题很简单。", "The problem is simple."),
    ("この問題は古い。", "这个问题很旧。", "This problem is old."),
    ("別の問題が起きた。", "发生了别的问题。", "Another problem occurred."),
    ("個人情報を守る。", "保护个人信息。", "They protect personal information."),
    ("個人情報が漏れた。", "个人信息泄露了。", "Personal information leaked."),
)


def test_everyday_words_are_left_alone_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "memory.tsv"
    path.write_text("\n".join(["\t".join(TAGS), *("\t".join(row) for row in EVERYDAY)]), encoding="utf-8")
    assert call("build", path, "-o", tmp_path / "out").code == 0
    found = {(ja, zh) for ja, zh in pairs_of(tmp_path / "out", "ja", "zh-Hans")}
    assert ("個人情報", "个人信息") in found
    assert not any("問題" in pair for pair in found)
    left = {(row["language"], row["term"]): row["reason"] for row in rows(tmp_path / "out" / "abstained.jsonl")}
    assert left["ja", "問題"] == left["en", "problem"] == "everyday word"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "証明書が必要である。\tThe certificate is needed.",
            {"ja": "証明書が必要である。", "en": "The certificate is needed."},
        ),
        (
            "The certificate is needed.\t証明書が必要である。",
            {"ja": "証明書が必要である。", "en": "The certificate is needed."},
        ),
        ("The certificate\t電子証明書", {"ja": "電子証明書", "en": "The certificate"}),
        ("certificate\tcertificates", {"ja": "certificate", "en": "certificates"}),
        ("電子証明書\t電子証明書", {"ja": "電子証明書", "en": "電子証明書"}),
    ],
)
def test_a_unit_with_its_languages_exchanged_is_put_right(row: str, expected: dict[str, str], tmp_path: Path) -> None:
    others = [f"{'鍵' * number}を確認する。\tCheck key {number}." for number in range(1, 9)]
    path = tmp_path / "memory.tsv"
    path.write_text("\n".join(["ja\ten", *others, row]), encoding="utf-8")
    given, losses = Given(path=tmp_path / "units.pickle"), Counter[str]()
    read_given(path, path.name, to=given, losses=losses)
    last = list(given)[-1]
    assert {one.language: one.text for one in last.segments} == expected
    is_exchanged = not row.startswith(expected["ja"])
    assert losses["unit with English and Japanese exchanged, put right"] == is_exchanged


def test_characters_that_both_languages_have_exchange_nothing(tmp_path: Path) -> None:
    path = tmp_path / "memory.tsv"
    path.write_text("ja\tzh-Hans\n電子証明書\t电子证书\n这是电子证书。\tこれは電子証明書である。\n", encoding="utf-8")
    given = Given(path=tmp_path / "units.pickle")
    read_given(path, path.name, to=given, losses=Counter())
    texts = [{one.language: one.text for one in unit.segments} for unit in given]
    assert texts == [
        {"ja": "電子証明書", "zh-Hans": "电子证书"},
        {"ja": "これは電子証明書である。", "zh-Hans": "这是电子证书。"},
    ]


def test_the_words_of_a_memory_are_counted_in_its_tables(tmp_path: Path) -> None:
    found = scan([(("ja", "研究を進める。"), ("en", "Research goes on.")), (("en", "It rains."),)])
    tables = tables_of([found], folder=tmp_path)
    assert {group: tables[group].n_words for group in ("ja", "zh", "en")} == {"ja": 4, "zh": 0, "en": 7}
