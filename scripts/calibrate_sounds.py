"""Learn ``termalign/data/sound/calibration.toml``: how likely two terms are one word, given how well their pieces fit.

    python -m scripts.calibrate_sounds     learn, write, and print how well it holds

Each pair of our lists that sounds alike is weighed by tables learned without its quarter of the lists, and so is, for the same word,
the one of 300 others that fits best. A logistic function of three things tells the two apart: the weight as a share of the larger
information of the two strings, the logarithm of the smaller information, and how unequal the two are.
"""

from __future__ import annotations

import random
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.make_sound_tables import PAIRS, Learner, fold_of, word_pairs
from termalign.languages.sound.letters import spoken
from termalign.languages.sound.similarity import MAX_UNBALANCE
from termalign.languages.sound.transducer import Transducer

if TYPE_CHECKING:
    from collections.abc import Sequence

OUT = Path(__file__).resolve().parents[1] / "termalign" / "data" / "sound" / "calibration.toml"
FOLDS = 4
RIVALS = 300
MAX_PAIRS = 700  # of one pair of languages
NAMES = ("bias", "share", "length", "balance")
STEPS = 40  # of Newton's method; it stands still long before
RIDGE = 1e-3

Row = tuple[tuple[float, ...], int]


def features(model: Transducer, left: str, right: str, languages: Sequence[str]) -> tuple[float, ...]:
    """Return what the likelihood of two terms is made of; the best readings count."""
    found = []
    for one in spoken(left, languages[0]):
        for other in spoken(right, languages[1]):
            information = model.information(one, other)
            share = max(-2.0, model.weight(one, other) / max(information))
            found.append(
                (1.0, share, log(min(information)), min(MAX_UNBALANCE, 1 - min(information) / max(information)))
            )
    return max(found, key=lambda one: one[1])


def rows(name: str, *, rng: random.Random) -> list[Row]:
    """Weigh true pairs and the best wrong ones, each by tables that did not see it."""
    words = sorted(set(word_pairs(name)))
    languages = PAIRS[name]
    whole = Learner(name, words)
    whole.learn()
    alike = set(whole.pairs)
    found: list[Row] = []
    for fold in range(FOLDS):
        learner = Learner(name, [pair for pair in words if fold_of(pair, FOLDS) != fold])
        learner.learn()
        sides = [{one: -log(share) for one, share in side.items()} for side in learner.shares]
        model = Transducer(learner.table(), sides[0], sides[1])
        held = [
            pair
            for pair in words
            if fold_of(pair, FOLDS) == fold
            and any(
                (one, other) in alike
                for one in spoken(pair[0], languages[0])
                for other in spoken(pair[1], languages[1])
            )
        ]
        for left, right in rng.sample(held, min(len(held), MAX_PAIRS // FOLDS)):
            found.append((features(model, left, right, languages), 1))
            true = {pair[0] for pair in words if pair[1] == right}
            others = [one for one in sorted({pair[0] for pair in held} - true) if spoken(one, languages[0])]
            rivals = [features(model, one, right, languages) for one in rng.sample(others, min(RIVALS, len(others)))]
            found.append((max(rivals, key=lambda one: one[1]), 0))
    return found


def fit(data: Sequence[Row]) -> list[float]:
    """Fit a logistic function by Newton's method."""
    import numpy as np  # noqa: PLC0415 - for this step only

    x = np.array([one for one, _ in data])
    y = np.array([label for _, label in data])
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + RIDGE * weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return [float(one) for one in weights]


def likelihood(weights: Sequence[float], row: Sequence[float]) -> float:
    """Return the likelihood that a pair is one word."""
    return 1 / (1 + exp(-sum(a * b for a, b in zip(weights, row, strict=True))))


def main() -> None:
    """Learn, write and report."""
    lines = ["# Made by scripts/calibrate_sounds.py, which says what the numbers mean.", ""]
    for name in PAIRS:
        data = rows(name, rng=random.Random(7))  # noqa: S311 - which pairs are drawn is no secret
        weights = fit(data)
        lines += [
            f"[logistic.{name}]",
            *(f"{key} = {value:.3f}" for key, value in zip(NAMES, weights, strict=True)),
            "",
        ]
        print(name, len(data), "rows")
        told = [(likelihood(weights, row), label) for row, label in data]
        for low in range(10):
            bin_ = [label for value, label in told if low / 10 <= value < (low + 1) / 10]
            print(
                f"  {low / 10:.1f}-{(low + 1) / 10:.1f}: {len(bin_):4d} pairs, {sum(bin_) / max(1, len(bin_)):.2f} one word"
            )
    OUT.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
