"""Every result leads back to the documents, every candidate is accounted for, and --no-quotes keeps the texts out."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from piles import call, write_pile

from termalign.languages import LANGUAGES
from termalign.languages.fold import fold
from termalign.model import TAGS, short_hash
from termalign.terms import key_of

if TYPE_CHECKING:
    from pathlib import Path

N_WINDOW = 25  # so many characters of a document in a row are a quote, unless they stand in a term


@dataclass(frozen=True, slots=True)
class Workspace:
    """A build and the documents it was made from.

    Args:
        folder: Of the results.
        pile: Of the documents.
    """

    folder: Path
    pile: Path

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the objects of a JSON Lines file."""
        return [json.loads(line) for line in (self.folder / name).read_bytes().splitlines()]

    def texts(self) -> dict[str, str]:
        """Return the text of each document as read, by id: decoded as the ledger says, nothing else."""
        return {
            row["id"]: (self.pile / row["path"]).read_bytes().decode(row["encoding"])
            for row in self.rows("documents.jsonl")
        }

    def designations(self) -> list[tuple[str, str]]:
        """Return language and text of every designation."""
        return [
            (tag, one["text"])
            for row in self.rows("glossary.jsonl")
            for tag, found in row["terms"].items()
            for one in found
        ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with quotes."""
    folder = tmp_path_factory.mktemp("traceable")
    assert call("build", write_pile(folder / "pile"), "-o", folder / "out").code == 0
    return Workspace(folder / "out", folder / "pile")


@pytest.fixture(scope="module")
def unquoted(built: Workspace) -> Workspace:
    """A workspace without quotes, of the same documents."""
    folder = built.folder.parent / "unquoted"
    assert call("build", built.pile, "-o", folder, "--no-quotes").code == 0
    return Workspace(folder, built.pile)


def squeeze(text: str) -> str:
    """Take all white space away."""
    return "".join(text.split())


def skeleton(text: str) -> str:
    """Take away what repairing steps over: white space, reference marks, the marks of Markdown."""
    return re.sub(r"\[[0-9，,-]+\]|[\s*|#-]", "", text)


def cut(text: str, spans: list[list[int]]) -> str:
    """Cut spans out of a text, checked to ascend within it."""
    flat = [place for span in spans for place in span]
    assert spans
    assert all(left <= right for left, right in pairwise((0, *flat, len(text)))), spans
    assert all(start < end for start, end in spans), spans
    return "".join(text[start:end] for start, end in spans)


def stands_in(term: str, language: str, text: str) -> bool:
    """Tell whether a term stands in a text, in any spelling; English in any inflection."""
    if language != "en":
        return fold(term) in fold(squeeze(text))
    words, wanted = ([fold(token.base) for token in LANGUAGES.get("en").tokens(one)] for one in (text, term))
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def test_the_ledger_describes_the_documents(built: Workspace) -> None:
    rows = built.rows("documents.jsonl")
    texts = built.texts()
    assert [row["path"] for row in rows] == sorted(row["path"] for row in rows)
    assert Counter(row["encoding"] for row in rows) == {"utf-8": 3, "cp932": 1, "gb18030": 1, "utf-16": 1}
    for row in rows:
        text = texts[row["id"]]
        assert row["length"] == len(text)
        assert {one["language"] for one in row["passages"]} <= set(TAGS)
        stretches = [one["span"] for one in row["passages"]]
        assert squeeze(cut(text, stretches)) != ""
    (chinese,) = (row for row in rows if row["path"] == "ports.zh.txt")
    assert [one["language"] for one in chinese["passages"]] == ["zh-Hans", "en"]  # the abstract


def test_evidence_leads_back_to_the_documents(built: Workspace) -> None:
    texts, sources = built.texts(), Counter[str]()
    for row in built.rows("evidence.jsonl"):
        terms = [(str(tag), str(text)) for tag, text in row["terms"]]
        assert row["id"] == "e-" + short_hash(row["source"], *(field for form in terms for field in form))
        assert 0 <= row["score"] <= 1
        assert row["n"] >= 1
        found = [cut(texts[place["document"]], place["spans"]) for place in row["where"]]
        assert found, row["id"]
        standing = [[stands_in(text, tag, one) for tag, text in terms] for one in found]
        match row["source"]:
            case "gloss":  # both names, in each place
                assert all(map(all, standing)), (terms, found)
            case "acronym pivot":  # either name, with the acronym
                assert all(map(any, standing)), (terms, found)
            case "cooccurrence":  # the segments of units: both terms, somewhere in them
                assert all(map(any, zip(*standing, strict=True))), (terms, found)
            case _:  # the place of one term, no more and no less
                keys = {key_of(text, tag) for tag, text in terms}
                assert all({key_of(one, tag) for tag, _ in terms} & keys for one in found), (terms, found)
        sources[row["source"]] += 1
    assert min(sources[name] for name in ("gloss", "acronym pivot", "han", "composition")) > 5


def test_sentences_that_bear_evidence_are_aligned(built: Workspace) -> None:
    segments = {
        (segment["document"], str(segment["spans"]))
        for row in built.rows("aligned.jsonl")
        for segment in row["segments"].values()
    }
    for row in built.rows("evidence.jsonl"):
        if row["source"] == "cooccurrence":
            assert {(place["document"], str(place["spans"])) for place in row["where"]} <= segments


def test_quotes_stand_in_the_documents_around_their_place(built: Workspace) -> None:
    texts, n_quotes = built.texts(), 0
    for row in built.rows("evidence.jsonl"):
        for place in row["where"]:
            text, quote = texts[place["document"]], place["quote"].removesuffix("…")
            assert 0 < len(place["quote"]) <= 120
            assert "\n" not in place["quote"]
            stretch = skeleton(cut(text, place["spans"]))
            # Words around a place are as they stand there; sentences are repaired, and are the place themselves.
            assert squeeze(quote) in squeeze(text) or skeleton(quote) in skeleton(text) or skeleton(quote) in stretch
            assert stretch in skeleton(quote) or skeleton(quote) in stretch
            n_quotes += 1
    assert n_quotes > 100


def test_segments_lead_back_to_the_documents(built: Workspace) -> None:
    texts = built.texts()
    for row in built.rows("aligned.jsonl"):
        assert len(row["segments"]) > 1
        for segment in row["segments"].values():
            assert squeeze(cut(texts[segment["document"]], segment["spans"])) == squeeze(segment["text"])
            assert "\n" not in segment["text"]


def test_reference_marks_and_wraps_are_stepped_over(built: Workspace) -> None:
    """The sentence is broken by a line end, and a reference mark stands in the one before."""
    raw = next(text for text in built.texts().values() if "[2，3]" in text)
    assert "2024年\n起" in raw
    rows = [row for row in built.rows("abstained.jsonl") if row["language"] == "zh-Hans"]
    known = {row["term"] for row in rows} | {text for tag, text in built.designations() if tag == "zh-Hans"}
    assert "蓄电池" in known  # written 蓄 电 池 in one place
    assert not [text for text in known if "[" in text or " " in text or "\n" in text or "*" in text]


def test_entries_repeat_the_ledger(built: Workspace) -> None:
    ledger = {row["id"]: row for row in built.rows("evidence.jsonl")}
    concepts = built.rows("glossary.jsonl")
    assert len({row["id"] for row in concepts}) == len(concepts) > 10
    for concept in concepts:
        for one in concept["evidence"]:
            full = ledger[one["id"]]
            assert one == full | {"where": full["where"][:3]}
        if concept["status"] == "verified":
            because = concept["verified_by"]["because"]
            assert because
            assert set(because) <= {one["id"] for one in concept["evidence"]}


def test_every_candidate_is_in_a_concept_or_left_alone(built: Workspace) -> None:
    done = call("extract", built.pile)
    assert done.code == 0
    candidates = [(row[0], row[1]) for row in (line.split("\t") for line in done.out.splitlines()[1:])]
    linked = built.designations()
    left = [(row["language"], row["term"]) for row in built.rows("abstained.jsonl")]
    assert all(row["reason"] and row["count"] >= 1 for row in built.rows("abstained.jsonl"))
    assert len(set(left)) == len(left)
    assert len(set(candidates)) == len(candidates) > 50
    assert not set(linked) & set(left)
    assert [form for form in candidates if (form in linked) == (form in left)] == []
    places = Counter(linked)
    assert [form for form in candidates if places[form] > 1] == []  # no candidate in two concepts


def windows(built: Workspace) -> set[str]:
    """Return every stretch of the documents that would be a quote: long, and not within a term."""
    terms = {squeeze(text) for _, text in built.designations()}
    terms |= {squeeze(row["term"]) for row in built.rows("abstained.jsonl")}
    within = {term[at : at + N_WINDOW] for term in terms for at in range(len(term) - N_WINDOW + 1)}
    texts = [squeeze(text) for text in built.texts().values()]
    return {text[at : at + N_WINDOW] for text in texts for at in range(len(text) - N_WINDOW + 1)} - within


def shown(path: Path) -> str:
    """Return what a file says, without the mark-up of a page, JSON's escapes and white space."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in {".html", ".tbx"}:
        text = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)))
    return squeeze(text.replace('\\"', '"'))


