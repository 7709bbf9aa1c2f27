"""What an encoder says of blocks, and that it steers an alignment which words alone get wrong."""

from __future__ import annotations

import numpy as np
import pytest
from tinymodel import FakeEncoder, write_model

from termalign.alignment.align import align
from termalign.alignment.keys import Run, key_run
from termalign.alignment.meaning import WEIGHT, Meaning, meaning_of
from termalign.alignment.search import Block, Corridor
from termalign.encoders import Vectors, load_encoder
from termalign.lexicon import Lexicon
from termalign.model import Bead, Segment

# Words that no lexicon knows, in lines of one length: words, numbers and lengths say nothing of which line is which.
JA = ["ゾメ", "ナキ", "ヘル", "ムソ", "リバ", "テク"]
EN = ["zomu", "nako", "helo", "muso", "ribo", "teku"]
MEANINGS = {word: number for words in (JA, EN) for number, word in enumerate(words)}


def run(texts: list[str], language: str) -> Run:
    return key_run([Segment(language=language, text=text) for text in texts])


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def beads(found: tuple[Bead, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(one.src, one.tgt) for one in found]


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    vectors = Vectors(FakeEncoder(MEANINGS))
    return meaning_of(
        run([*JA[:3], "", JA[3], "ゾメ。ナキ"], "ja"), run([*EN[:4], "zomu nako", EN[5]], "en"), vectors=vectors
    )


def test_a_block_and_its_translation_have_margin_one_for_each_segment(meaning: Meaning) -> None:
    found = meaning.of([Block(0, 0, 1, 1), Block(0, 0, 3, 3), Block(5, 4, 1, 1), Block(0, 0, 1, 0), Block(0, 0, 0, 1)])
    assert found[0] == pytest.approx(WEIGHT, abs=1e-4)
    assert found[1] == pytest.approx(3 * WEIGHT, abs=1e-4)
    assert found[2] == pytest.approx(WEIGHT, abs=0.1)
    assert found[3:].tolist() == [0.0, 0.0]


def test_other_blocks_are_nearer_to_zero_or_below(meaning: Meaning) -> None:
    found = meaning.of([Block(0, 1, 1, 1), Block(0, 0, 1, 2), Block(3, 3, 1, 1)])
    assert found[0] < 0
    assert 0 < found[1] < 1.5 * WEIGHT
    assert abs(found[2]) < WEIGHT / 2


@pytest.mark.parametrize("rows", [range(7), range(2, 4), range(6, 7)])
def test_a_stretch_says_what_blocks_anywhere_say(meaning: Meaning, rows: range) -> None:
    corridor = Corridor(np.array([0, 0, 0, 1, 1, 2, 3]), np.array([3, 4, 6, 6, 6, 6, 6]))
    near = meaning.near(corridor, rows)
    for a, b in ((1, 1), (2, 1), (1, 2), (3, 3), (4, 4)):
        for j in (*(j for j in rows if j + b <= 6), *(j - b for j in rows if j >= b)):
            blocks = [Block(i, j, a, b) for i in range(corridor.low[j], corridor.high[j + b] + 1 - a)]
            places = np.array([one.i for one in blocks], dtype=np.int64)
            assert np.allclose(near.of(places, np.full(len(blocks), j), a=a, b=b), meaning.of(blocks), atol=1e-6)


@pytest.mark.parametrize("kind", ["fake", "onnx"])
def test_it_steers_an_alignment_that_words_get_wrong(
    kind: str, lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if kind == "onnx":
        pytest.importorskip("onnx")
        vectors = Vectors(load_encoder(write_model(tmp_path_factory.mktemp("models") / "tiny", MEANINGS)))
    else:
        vectors = Vectors(FakeEncoder(MEANINGS))
    left, right = run([JA[0], JA[2], JA[3], JA[4], JA[5]], "ja"), run([EN[0], EN[1], EN[2], EN[3], EN[4]], "en")
    right_beads = [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), (3,)), ((3,), (4,)), ((4,), ())]
    by_words, by_both = align(left, right, lexicon=lexicon), align(left, right, lexicon=lexicon, vectors=vectors)
    assert beads(by_words) != right_beads
    assert beads(by_both) == right_beads
    assert align(left, right, lexicon=lexicon, vectors=vectors) == by_both
    assert sum(one.score for one in by_both) > sum(one.score for one in by_words)


def test_one_segment_a_side_and_texts_without_vectors_are_aligned(lexicon: Lexicon) -> None:
    vectors = Vectors(FakeEncoder(MEANINGS))
    for left, right in (([JA[0]], [EN[0]]), (["。"], ["."]), ([""], ["", ""])):
        found = align(run(left, "ja"), run(right, "en"), lexicon=lexicon, vectors=vectors)
        assert [n for one in found for n in one.tgt] == list(range(len(right)))
        assert all(0 <= one.score <= 1 for one in found)
