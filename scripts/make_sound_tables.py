"""Learn ``termalign/data/sound/*-*.tsv``: which pieces of spellings in two languages stand for the same sounds.

    python scripts/make_sound_tables.py                  learn and write all tables
    python scripts/make_sound_tables.py --without FILE   leave out every word of FILE (tab-separated), for a test on it
    python scripts/make_sound_tables.py --folds 5 --out DIR   for each fold the tables learned without it, and what it holds

Learned from pairs that we wrote: ``core/katakana.tsv`` and ``places/countries.tsv`` of the core lexicon and ``sound_names.tsv``
beside this script. Pairs that turn out not to sound alike (エアコン, air conditioner) drop out while it learns.

The model is a joint multigram (Deligne & Bimbot 1995; for spelling and sound Bisani & Ney 2008, Joint-sequence models for
grapheme-to-phoneme conversion, Speech Communication 50; for names out of katakana Knight & Graehl 1998, Machine transliteration,
CL 24), estimated by expectation maximisation, with absolute discounting and a share of single-letter pairs by sound class
(``classes.toml``) for what was never seen.
"""

from __future__ import annotations

import argparse
import hashlib
import tomllib
from collections import Counter, defaultdict
from itertools import product
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.languages.characters import is_katakana
from termalign.languages.sound.letters import spoken
from termalign.languages.sound.transducer import MAX_LEFT, MAX_RIGHT, SLACK, Transducer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "termalign" / "data"
PAIRS = {"en-ja": ("en", "ja"), "en-zh": ("en", "zh"), "zh-ja": ("zh", "ja")}
ROUNDS = 8
DISCOUNT = 0.4  # taken from every expected count: pieces that one pair alone would need do not pay
BACKOFF = 0.08  # share of single-letter pairs by sound class
LENGTH_PENALTY = 0.9  # nats a letter, for the first round only
OTHER_CLASS = 0.02  # how likely letters of no common class are, against those of one
MIN_GAIN = 0.25  # of the smaller information of two strings, in nats: below it they do not sound alike
MIN_COUNT = 0.05  # expected, of a pair of pieces that is kept while learning

MIN_SHARE = 1e-4  # of a pair of pieces in one pair of words that is counted
CHOOSING = (1, 3, 5)  # rounds after which readings are chosen anew, and what does not sound alike is left out
# Letters of a pair of pieces: two letters may be silent (gh), one sound may be added.
STEPS = [(a, b) for a, b in product(range(MAX_LEFT + 1), range(MAX_RIGHT + 1)) if (b or a in {1, 2}) and (a or b == 1)]

Pair = tuple[str, str]
Move = tuple[int, int, Pair, float]
Words = tuple[str, str]  # as written
Table = dict[str, dict[str, float]]


def cells(row: str) -> list[list[str]]:
    """Split a row into columns and these into forms."""
    return [column.split("|") for column in row.split("\t")]


def word_pairs(name: str) -> Iterator[Words]:
    """Yield written pairs of two languages from our lists."""
    one, other = PAIRS[name]
    for file, columns in (
        (DATA / "core" / "katakana.tsv", {"ja": 0, "en": 4}),
        (DATA / "places" / "countries.tsv", {"ja": 0, "zh": 2, "en": 4}),
        (ROOT / "scripts" / "sound_names.tsv", {"zh": 0, "ja": 1, "en": 2}),
    ):
        if {one, other} <= set(columns):
            for row in file.read_text(encoding="utf-8").splitlines()[1:]:
                found = cells(row)
                for pair in product(found[columns[one]], found[columns[other]]):
                    if not _is_derived(pair):
                        yield pair


def _is_derived(pair: Words) -> bool:
    """Tell whether the English is a gerund and the katakana only the word that it is made of (スケート, skating)."""
    return pair[0].endswith("ing") and is_katakana(pair[1][-1]) and not pair[1].endswith("ング")


def classes(language: str) -> dict[str, frozenset[str]]:
    """Read the sound classes of an alphabet."""
    found = tomllib.loads((DATA / "sound" / "classes.toml").read_text(encoding="utf-8"))[language]
    return {letter: frozenset(names.split()) for letter, names in found.items()}


