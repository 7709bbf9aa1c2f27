"""How sure a bead is."""

from __future__ import annotations

import numpy as np

from termalign.alignment.confidence import Judged, confidence


def run(share: float, known: float, n: int) -> list[Judged]:
    return [Judged(share=share, known=known * 40, size=40.0)] * n


def test_no_bead_has_no_score() -> None:
    assert confidence([]).shape == (0,)


def test_what_the_lexicon_supports_is_as_sure_as_its_share_of_paths() -> None:
    assert np.allclose(confidence(run(0.9, 0.4, 40)), 0.9, atol=0.01)


def test_a_path_without_support_is_not_believed() -> None:
    assert confidence(run(0.9, -0.6, 40)).max() < 0.2
    assert confidence(run(0.99, -0.5, 3)).max() < 0.2


def test_more_text_is_more_evidence() -> None:
    assert confidence(run(0.9, 0.0, 10))[5] > confidence(run(0.9, 0.0, 1))[0]


def test_a_part_that_does_not_match_scores_low_in_a_text_that_does() -> None:
    scores = confidence([*run(0.9, 0.4, 60), *run(0.3, -0.6, 60), *run(0.9, 0.4, 60)])
    assert scores[80:100].max() < 0.1
    assert scores[:30].min() > 0.85
