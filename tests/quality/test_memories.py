"""The score of a link from a translation memory is a probability: on a third of the documentation, with the weights in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.fit_memory import piles_of, told_by
from scripts.label_memory import DOUBTFUL, RIGHT, files_of, pile, read_known, weighed
from termalign.alignment.competing import SOURCES
from termalign.alignment.trust import trust
from termalign.evaluation import area_under_curve, brier_skill, calibration_error
from termalign.lexicon import Lexicon

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.quality


def test_scores_hold_on_pairs_of_a_memory(shared: Path, tmp_path: Path) -> None:
    folder = shared / "bench" / "terms-docs"
    files = list(files_of(folder / "python-docs.segments.jsonl").values())
    memory, pairs = weighed([line for one in files[1::3] for line in one], Lexicon.load(), folder=tmp_path)
    found = pile("1of3", memory, pairs, group=1, known=read_known(folder / "python-docs.terms.tsv"))
    (one,) = piles_of(SOURCES, found)
    told = told_by(trust("memory"), one)
    for sure in (one.labels != DOUBTFUL, one.labels >= RIGHT):  # without the doubtful, and with them as wrong
        values, right = told[sure].tolist(), [bool(label) for label in one.labels[sure] == RIGHT]
        assert len(values) >= 450
        assert brier_skill(values, right) >= 0.7
        assert area_under_curve(values, right) >= 0.93  # wrong pairs that a longer term explains do not compete
        assert calibration_error(values, right) <= 0.05