class Learner:
    """Expectation maximisation over one pair of alphabets.

    Args:
        name: ``en-ja``, ``en-zh`` or ``zh-ja``.
        words: Written pairs.
    """

    def __init__(self, name: str, words: Iterable[Words]) -> None:
        self.languages = PAIRS[name]
        self.readings = [
            found
            for pair in sorted(set(words))
            if all(found := [spoken(word, tag) for word, tag in zip(pair, self.languages, strict=True)])
        ]
        self.pairs: list[Pair] = [(found[0][0], found[1][0]) for found in self.readings]
        self.shares = [self._shares(side) for side in (0, 1)]
        self.backoff = self._backoff()
        self.bits = self._bits()
        self.probability: dict[Pair, float] = {}

    def _shares(self, side: int) -> dict[str, float]:
        letters = Counter(letter for pair in self.pairs for letter in pair[side])
        alphabet = classes(self.languages[side])
        letters.update([*alphabet, *(" " if self.languages[side] == "en" else "")])
        total = sum(letters.values())
        return {letter: count / total for letter, count in letters.items()}

    def _bits(self) -> list[dict[str, int]]:
        """Number the sound classes, and return those of each letter as bits."""
        alphabets = [classes(language) for language in self.languages]
        names = sorted({name for alphabet in alphabets for found in alphabet.values() for name in found})
        return [
            {letter: sum(1 << names.index(name) for name in found) for letter, found in alphabet.items()}
            for alphabet in alphabets
        ]

    def _backoff(self) -> dict[Pair, float]:
        left, right = map(classes, self.languages)
        found = {
            (one, other): (1.0 if left[one] & right[other] else OTHER_CLASS)
            * self.shares[0][one]
            * self.shares[1][other]
            for one, other in product(left, right)
        }
        found |= {(one, ""): 0.05 * share for one, share in self.shares[0].items()}
        found |= {("", other): 0.02 * share for other, share in self.shares[1].items()}
        total = sum(found.values())
        return {pair: value / total for pair, value in found.items()}

    def _guess(self, left: int, right: int, length: int) -> float:
        """Guess how likely two pieces correspond before anything is learned, from the classes of their letters as bits."""
        shared = (left & right).bit_count() / max(1, min(left.bit_count(), right.bit_count()))
        return exp(-LENGTH_PENALTY * length) * (OTHER_CLASS + shared)

    def _masks(self, pair: Pair) -> list[list[list[int]]]:
        """Return for each side the classes of the pieces that begin at each place, by length, as bits."""
        found = []
        for text, bits, longest in zip(pair, self.bits, (MAX_LEFT, MAX_RIGHT), strict=True):
            rows = []
            for start in range(len(text) + 1):
                row = [0]
                for letter in text[start : start + longest]:
                    row.append(row[-1] | bits.get(letter, 0))
                rows.append(row)
            found.append(rows)
        return found

    def moves(self, pair: Pair) -> Iterator[Move]:
        """Yield every step of every cut of a pair: where from, where to, the pieces, their probability."""
        left, right = pair
        n, m = len(left), len(right)
        slack = SLACK * max(n, m) + 1
        masks = [] if self.probability else self._masks(pair)
        for i, j in product(range(n + 1), range(m + 1)):
            if abs(i * m / n - j) > slack:
                continue
            for a, b in STEPS:
                if i + a > n or j + b > m:
                    continue
                pieces = (left[i : i + a], right[j : j + b])
                if masks:
                    value = self._guess(masks[0][i][a], masks[1][j][b], a + b)
                else:
                    value = self.probability.get(pieces, 0.0)
                if value:
                    yield i * (m + 1) + j, (i + a) * (m + 1) + j + b, pieces, value

    def learn(self) -> Table:
        """Learn, and return the weights."""
        kept: dict[Pair, list[tuple[int, int, Pair]]] = {}
        for number in range(ROUNDS):
            counts: defaultdict[Pair, float] = defaultdict(float)
            for pair in self.pairs:
                if pair in kept:
                    known = ((*step, self.probability.get(step[2], 0.0)) for step in kept[pair])
                    steps = [step for step in known if step[3]]
                else:
                    steps = list(self.moves(pair))
                if number:
                    kept[pair] = [step[:3] for step in steps]
                _count(steps, counts, end=(len(pair[0]) + 1) * (len(pair[1]) + 1) - 1)
            self._estimate(counts)
            if number in CHOOSING:
                self._choose()
        return self.table()

    def _estimate(self, counts: dict[Pair, float]) -> None:
        kept = {pair: count - DISCOUNT for pair, count in counts.items() if count - DISCOUNT > MIN_COUNT}
        total = sum(kept.values())
        found = {pair: (1 - BACKOFF) * count / total for pair, count in kept.items()}
        for pair, share in self.backoff.items():
            found[pair] = found.get(pair, 0.0) + BACKOFF * share
        self.probability = found

    def _choose(self) -> None:
        """Choose the reading of each character string that sounds best, and leave out what does not sound alike."""
        model = Transducer(self.table(), {}, {})
        chosen: list[Pair] = []
        for readings in self.readings:
            best = max(product(readings[0], readings[1]), key=lambda pair: model.weight(*pair))
            told = min(-sum(log(self.shares[side][one]) for one in best[side]) for side in (0, 1))
            if model.weight(*best) > MIN_GAIN * told:
                chosen.append(best)
        self.pairs = chosen

    def table(self) -> Table:
        """Return the weights: probability of a pair of pieces against that of its letters by chance."""
        found: Table = {"": {}}
        for (left, right), value in self.probability.items():
            chance = sum(log(self.shares[0][one]) for one in left) + sum(log(self.shares[1][one]) for one in right)
            found.setdefault(left, {})[right] = log(value) - chance
        return found

    def rows(self) -> str:
        """Write the table."""
        lines = ["kind\tleft\tright\tweight"]
        for left, found in sorted(self.table().items()):
            lines += [
                f"pair\t{left.replace(' ', '_')}\t{right}\t{round(100 * one)}" for right, one in sorted(found.items())
            ]
        for kind, side in (("left", 0), ("right", 1)):
            for letter, share in sorted(self.shares[side].items()):
                cells = ("", letter) if side else (letter.replace(" ", "_"), "")
                lines.append(f"{kind}\t{cells[0]}\t{cells[1]}\t{round(-100 * log(share))}")
        return "\n".join(lines) + "\n"


