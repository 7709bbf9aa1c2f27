"""Words and names that sound alike, and how well the right one is found among others."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.languages.sound.index import SoundIndex
from termalign.languages.sound.letters import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

CASES = Path(__file__).parent / "languages" / "cases"
CORE = Path(__file__).resolve().parents[1] / "termalign" / "data" / "core"
N_DISTRACTORS = 1500
FOREIGN = ("person", "place", "company")


def rows(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def loanwords() -> dict[str, str]:
    return {row["ja"]: row["en"] for row in rows(CASES / "katakana.tsv")}


def distractors(words: Iterable[str]) -> list[str]:
    """English of the core lexicon, half of it of its katakana words, so that it sounds like katakana."""
    known = {word.casefold() for word in words}
    found: list[str] = []
    for names, n in (
        (("katakana",), N_DISTRACTORS // 2),
        (("computing", "science", "general", "policy"), N_DISTRACTORS // 2),
    ):
        terms = {term for name in names for row in rows(CORE / f"{name}.tsv") for term in row["en"].split("|") if term}
        fresh = sorted(one for one in terms if one.casefold() not in known and spoken(one, "en") and one not in found)
        found += sorted(fresh, key=lambda one: hashlib.sha256(one.encode()).digest())[:n]
    return found


def names(left: str, right: str) -> dict[str, set[str]]:
    """Return the counterparts of each foreign name, from one column to another."""
    found: dict[str, set[str]] = {}
    for row in rows(CASES / "names.tsv"):
        if row["kind"] in FOREIGN:
            found.setdefault(row[left], set()).add(row[right])
    return found


def ranks(
    gold: Mapping[str, set[str]],
    others: Sequence[str],
    *,
    languages: tuple[str, str],
    weigh: Callable[[str, str], float],
) -> dict[str, int]:
    """Rank the right counterpart of each term among all that the index finds; 0 where it does not find it."""
    right = {one for found in gold.values() for one in found}
    index = SoundIndex(sorted({*right, *others}), language=languages[1], other=languages[0])
    found = {}
    for term, wanted in gold.items():
        scores = {other: weigh(term, other) for other in index.near(term)}
        best = max((scores[one] for one in wanted if one in scores), default=None)
        found[term] = 0 if best is None else 1 + sum(scores[one] > best for one in scores if one not in wanted)
    return found


def first(found: Mapping[str, int]) -> float:
    return sum(rank == 1 for rank in found.values()) / len(found)


def reciprocal(found: Mapping[str, int]) -> float:
    return sum(1 / rank for rank in found.values() if rank) / len(found)
