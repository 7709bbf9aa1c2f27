"""The parts of mining: pools, partners, gains, candidates against a full search, rivals, assignment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.alignment.mining.assigning import N_RIVALS, assign, best_of, mean_of_others
from termalign.alignment.mining.candidates import N_NEAREST, NORM, Retriever
from termalign.alignment.mining.gains import gains_of
from termalign.alignment.mining.judging import COUNTS, N_FIGURES, RATIO
from termalign.alignment.mining.linking import Linker
from termalign.alignment.mining.mine import first_look, second_look
from termalign.alignment.mining.partners import Partners, find_partners, partners_of
from termalign.alignment.mining.pool import MAX_SENTENCE, Pool, pool_of
from termalign.alignment.mining.scoring import Scorer
from termalign.lexicon import Lexicon

JA = [
    "量子コンピュータの研究に2020年に30億円を投じた。",
    "ウォレン氏は京都を訪れた。",
    "print(x)",
    "大学と企業が協力する。",
]
EN = [
    "Universities and companies cooperate.",
    "In 2020, 3 billion yen was invested in research on quantum computers.",
    "Mr Warren visited Kyoto.",
    "",
]


def pool(texts: list[str], language: str) -> Pool:
    return pool_of(((text, None) for text in texts), language=language)


@pytest.fixture(scope="module")
def sides() -> tuple[Pool, Pool, Partners]:
    partners, left, right = find_partners(pool(JA, "ja"), pool(EN, "en"), lexicon=Lexicon.load())
    return left, right, partners


def strength(sides: tuple[Pool, Pool, Partners], ja: str, en: str) -> float:
    left, right, partners = sides
    owner, other = left.index[ja], right.index[en]
    part = slice(partners.first[owner], partners.first[owner + 1])
    found = dict(zip(partners.other[part].tolist(), partners.strength[part].tolist(), strict=True))
    return float(found.get(other, 0.0))


def test_lines_that_are_no_sentences_of_the_language_have_no_keys() -> None:
    found = pool([*JA, "漢字" * MAX_SENTENCE], "ja")
    assert [len(found.row(number)) > 0 for number in range(len(found))] == [True, True, False, True, False]
    assert len(pool(EN, "en").row(3)) == 0


def test_words_numbers_and_names_find_partners(sides: tuple[Pool, Pool, Partners]) -> None:
    assert strength(sides, "量子", "quantum") == 1.0
    assert strength(sides, "#2020", "#2020") == 1.0
    assert strength(sides, "#3000000000", "#3000000000") == 1.0
    assert strength(sides, "うぉれん", "warren") > 0.6
    assert strength(sides, "京都", "warren") == 0.0


def test_the_partners_of_the_other_side_are_the_same_pairs(sides: tuple[Pool, Pool, Partners]) -> None:
    left, right, partners = sides
    back = partners.flipped(len(right.keys)).flipped(len(left.keys))
    assert np.array_equal(back.first, partners.first)
    assert np.array_equal(back.other, partners.other)
    assert np.array_equal(back.strength, partners.strength)


def test_of_two_reasons_for_a_pair_the_stronger_one_stays() -> None:
    found = partners_of(np.array([1, 0, 1]), np.array([2, 0, 2]), np.array([0.3, 1.0, 0.6]), n_types=2)
    assert (found.first.tolist(), found.other.tolist(), found.strength.tolist()) == ([0, 1, 2], [0, 2], [1.0, 0.6])


def test_the_rarer_a_partner_the_more_it_gains_and_one_that_is_everywhere_gains_nothing() -> None:
    left = pool(["京都", "大学", "私"] * 700, "ja")
    right = pool(["kyoto is here", *["university is here"] * 99, *["nothing is here"] * 2000], "en")
    partners = partners_of(
        np.array([left.index[fold] for fold in ("京都", "大学", "私")]),
        np.array([right.index[key] for key in ("kyoto", "university", "here")]),
        np.ones(3),
        n_types=len(left.keys),
    )
    gains = gains_of(left, right, partners)
    kyoto, university, everywhere = (gains.hit[left.index[key]] for key in ("京都", "大学", "私"))
    assert kyoto > university > 0.0
    assert everywhere == 0.0
    assert gains.miss[left.index["京都"]] < 0.0
    assert np.all(gains.hit >= 0.0)
    assert np.all(gains.miss <= 0.0)


def test_words_are_linked_one_to_one(sides: tuple[Pool, Pool, Partners]) -> None:
    left, right, partners = sides
    gains = gains_of(left, right, partners), gains_of(right, left, partners.flipped(len(right.keys)))
    scorer = Scorer(left, right, partners, gains)
    pairs = np.array([0, 1]), np.array([1, 1])
    links = scorer.linker.links(*pairs)
    for side in (links.src, links.tgt):
        assert len(np.unique(links.pair * len(left.keys + right.keys) + side)) == len(side)
    good, bad = scorer.figures(*pairs)
    assert good[RATIO] > 0.0 > bad[RATIO]
    assert good[COUNTS : COUNTS + 2].tolist() == [2, 0]
    assert bad[N_FIGURES + COUNTS : N_FIGURES + COUNTS + 2].tolist() == [0, 2]


@given(st.data())
def test_words_are_linked_as_one_after_the_other_would_be(data: st.DataObject) -> None:
    words = st.lists(st.integers(0, 11), max_size=6, unique=True)
    rows = [data.draw(st.lists(words, min_size=1, max_size=5)) for _ in range(2)]
    left, right = (made(one) for one in rows)
    entry = st.tuples(st.integers(0, 11), st.integers(0, 11))
    listed = data.draw(st.dictionaries(entry, st.sampled_from([0.3, 0.6, 1.0]), min_size=1))
    owners, others = (np.array(side) for side in zip(*listed, strict=True))
    partners = partners_of(owners, others, np.array(list(listed.values())), n_types=12)
    gains = gains_of(left, right, partners), gains_of(right, left, partners.flipped(12))
    pairs = [(i, j) for i in range(len(rows[0])) for j in range(len(rows[1]))]
    links = Linker(left, right, partners, gains).links(*(np.array(side) for side in zip(*pairs, strict=True)))
    found = set(zip(links.pair.tolist(), links.src.tolist(), links.tgt.tolist(), strict=True))
    wanted = set()
    for number, (i, j) in enumerate(pairs):
        met = [(s, t) for s in rows[0][i] for t in rows[1][j] if (s, t) in listed]
        met.sort(key=lambda one: (-listed[one] * (gains[0].hit[one[0]] + gains[1].hit[one[1]]), one))
        used: set[tuple[int, int]] = set()
        for s, t in met:
            if (0, s) not in used and (1, t) not in used:
                used |= {(0, s), (1, t)}
                wanted.add((number, s, t))
    assert found == wanted


@given(st.data())
def test_the_index_finds_what_a_full_search_finds(data: st.DataObject) -> None:
    words = st.lists(st.integers(0, 11), max_size=6, unique=True)
    rows = [data.draw(st.lists(words, min_size=1, max_size=12)) for _ in range(2)]
    left, right = (made(one) for one in rows)
    listed = data.draw(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=1, unique=True))
    owners, others = (np.array(side) for side in zip(*listed, strict=True))
    partners = partners_of(owners, others, np.ones(len(listed)), n_types=12)
    gains = gains_of(left, right, partners), gains_of(right, left, partners.flipped(12))
    found: dict[int, list[int]] = {}
    for i, j in zip(
        *(side.tolist() for side in Retriever(left, right, partners, gains).nearest(0, len(left))), strict=True
    ):
        found.setdefault(i, []).append(j)
    for i, row in enumerate(rows[0]):
        scores = full_search(row, rows[1], set(listed), gains[0].hit, gains[1].hit)
        assert len(found.get(i, [])) == min(N_NEAREST, len(scores))
        worst = sorted(scores.values(), reverse=True)[:N_NEAREST][-1] if scores else 0.0
        assert all(scores[j] >= worst - 1e-4 for j in found.get(i, []))


def made(rows: list[list[int]]) -> Pool:
    """Make a pool out of numbers."""
    flat = np.array([one for row in rows for one in row], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    keys = tuple(map(str, range(12)))
    index = {key: number for number, key in enumerate(keys)}
    spread = np.bincount(flat, minlength=12)
    return Pool("ja", keys, index, np.full(12, 3), first, flat, np.ones(len(rows)), spread)


def full_search(
    row: list[int],
    rows: list[list[int]],
    pairs: set[tuple[int, int]],
    hit: np.ndarray[tuple[int], np.dtype[np.float64]],
    other_hit: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> dict[int, float]:
    """Score every sentence: for each of its words the partner that gains most."""
    found = {}
    for j, other in enumerate(rows):
        gains = [max((hit[s] + other_hit[t] for s in row if (s, t) in pairs), default=0.0) for t in other]
        total = float(sum(gains))
        if total > 1e-4:
            found[j] = total / float(np.sqrt(sum(other_hit[t] for t in other) + NORM))
    return found


pairs_and_scores = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 100)), min_size=1, unique_by=lambda row: row[:2]
)


@given(pairs_and_scores)
def test_rivals_are_the_other_pairs_of_the_same_sentence(rows: list[tuple[int, int, int]]) -> None:
    side, score = np.array([row[0] for row in rows]), np.array([row[2] / 100 for row in rows])
    best, others = best_of(side, score, others=True), mean_of_others(side, score)
    for number, one in enumerate(side.tolist()):
        rivals = sorted((score[k] for k in np.flatnonzero(side == one) if k != number), reverse=True)
        assert best[number] == (rivals[0] if rivals else 0.0)
        assert others[number] == pytest.approx(sum(rivals[:N_RIVALS]) / N_RIVALS)


@given(pairs_and_scores, st.integers(0, 100))
def test_no_sentence_is_assigned_twice_and_none_without_need_left(rows: list[tuple[int, int, int]], floor: int) -> None:
    src, tgt, score = (np.array(column) for column in zip(*rows, strict=True))
    chosen = assign(src, tgt, score / 100, min_score=floor / 100)
    assert len(set(src[chosen].tolist())) == len(set(tgt[chosen].tolist())) == len(chosen)
    assert list(score[chosen]) == sorted(score[chosen], reverse=True)
    for i, j, one in rows:
        if one >= floor:
            assert i in src[chosen] or j in tgt[chosen]


def test_a_pair_is_looked_at_again_with_all_its_rivals() -> None:
    ja = ["ウォレン氏は京都を訪れた。", "ウォレン氏は大学を訪れた。", "スミス氏は銀行を去った。"]
    en = ["Mr Warren visited Kyoto.", "Mr Warren visited a university.", "Mr Smith left a bank."]
    first = first_look(pool(ja, "ja"), pool(en, "en"), lexicon=Lexicon.load())
    pairs = list(zip(first.src.tolist(), first.tgt.tolist(), strict=True))
    assert {(0, 0), (0, 1), (1, 0), (1, 1)} <= set(pairs)
    again = second_look(first, np.array([float(pair == (0, 0)) for pair in pairs]))
    expected = [pair for pair in pairs if pair[0] == 0 or pair[1] == 0]
    assert list(zip(again.src.tolist(), again.tgt.tolist(), strict=True)) == expected
