"""The score of a link is a probability: on labelled links of an eighth of the documentation, with the weights in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from scripts.fit_links import CROSSED, RIGHT, piles_of, told_by
from scripts.label_links import Labeller, ground_of, pile, read_concepts, read_memory
from termalign.alignment.trust import trust
from termalign.evaluation import area_under_curve, brier_skill, calibration_error
from termalign.evidence import EVIDENCE
from termalign.lexicon import Lexicon

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.quality


def test_scores_hold_on_labelled_links(shared: Path) -> None:
    lexicon, folder = Lexicon.load(), shared / "bench" / "terms-docs"
    memory = read_memory(folder / "python-docs.segments.jsonl", lexicon, first=3, step=8)
    ground = ground_of(memory, memory.files, lexicon)
    labeller = Labeller(read_concepts(folder / "python-docs.terms.tsv"), ground)
    found = pile("part0", ground, memory.files, offset=0, memory=memory, labeller=labeller)
    for one in piles_of(tuple(EVIDENCE), "part0", found):
        told = told_by(trust(), one)
        chosen = one.labels <= CROSSED if one.kind == "part" else np.ones(len(told), dtype=np.bool_)
        values, right = told[chosen].tolist(), [bool(label) for label in one.labels[chosen] == RIGHT]
        assert len(values) >= 500
        assert brier_skill(values, right) >= 0.85
        assert area_under_curve(values, right) >= 0.97
        assert calibration_error(values, right) <= 0.05