def _count(steps: Sequence[Move], counts: defaultdict[Pair, float], *, end: int) -> None:
    """Add the expected counts of the pieces of one pair."""
    forward, backward = [0.0] * (end + 1), [0.0] * (end + 1)
    forward[0] = backward[end] = 1.0
    for start, stop, _, value in steps:
        forward[stop] += forward[start] * value
    for start, stop, _, value in reversed(steps):
        backward[start] += backward[stop] * value
    if backward[0] > 0:
        for start, stop, pieces, value in steps:
            share = forward[start] * value * backward[stop] / backward[0]
            if share > MIN_SHARE:
                counts[pieces] += share


def fold_of(pair: Words, folds: int) -> int:
    """Put a pair into a fold, all spellings of an English word into one."""
    return hashlib.sha256("|".join(sorted(pair)[:1]).casefold().encode()).digest()[0] % folds


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--without", type=Path, action="append", default=[])
    parser.add_argument("--folds", type=int, default=1)
    parser.add_argument("--out", type=Path, default=DATA / "sound")
    parser.add_argument("--only", choices=list(PAIRS), action="append")
    asked = parser.parse_args(arguments)
    left_out = {
        cell.casefold()
        for file in asked.without
        for row in file.read_text("utf-8").splitlines()
        for cell in row.split("\t")
    }
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in asked.only or PAIRS:
        words = [pair for pair in word_pairs(name) if left_out.isdisjoint(one.casefold() for one in pair)]
        for fold in range(asked.folds if asked.folds > 1 else 0):
            learner = Learner(name, [pair for pair in words if fold_of(pair, asked.folds) != fold])
            learner.learn()
            (asked.out / f"{name}.{fold}.tsv").write_text(learner.rows(), encoding="utf-8", newline="\n")
            held = [
                f"{one}\t{other}" for one, other in sorted(set(words)) if fold_of((one, other), asked.folds) == fold
            ]
            (asked.out / f"{name}.{fold}.held").write_text("\n".join(held) + "\n", encoding="utf-8", newline="\n")
        if asked.folds == 1:
            learner = Learner(name, words)
            learner.learn()
            (asked.out / f"{name}.tsv").write_text(learner.rows(), encoding="utf-8", newline="\n")
            print(name, len(words), "pairs,", len(learner.pairs), "sound alike,", len(learner.probability), "pieces")


if __name__ == "__main__":
    main()