def quoted(path: Path, forbidden: set[str]) -> list[str]:
    """List the stretches of the documents that a file repeats."""
    text = shown(path)
    return sorted({text[at : at + N_WINDOW] for at in range(len(text) - N_WINDOW + 1)} & forbidden)


@pytest.mark.parametrize("name", ["glossary.jsonl", "evidence.jsonl", "report.html"])
def test_results_quote_the_documents(built: Workspace, name: str) -> None:
    assert quoted(built.folder / name, windows(built))  # so that the next test could fail


def test_without_quotes_no_result_quotes_the_documents(unquoted: Workspace) -> None:
    forbidden = windows(unquoted)
    checked = [path for path in sorted(unquoted.folder.iterdir()) if not path.name.startswith(("aligned", "."))]
    assert {"glossary.jsonl", "evidence.jsonl", "report.html", "glossary.tbx"} <= {path.name for path in checked}
    for path in checked:
        assert quoted(path, forbidden) == [], path.name
        assert b'"quote"' not in path.read_bytes(), path.name


def test_without_quotes_nothing_else_is_lost(built: Workspace, unquoted: Workspace) -> None:
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(inner) for key, inner in value.items() if key != "quote"}
        return [bare(inner) for inner in value] if isinstance(value, list) else value

    for name in ("glossary.jsonl", "evidence.jsonl", "abstained.jsonl", "aligned.jsonl", "documents.jsonl"):
        assert unquoted.rows(name) == bare(built.rows(name)), name
