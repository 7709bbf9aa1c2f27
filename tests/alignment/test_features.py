"""Features and scores of blocks, against slow code."""

from __future__ import annotations

import numpy as np
import pytest

from termalign.alignment.keys import key_run
from termalign.alignment.lengths import lengths_of
from termalign.alignment.linking import best_path, posteriors
from termalign.alignment.search import Block
from termalign.alignment.sides import side_of
from termalign.model import Segment

LINES = ["One two three.", "Four.", "Five six seven eight nine.", "Ten eleven."]


def test_lengths_anywhere_are_those_of_a_row() -> None:
    side = side_of(key_run([Segment(language="en", text=text) for text in LINES]))
    lengths = lengths_of(side, side)
    for a, b in ((1, 1), (2, 1), (1, 2)):
        for j in range(len(LINES) - b + 1):
            row = lengths.scores(a, b, j=j, first=0, last=len(LINES) - a)
            places = np.arange(len(LINES) - a + 1)
            assert np.allclose(lengths.of(places, np.full(len(places), j), a=a, b=b), row)


def test_shares_of_paths_add_up() -> None:
    blocks = [
        (Block(0, 0, 1, 1), 1.0),
        (Block(1, 1, 1, 1), 0.5),
        (Block(0, 0, 2, 2), 1.2),
        (Block(0, 0, 1, 0), -3.0),
        (Block(1, 0, 1, 2), 0.1),
        (Block(0, 1, 2, 1), 9.0),  # on no path
    ]
    shares = posteriors(blocks, end=(2, 2))
    assert Block(0, 1, 2, 1) not in shares
    assert sum(share for block, share in shares.items() if (block.i, block.j) == (0, 0)) == pytest.approx(1.0)
    assert shares[Block(0, 0, 1, 1)] == pytest.approx(shares[Block(1, 1, 1, 1)])
    weights = np.exp([1.5, 1.2, -2.9])
    assert shares[Block(0, 0, 2, 2)] == pytest.approx(weights[1] / weights.sum())
    assert best_path(blocks, end=(2, 2)) == (Block(0, 0, 1, 1), Block(1, 1, 1, 1))
