"""Pairs that a longer term explains, against counting with sets."""

from __future__ import annotations

import numpy as np
import pytest

from termalign.alignment.counting import Pairs
from termalign.alignment.nesting import explained

LEFT = ("量子", "量子计算", "量子计算机")
RIGHT = ("compute", "quantum compute", "quantum computer", "quantum")


def pairs(rows: list[tuple[str, str, int]]) -> Pairs:
    columns = [
        [LEFT.index(left) for left, _, _ in rows],
        [RIGHT.index(right) for _, right, _ in rows],
        [joint for _, _, joint in rows],
    ]
    left, right, joint = (np.array(column, np.int32) for column in columns)
    return Pairs(left=left, right=right, joint=joint, n_left=joint, n_right=joint, n_units=100)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("量子计算机", "quantum computer", 9), ("量子计算", "quantum computer", 9)], [False, True]),
        ([("量子计算机", "quantum computer", 8), ("量子计算", "quantum computer", 9)], [False, True]),
        ([("量子计算机", "quantum computer", 7), ("量子计算", "quantum computer", 9)], [False, False]),
        ([("量子计算机", "quantum computer", 90), ("量子计算", "quantum computer", 95)], [False, True]),
        ([("量子计算机", "quantum computer", 9), ("量子计算", "quantum compute", 9)], [False, False]),
        (
            [("量子计算", "quantum compute", 5), ("量子计算", "compute", 5), ("量子计算", "quantum", 5)],
            [False, True, True],
        ),
        ([("量子", "compute", 5), ("量子", "quantum computer", 5)], [False, False]),  # compute is no word of it
        ([], []),
    ],
)
def test_what_lies_inside_a_longer_term_is_no_occurrence(
    rows: list[tuple[str, str, int]], expected: list[bool]
) -> None:
    found = explained(pairs(rows), (LEFT, RIGHT), is_spaced=(False, True))
    assert found.tolist() == expected
