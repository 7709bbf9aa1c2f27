"""Fit the weights of ``termalign mine`` on the development half of the public data, and print them as TOML.

    python scripts/fit_mining.py ../shared > termalign/data/mining.toml

Collections: the three of ``mine``; the Python documentation (``terms-docs``) with a partner for one segment of twenty; news, essays and
novels of the sentence alignment sets with a partner for three of twenty. Each is judged with the core lexicon, and with CC-CEDICT and
EDICT. The weights of the second look are fitted on what first looks give that were fitted on other pairs of languages. What each
collection reaches with weights that were fitted on the other pairs of languages is told on the way (standard error).
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termalign.alignment.mining.assigning import assign
from termalign.alignment.mining.judging import FEATURES, probabilities
from termalign.alignment.mining.mine import Look, first_look, second_look
from termalign.alignment.mining.pool import Pool, pool_of
from termalign.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.alignment.mining.pool import Floats

PAIRS = ("ja-zh", "zh-en", "ja-en")
TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
DICTIONARIES = ("cedict_1_0_ts_utf-8_mdbg.txt.gz", "edict.utf8.gz")
WEIGHTS = {"docs": 0.3, "news": 2.0}  # documentation repeats itself, so that its gold is not complete; news are few
RIDGE = 1.0
MIN_SCORES = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)  # that are tried
N_STEPS = 25
HEAD = """\
# Weights of `termalign mine`: a logistic model of how likely two sentences are translations, one weight per feature of
# termalign/alignment/mining/judging.py. Made by scripts/fit_mining.py, which says on what.

# Characters without white space that say the same, Japanese being 1: medians of the same data.
[characters]
en = 2.1
ja = 1.0
zh-Hans = 0.66
zh-Hant = 0.66
"""


class Collection(NamedTuple):
    """Two texts, the pairs hidden in them, and how much they count."""

    kind: str
    pair: str
    src: list[str]
    tgt: list[str]
    gold: set[tuple[int, int]]


def collections(bench: Path) -> Iterator[Collection]:
    """Yield all collections."""
    for pair in PAIRS:
        folder = bench / "mine" / pair
        src, tgt = (lines(folder / f"{side}.txt") for side in ("src", "tgt"))
        gold = {(int(i), int(j)) for i, j in (line.split("\t") for line in lines(folder / "gold.tsv"))}
        yield Collection("mine", pair, src, tgt, gold)
        yield documentation(bench / "terms-docs" / "python-docs.segments.jsonl", pair)
        yield aligned("news", bench / "align-tri-news" / "long-perturbed", pair)
    yield aligned("prose", bench / "align-zh-en-prose", "zh-en")
    yield aligned("lit", bench / "align-zh-en-lit", "zh-en")


def lines(path: Path) -> list[str]:
    """Read the lines of a file."""
    return path.read_text(encoding="utf-8").splitlines()


def documentation(path: Path, pair: str, *, share: float = 0.05, min_length: int = 25) -> Collection:
    """Hide a share of the segments of the documentation among others."""
    source, target = pair.split("-")
    rows = {" ".join(row["en"].lower().split()): row for row in map(json.loads, lines(path))}
    kept = [row for key, row in rows.items() if len(key) >= min_length and row[source] and row[target]]
    return hidden("docs", pair, [([row[source]], [row[target]]) for row in kept], share)


def aligned(kind: str, folder: Path, pair: str, *, share: float = 0.15) -> Collection:
    """Hide a share of the 1-1 beads of aligned documents among others."""
    source, target = pair.split("-")
    beads = []
    for path in sorted(folder.glob("*.beads.tsv")):
        stem, codes, *_ = path.name.rsplit(".", 3)
        if set(codes.split("-")) == {source, target}:
            texts = {code: lines(folder / f"{stem}.{code}.txt") for code in (source, target)}
            for line in lines(path):
                sides = dict(zip(codes.split("-"), line.split("\t"), strict=True))
                beads.append(
                    tuple([texts[code][int(n)] for n in sides[code].split(",") if n] for code in (source, target))
                )
    return hidden(kind, pair, [(left, right) for left, right in beads], share)


def hidden(kind: str, pair: str, beads: Sequence[tuple[list[str], list[str]]], share: float) -> Collection:
    """Keep both sides of some beads of one sentence each, and one side of all others."""
    draw = random.Random(f"{kind} {pair}")  # noqa: S311 - a sample, no secret
    src: list[tuple[str, int]] = []
    tgt: list[tuple[str, int]] = []
    for number, (left, right) in enumerate(beads):
        at = draw.random()
        both = len(left) == len(right) == 1 and at < share
        if both or at < (1 + share) / 2:
            src += [(text, number if both else -1) for text in left]
        if both or at >= (1 + share) / 2:
            tgt += [(text, number if both else -1) for text in right]
    draw.shuffle(src)
    draw.shuffle(tgt)
    places = {number: j for j, (_, number) in enumerate(tgt) if number >= 0}
    gold = {(i, places[number]) for i, (_, number) in enumerate(src) if number >= 0}
    return Collection(
        kind, pair, [" ".join(text.split()) for text, _ in src], [" ".join(text.split()) for text, _ in tgt], gold
    )


def fit(rows: Floats, right: Floats, counts: Floats) -> Floats:
    """Fit a logistic model by Newton's method, with a ridge on all weights but the first."""
    look = np.zeros(rows.shape[1])
    ridge = RIDGE * np.eye(len(look))
    ridge[0, 0] = 1e-6
    for _ in range(N_STEPS):
        told = probabilities(rows, look)
        hessian = (rows * (counts * told * (1 - told))[:, None]).T @ rows + ridge
        look += np.linalg.solve(hessian, rows.T @ (counts * (right - told)) - ridge @ look)
    return look


