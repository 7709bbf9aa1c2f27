"""What stands at the boundaries between segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from termalign.alignment.boundaries import boundaries_of, estimate_kept, prior_kept
from termalign.alignment.search import Block
from termalign.model import Segment

if TYPE_CHECKING:
    from termalign.alignment.boundaries import Boundaries

PLAIN, CLOSED, OPENS, BOTH, INSIDE = range(5)


def of(*texts: str, language: str = "en", blocks: tuple[int, ...] = ()) -> Boundaries:
    numbers = blocks or tuple(range(len(texts)))
    return boundaries_of(
        [Segment(language=language, text=text, block=n) for text, n in zip(texts, numbers, strict=True)]
    )


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("He left.", "She stayed."), [PLAIN, PLAIN, PLAIN]),
        (("'Well?", "Had enough?'", "He laughed."), [OPENS, INSIDE, CLOSED, PLAIN]),
        (("“Yes.”", "“No.”"), [OPENS, BOTH, CLOSED]),
        (("The boys' dog didn't bark.", "It's late."), [PLAIN, PLAIN, PLAIN]),
        (("他说：“好。", "走吧。”", "他走了。"), [PLAIN, INSIDE, CLOSED, PLAIN]),
        (("「はい。」", "彼は頷いた。"), [OPENS, CLOSED, PLAIN]),
    ],
)
def test_quotations(texts: tuple[str, ...], expected: list[int]) -> None:
    assert of(*texts).classes[1].tolist() == expected


def test_ends_of_sentences_are_classes() -> None:
    full, question, exclamation, other, none = (
        of("He left.", "Why?'", "去！”", "如下：", "Contents").classes[0][1:].tolist()
    )
    assert len({full, question, exclamation, other, none}) == 5
    assert of("为什么？", language="zh-Hans").classes[0].tolist()[1:] == [question]


def test_paragraphs_end_where_the_block_changes() -> None:
    assert of("a", "b", "c", blocks=(0, 0, 1)).classes[2].tolist() == [1, 0, 1, 1]


def test_no_segment_has_one_boundary() -> None:
    assert [len(one) for one in of().classes] == [1, 1, 1]


def test_boundaries_that_look_alike_meet_more_often() -> None:
    one = of("'Well?", "Had enough?'", "He laughed.", "'No.'")
    met = prior_kept(one, one).met[1]
    assert all(met[k, k] > 0 for k in (PLAIN, OPENS, INSIDE))
    assert met[PLAIN, INSIDE] < 0


def test_a_text_without_quotation_marks_loses_nothing_for_it() -> None:
    quoted = of(*["'Well?", "Had enough?'", "He laughed."] * 40)
    plain = of(*["Well?", "Had enough?", "He laughed."] * 40)
    beads = {Block(n, n, 1, 1): 1.0 for n in range(120)}
    kept = estimate_kept(beads, quoted, plain)
    assert np.abs(kept.met[1][[OPENS, INSIDE, CLOSED], PLAIN]).max() < 0.2
