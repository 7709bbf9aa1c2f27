"""Large collections for ``mine``, made from the texts of ``bench``: what no test data of the right kind is large enough for.

A sentence is made of clauses of several sentences, with a word of a dictionary in some of them, drawn by Zipf's law, and with other
numbers, so that there are as many rare words as a natural text of that size has. The news are left whole: they are the pairs to find.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["TAGS", "Hidden", "hidden_news"]

TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
SHARE_WITH_WORD = 0.5  # of the clauses, that get a word of a dictionary
MAX_CLAUSES = 4
CLAUSE = {"ja": "[^、。「」]{4,60}", "zh": "[^，。；“”]{4,40}", "en": "[^,.;:]{12,120}"}
JOINT, END = {"ja": "、", "zh": "，", "en": ", "}, {"ja": "。", "zh": "。", "en": "."}
WORDS = {
    "ja": ("edict.utf8.gz", re.compile(r"^(\S+) ")),
    "zh": ("cedict_1_0_ts_utf-8_mdbg.txt.gz", re.compile(r"^\S+ (\S+) ")),
    "en": ("edict.utf8.gz", re.compile(r"/(?:\([^)]*\) )*([a-z]{4,})/")),
}


class Hidden(NamedTuple):
    """Two collections, and the pairs of them that translate each other."""

    src: list[str]
    tgt: list[str]
    gold: set[tuple[int, int]]


def hidden_news(bench: Path, source: str, target: str, *, n: int) -> Hidden:
    """Hide the news among ``n`` sentences a side.

    Args:
        bench: The folder of public data.
        source: Code of a language, ``ja``, ``zh`` or ``en``.
        target: That of another.
        n: How many sentences each side is to have, the pairs among them.

    Returns:
        The two sides, always the same ones.
    """
    sides, places = [], []
    for side, code in enumerate((source, target)):
        draw = random.Random(f"{code} {n}")  # noqa: S311 - a fixed sample
        numbered = list(enumerate(_news(bench, code)))[: n // 2]
        make = _maker(_clauses(bench, code, side), _words(bench, code), code, draw)
        numbered += [(-1, make()) for _ in range(n - len(numbered))]
        draw.shuffle(numbered)
        sides.append([text for _, text in numbered])
        places.append({number: at for at, (number, _) in enumerate(numbered) if number >= 0})
    return Hidden(sides[0], sides[1], {(at, places[1][number]) for number, at in places[0].items()})


def _news(bench: Path, code: str) -> list[str]:
    """Read the news, in an order that is the same in all languages."""
    folder = bench / "align-tri-news" / "doc-asis"
    paths = sorted(folder.glob(f"*.{code}.txt"))
    return [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def _clauses(bench: Path, code: str, side: int) -> list[str]:
    """Cut half of the documentation and of the essays and novels into clauses: the half that the other side does not get."""
    lines = (bench / "terms-docs" / "python-docs.segments.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)[code] for line in lines[side::2]]
    for folder in ("align-zh-en-lit", "align-zh-en-prose"):
        for path in sorted((bench / folder).glob(f"*.{code}.txt")):
            whole = path.read_text(encoding="utf-8").splitlines()
            texts += whole[: len(whole) // 2] if side else whole[len(whole) // 2 :]
    return sorted({clause.strip() for text in texts for clause in re.findall(CLAUSE[code], text)})


def _words(bench: Path, code: str) -> list[str]:
    """Read the words of a dictionary."""
    name, pattern = WORDS[code]
    with gzip.open(bench / "lexicon" / name, "rt", encoding="utf-8") as lines:
        return sorted({found[1] for line in lines if (found := pattern.search(line))})


def _maker(clauses: list[str], words: list[str], code: str, draw: random.Random) -> Callable[[], str]:
    """Return a function that makes sentences of one language."""
    draw.shuffle(words)
    weights = list(accumulate(1.0 / rank for rank in range(1, len(words) + 1)))

    def clause() -> str:
        text = re.sub("[0-9]+", lambda _: str(int(10 ** draw.uniform(0, 4))), draw.choice(clauses))
        if draw.random() >= SHARE_WITH_WORD:
            return text
        word = words[bisect_left(weights, draw.uniform(0, weights[-1]))]
        return f"{word} {text}" if code == "en" else word + ("の" if code == "ja" else "的") + text

    def sentence() -> str:
        return JOINT[code].join(clause() for _ in range(draw.randint(1, MAX_CLAUSES))) + END[code]

    return sentence
