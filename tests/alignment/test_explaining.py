"""Likelihood ratios of segments given blocks, against slow code."""

from __future__ import annotations

from math import log, log1p
from typing import TYPE_CHECKING

import numpy as np
import pytest

from termalign.alignment.explaining import Ratios, explain
from termalign.alignment.keys import key_run
from termalign.alignment.sides import Side, side_of
from termalign.model import Segment

if TYPE_CHECKING:
    from termalign.alignment.sides import Ints

GIVEN = ["One two two.", "...", "", "Three one four.", "Five " * 40, "Two six!", "Seven."]
TOLD = ["Eleven twelve.", "", "Twelve " * 70 + "thirteen", "Fourteen, eleven.", "Fifteen twelve sixteen"]


def side(texts: list[str]) -> Side:
    return side_of(key_run([Segment(language="en", text=text) for text in texts]))


def slow(ratios: Ratios, given: Side, types: Ints, block: range) -> float:
    """Take key by key of one segment and of one block."""
    value = {(t, s): one for s, t, one in zip(ratios.given, ratios.told, ratios.value, strict=True)}
    keys = [s for i in block for s in given.types[i]]
    size = given.sizes[block.start : block.stop].sum()
    return sum(
        log(ratios.rest[t]) + log1p(sum(value.get((t, s), 0.0) for s in keys) / size / ratios.rest[t]) for t in types
    )


@pytest.mark.parametrize("low", [[0] * 5, [0, 0, 2, 3, 6]])
@pytest.mark.parametrize("high", [[7] * 5, [2, 5, 7, 7, 7]])
def test_segments_are_explained_key_by_key(low: list[int], high: list[int]) -> None:
    given, told = side(GIVEN), side(TOLD)
    generator = np.random.default_rng(3)
    pairs = generator.permutation(len(given.keys) * len(told.keys))[: len(given.keys) * len(told.keys) // 2]
    value, rest = generator.exponential(50.0, len(pairs)), generator.uniform(0.3, 0.8, len(told.keys))
    ratios = Ratios(pairs % len(given.keys), pairs // len(given.keys), value, rest)
    found = explain(ratios, given=given, told=told, low=np.array(low), high=np.array(high))
    for j, (start, end) in enumerate(zip(low, high, strict=True)):
        for a in range(1, found.scores.shape[0] + 1):
            for k in range(found.scores.shape[2]):
                block = range(start + k, start + k + a)
                expected = slow(ratios, given, told.types[j], block) if block.stop <= end else -np.inf
                assert found.scores[a - 1, j, k] == pytest.approx(expected, rel=1e-5, abs=1e-5)