def fitted(looks: Sequence[tuple[Collection, Look]]) -> Floats:
    """Fit on looks at collections."""
    right = [
        np.array([pair in one.gold for pair in zip(look.src.tolist(), look.tgt.tolist(), strict=True)], dtype=float)
        for one, look in looks
    ]
    counts = [np.full(len(look.src), WEIGHTS.get(one.kind, 1.0)) for one, look in looks]
    return fit(np.concatenate([look.rows for _, look in looks]), np.concatenate(right), np.concatenate(counts))


def tell_held_out(seconds: Sequence[tuple[Collection, Look]]) -> None:
    """Tell what collections reach with weights fitted on the other pairs of languages."""
    for pair in PAIRS:
        others = fitted([(one, look) for one, look in seconds if one.pair != pair])
        for one, look in seconds:
            if one.pair != pair:
                continue
            score = np.round(probabilities(look.rows, others), 4)
            for min_score in MIN_SCORES:
                chosen = assign(look.src, look.tgt, score, min_score=min_score)
                n_right = len(one.gold & set(zip(look.src[chosen].tolist(), look.tgt[chosen].tolist(), strict=True)))
                shares = (
                    n_right / max(1, len(chosen)),
                    n_right / len(one.gold),
                    2 * n_right / (len(chosen) + len(one.gold)),
                )
                print(one.kind, one.pair, min_score, *(f"{share:.3f}" for share in shares), file=sys.stderr)


def main() -> None:
    """Fit both looks and print them."""
    bench = Path(sys.argv[1]) / "bench"
    found = list(collections(bench))
    pools: list[tuple[Pool, Pool]] = []
    for one in found:
        source, target = one.pair.split("-")
        sides = ((one.src, source), (one.tgt, target))
        left, right = (pool_of(((text, None) for text in texts), language=TAGS[code]) for texts, code in sides)
        pools.append((left, right))
        print(one.kind, one.pair, len(one.src), len(one.tgt), len(one.gold), file=sys.stderr)
    firsts: list[tuple[Collection, Look]] = []
    for layers in ((), ("core", "places", *(str(bench / "lexicon" / name) for name in DICTIONARIES))):
        lexicon = Lexicon.load(*layers)
        firsts += [(one, first_look(*pool, lexicon=lexicon)) for one, pool in zip(found, pools, strict=True)]
    seconds = []
    for pair in PAIRS:
        others = fitted([(one, look) for one, look in firsts if one.pair != pair])
        for one, look in firsts:
            if one.pair == pair:
                seconds.append((one, second_look(look, probabilities(look.rows, others))))
    tell_held_out(seconds)
    print(HEAD)
    for name, model in (("first", fitted(firsts)), ("second", fitted(seconds))):
        print(f"[{name}]")
        for feature, weight in zip(FEATURES, model, strict=True):
            print(f'"{feature}" = {weight:.3f}')
        print()


if __name__ == "__main__":
    main()
