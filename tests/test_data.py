"""The data that ships: where it comes from, whether it is what it says, and the ground behind every verified concept."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import tomllib
import unicodedata
from base64 import b32encode
from pathlib import Path
from typing import Any

import pytest

from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.glossary.policies import POLICIES
from termalign.languages.fold import fold
from termalign.model import TAGS, TermStatus
from termalign.terms import key_of

ROOT = Path(__file__).resolve().parents[1]
PROVENANCE = "PROVENANCE.toml"
GLOSSARIES = sorted(path.parent for path in ROOT.glob(f"glossaries/*/{PROVENANCE}"))
CORPORA = sorted(path.parent for path in ROOT.glob(f"aligned/*/{PROVENANCE}"))
# SPDX identifiers under which data may ship beside CC-BY-4.0 of LICENSE-DATA.
LICENCES = {"CC-BY-4.0", "CC0-1.0"}
GROUNDS = {"attested", "source", "dictionary", "standard"}  # CONTRACTS.md section 1
KINDS = {
    "company",
    "law",
    "metric",
    "organisation",
    "other",
    "person",
    "place",
    "policy",
    "programme",
    "strategy",
    "technology",
}

every_folder = pytest.mark.parametrize("folder", [*GLOSSARIES, *CORPORA], ids=lambda path: path.name)
every_glossary = pytest.mark.parametrize("folder", GLOSSARIES, ids=lambda path: path.name)
every_corpus = pytest.mark.parametrize("folder", CORPORA, ids=lambda path: path.name)


def provenance(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / PROVENANCE).read_text(encoding="utf-8"))


def listed(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that the provenance lists, in either of its two forms."""
    found = provenance(folder)
    rows: list[dict[str, str]] = found.get("file", [])
    return dict(found.get("sha256", {})) | {row["name"]: row["sha256"] for row in rows}


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file; a blank line would be a fault."""
    return [json.loads(line) for line in path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")]


def squeeze(text: str) -> str:
    """Take all white space away."""
    return "".join(text.split())


def shipped_texts() -> dict[str, str]:
    """Return the text of every document that ships, by the id that a build gives it."""
    found = {}
    for folder in CORPORA:
        for path in folder.glob("*.txt"):
            raw = path.read_bytes()
            digest = b32encode(hashlib.sha256(raw).digest()).decode("ascii").lower()
            found[f"d-{digest[:12]}"] = raw.decode("utf-8")
    return found


def test_something_ships_and_everything_has_a_provenance() -> None:
    for room in ("glossaries", "aligned"):
        folders = [path for path in (ROOT / room).iterdir() if path.is_dir()]
        assert folders
        assert [path.name for path in folders if not (path / PROVENANCE).is_file()] == []
        assert [path.name for path in (ROOT / room).iterdir() if path.is_file()] == []


@every_folder
def test_the_provenance_says_what_and_whence(folder: Path) -> None:
    found = provenance(folder)
    assert found["title"].strip()
    assert found["licence"] in LICENCES
    assert re.fullmatch(r"\d+(\.\d+)*", found["version"])
    date = found["date"]
    assert dt.date(2026, 1, 1) <= (date if isinstance(date, dt.date) else dt.date.fromisoformat(date))
    assert found["verified_by"].strip()
    assert found.get("url") or found.get("authors") or found.get("made_by")
    made = found.get("made") or found["command"]
    assert len(made) > 20
    assert "termalign build" not in made or re.fullmatch(r"\d+\.\d+\.\d+", found["termalign"])


@every_folder
def test_every_file_is_listed_with_its_hash(folder: Path) -> None:
    hashes = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != PROVENANCE
    }
    assert listed(folder) == hashes
    for row in provenance(folder).get("file", []):
        if "rows" in row:
            assert len(rows(folder / row["name"])) == row["rows"]


@every_folder
def test_files_are_utf8_in_one_form(folder: Path) -> None:
    for path in folder.iterdir():
        text = path.read_bytes().decode("utf-8")
        assert not text.startswith("\ufeff")
        assert "\r" not in text
        assert text.endswith("\n")
        assert unicodedata.normalize("NFC", text) == text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


@every_glossary
def test_a_glossary_reads_back_as_it_is(folder: Path) -> None:
    raw = (folder / "glossary.jsonl").read_bytes()
    concepts = list(CONCEPTS_JSONL.read(io.BytesIO(raw), name="glossary.jsonl"))
    again = io.BytesIO()
    assert CONCEPTS_JSONL.write(concepts, again).losses == ()
    assert again.getvalue() == raw
    ids = [concept.id for concept in concepts]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"c-[a-z2-7]{12}", one) for one in ids)


def test_no_two_glossaries_share_an_id() -> None:
    ids = [row["id"] for folder in GLOSSARIES for row in rows(folder / "glossary.jsonl")]
    assert len(set(ids)) == len(ids)


@every_glossary
def test_entries_keep_the_schema(folder: Path) -> None:
    for row in rows(folder / "glossary.jsonl"):
        assert row["kind"] in KINDS, row["id"]
        assert set(row["terms"]) <= set(TAGS), row["id"]
        assert len({tag.partition("-")[0] for tag in row["terms"]}) > 1, row["id"]
        for tag, found in row["terms"].items():
            assert sum(one["status"] == "preferred" for one in found) <= 1, row["id"]
            assert len({one["text"] for one in found}) == len(found) > 0, row["id"]
            for one in found:
                assert one["text"] == " ".join(one["text"].split()) != "", row["id"]
                assert one["status"] in set(TermStatus), row["id"]
                check_reading(one, tag)


def check_reading(one: dict[str, Any], tag: str) -> None:
    """Hiragana for Japanese, pinyin with tone marks for Chinese, none for English (CONTRACTS.md section 1)."""
    if "reading" not in one:
        return
    if tag == "ja":
        assert re.fullmatch(r"[\u3041-\u3096ー・a-zA-Z0-9 -]+", one["reading"]), one
    else:
        assert tag.startswith("zh")
        assert re.fullmatch(r"[a-zà-ǜ ]+", unicodedata.normalize("NFC", one["reading"]), re.IGNORECASE), one


@every_glossary
def test_a_verified_concept_has_its_ground(folder: Path) -> None:
    policies = {policy.name: policy.version for policy in POLICIES}
    for row in rows(folder / "glossary.jsonl"):
        by = row.get("verified_by")
        designations = [one for found in row["terms"].values() for one in found]
        assert (row["status"] == "verified") == (by is not None), row["id"]
        if by is None:
            assert not any(one["verified"] for one in designations), row["id"]
            continue
        tags = {tag.partition("-")[0] for tag, found in row["terms"].items() if any(one["verified"] for one in found)}
        assert len(tags) > 1, row["id"]
        if "policy" in by:
            assert policies[by["policy"]] >= by["version"], row["id"]
            assert by["because"], row["id"]
            assert set(by["because"]) <= {one["id"] for one in row["evidence"]}, row["id"]
            continue
        assert by["by"].strip(), row["id"]
        assert len(by["why"]) > 20, row["id"]
        assert dt.datetime.fromisoformat(by["at"]).tzinfo is not None, row["id"]
        assert by["ground"] in GROUNDS, row["id"]
        if by["ground"] == "attested":
            assert row["evidence"], row["id"]
            assert any(one["count"] for one in designations), row["id"]


@every_glossary
def test_evidence_stands_in_the_documents_that_ship(folder: Path) -> None:
    texts = shipped_texts()
    for row in rows(folder / "glossary.jsonl"):
        for one in row["evidence"]:
            assert one["where"], one["id"]
            terms = [(str(tag), str(text)) for tag, text in one["terms"]]
            known = {(tag, fold(each["text"])) for tag, found in row["terms"].items() for each in found}
            assert {(tag, fold(text)) for tag, text in terms} & known, one["id"]
            for place in one["where"]:
                text = texts[place["document"]]
                found = "".join(text[start:end] for start, end in place["spans"])
                quote = squeeze(place.get("quote", "").removesuffix("…"))
                assert found, one["id"]
                assert quote in squeeze(text) or quote in squeeze(found), one["id"]  # words around it, or its sentences
                if one["source"] in {"han", "composition"}:
                    assert {key_of(found, tag) for tag, _ in terms} & {key_of(text, tag) for tag, text in terms}, one[
                        "id"
                    ]


@every_corpus
def test_units_read_back_as_they_are(folder: Path) -> None:
    raw = (folder / "units.jsonl").read_bytes()
    units = list(UNITS_JSONL.read(io.BytesIO(raw), name="units.jsonl"))
    assert len(units) == len(raw.splitlines()) > 0
    assert [[segment.text for segment in unit.segments] for unit in units] == [
        [segment["text"] for segment in row["segments"].values()] for row in rows(folder / "units.jsonl")
    ]


@every_corpus
def test_units_keep_the_schema_and_stand_in_their_documents(folder: Path) -> None:
    found = rows(folder / "units.jsonl")
    ids = [row["id"] for row in found]
    assert len(set(ids)) == len(ids)
    for row in found:
        assert re.fullmatch(r"u-[a-z2-7]{12}", row["id"])
        assert row["method"] == "given"
        assert row["score"] is None
        assert list(row["segments"]) == [tag for tag in TAGS if tag in row["segments"]]
        assert len(row["segments"]) > 1
        assert re.fullmatch(rf"[1-9]\d*(-[1-9]\d*){{{len(row['segments']) - 1}}}", row["bead"]), row["id"]
        texts = [row["segments"].get(tag, {}).get("text", "") for tag in ("ja", "zh-Hans", "en")]
        digest = b32encode(hashlib.sha256("\x1f".join(texts).encode()).digest()).decode("ascii").lower()
        assert row["id"] == f"u-{digest[:12]}"
        for segment in row["segments"].values():
            text = (folder / segment["document"]).read_text(encoding="utf-8")
            assert squeeze(segment["text"]) in squeeze(text), row["id"]


@every_corpus
def test_units_are_in_reading_order(folder: Path) -> None:
    """In each document, by where a unit's text begins there; a text that stands twice counts where it fits."""
    last: dict[tuple[str, str], int] = {}
    squeezed = {path.name: squeeze(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")}
    for row in rows(folder / "units.jsonl"):
        for tag, segment in row["segments"].items():
            key = (segment["document"], tag)
            at = squeezed[segment["document"]].find(squeeze(segment["text"]), last.get(key, 0))
            assert at >= 0, row["id"]
            last[key] = at
