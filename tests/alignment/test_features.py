"""Features and scores of blocks, against slow code."""

from __future__ import annotations

import numpy as np
import pytest

from termalign.alignment.keys import key_run
from termalign.alignment.lengths import BEST, WORST, lengths_of
from termalign.alignment.linking import best_path, posteriors
from termalign.alignment.search import Block
from termalign.alignment.sides import side_of
from termalign.model import Segment

LINES = ["One two three.", "Four.", "Five six seven eight nine.", "Ten eleven."]


def test_blocks_that_keep_the_ratio_of_the_texts_score_best() -> None:
    side = side_of(key_run([Segment(language="en", text=text) for text in LINES]))
    lengths = lengths_of(side, side)
    places = np.arange(len(LINES))
    for i in places:
        scores = lengths.of(np.full(len(LINES), i), places, a=1, b=1)
        assert scores.argmax() == i
        assert (scores >= WORST).all()
        assert (scores <= BEST).all()


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
