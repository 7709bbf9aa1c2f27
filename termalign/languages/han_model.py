"""How likely Han characters are in Japanese, in simplified and in traditional Chinese: a small model of pairs of characters.

Which national character set holds a character tells 发 from 發 and 発, but nothing about 参数 (Chinese; Japanese says 引数), whose
characters all are in use everywhere. What follows what in the terms of our core lexicon does. The table is made by
``scripts/make_identify_table.py``.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from termalign.languages.characters import HAN

__all__ = ["HAN_TAGS", "han_log_likelihood", "han_pairs"]

HAN_TAGS: Final = ("ja", "zh-Hans", "zh-Hant")
# Lead bytes of the first and the second level of each national character set, end excluded (JIS X 0208, GB 2312, Big5).
LEVELS: Final = {
    "ja": ("shift_jis", (0x88, 0x99), (0x98, 0xEB)),
    "zh-Hans": ("gb2312", (0xB0, 0xD8), (0xD8, 0xF8)),
    "zh-Hant": ("big5", (0xA4, 0xC7), (0xC9, 0xFA)),
}
FIRST_OF_JIS_LEVEL_2 = 0x989F  # one lead byte holds the end of level 1 and the beginning of level 2
# Share of the characters of a text that each level covers, and what is left for all others, of which there are so many (ours).
FIRST_LEVEL, SECOND_LEVEL, OUTSIDE, N_OUTSIDE = 0.9, 0.08, 0.002, 20_000
# How many characters of the lexicon the levels weigh as much as, and how many pairs the single characters; the share of running
# text in Chinese. Chosen on headings, terms and a sample of the sentences that tests/quality/test_identification.py scores; the
# figures are flat around them.
LEVELS_WEIGH, SINGLES_WEIGH, RUNNING = 1000, 10, 0.25
# Characters of a text depend on one another, so that their likelihoods are worth less than their product. Chosen so that candidate
# sets hold the truth, and probabilities are about right, for terms of lexicon files that the table was made without.
TEMPER = 0.4

_RUN = re.compile(f"[\u2e80-\u2fdf\u3005-\u3007{HAN}]+")  # Kangxi radicals, too: PDF files have them for characters
_CHARACTER = re.compile(f"[{HAN}]")
_PAIR = re.compile(r"(.)(\d?)")


@dataclass(frozen=True, slots=True)
class _Model:
    """Counts of one tag, and what is known without them."""

    total: int
    single: dict[str, int]
    after: dict[str, dict[str, int]]
    sums: dict[str, int]
    running: dict[str, float]
    first: frozenset[str]
    second: frozenset[str]

    def base(self, character: str) -> float:
        """How likely a character is by the level that holds it."""
        if character in self.first:
            return FIRST_LEVEL / len(self.first)
        return SECOND_LEVEL / len(self.second) if character in self.second else OUTSIDE / N_OUTSIDE

    def alone(self, character: str) -> float:
        """How likely a character is by itself."""
        counted = self.single.get(character, 0) + LEVELS_WEIGH * self.base(character)
        share = counted / (self.total + LEVELS_WEIGH)
        return (1 - RUNNING) * share + RUNNING * self.running.get(character, 0.0) if self.running else share

    def pair(self, pair: str) -> float:
        """How likely the last character of a pair is after the first; of a single character, by itself."""
        alone = self.alone(pair[-1])
        if len(pair) == 1 or pair[0] not in self.sums:
            return alone
        seen = self.after[pair[0]].get(pair[1], 0)
        return (seen + SINGLES_WEIGH * alone) / (self.sums[pair[0]] + SINGLES_WEIGH)


@cache
def _models() -> dict[str, _Model]:
    """Read the table, once per process."""
    after: dict[str, dict[str, dict[str, int]]] = {tag: {} for tag in HAN_TAGS}
    running: dict[str, dict[str, float]] = {tag: {} for tag in HAN_TAGS}
    text = (files("termalign") / "data" / "identify.tsv").read_text(encoding="utf-8")
    for row in text.split("\n")[1:-1]:
        kind, tag, *rest = row.split("\t")
        if kind == "follow":
            after[tag][rest[0]] = {one: int(n or 1) for one, n in _PAIR.findall(rest[1])}
        else:
            shares: defaultdict[str, float] = defaultdict(float)
            for one in rest[0].split():
                shares[one[0]] += float(one[1:])
            running[tag] = {one: share / sum(shares.values()) for one, share in shares.items()}
    return {tag: _model(tag, after[tag], running[tag]) for tag in HAN_TAGS}


def _model(tag: str, after: dict[str, dict[str, int]], running: dict[str, float]) -> _Model:
    """Add up the counts of a tag."""
    single: defaultdict[str, int] = defaultdict(int)
    for following in after.values():
        for character, n in following.items():
            single[character] += n
    codec, first, second = LEVELS[tag]
    sums = {left: sum(following.values()) for left, following in after.items()}
    common = _decoded(codec, *first) | frozenset("々〇" if tag == "ja" else "〇")
    return _Model(sum(single.values()), dict(single), after, sums, running, common, _decoded(codec, *second))


def _decoded(codec: str, low: int, high: int) -> frozenset[str]:
    """Decode all two-byte codes with these lead bytes."""
    second = low == FIRST_OF_JIS_LEVEL_2 >> 8
    codes = (
        bytes((lead, trail))
        for lead in range(low, high)
        for trail in range(0x40, 0xFF)
        if codec != "shift_jis" or second == (lead << 8 | trail >= FIRST_OF_JIS_LEVEL_2)
    )
    return frozenset(_CHARACTER.findall("".join(code.decode(codec, "ignore") for code in codes)))


def han_pairs(text: str) -> tuple[frozenset[str], int]:
    """Collect what the model weighs.

    Args:
        text: Any text.

    Returns:
        The distinct pairs of neighbouring Han characters, and single ones where a run begins; how many Han characters there
        are, each as often as it stands there.

    Source:
        Ours.

    >>> sorted(han_pairs("量子と量子")[0]), han_pairs("量子と量子")[1]
    (['量', '量子'], 4)
    """
    runs = _RUN.findall(text)
    pairs = {run[0] for run in runs}
    for run in runs:
        pairs.update(map(str.__add__, run, run[1:]))
    return frozenset(pairs), sum(map(len, runs))


def han_log_likelihood(pairs: frozenset[str], tag: str) -> float:
    """Weigh Han characters for one tag.

    Args:
        pairs: As :func:`han_pairs` gives them.
        tag: One of :data:`HAN_TAGS`.

    Returns:
        Natural logarithm of the likelihood, tempered, at most 0; 0 without pairs. Compare with other tags only.

    Source:
        Linear interpolation of pairs and single characters after Witten & Bell (1991), IEEE Transactions on Information Theory
        37(4), with a constant weight; the levels of the national sets order characters by use (GB 2312-80, CNS 11643 for Big5,
        JIS X 0208). The combination is ours.
    """
    model = _models()[tag]
    return TEMPER * sum(map(math.log, map(model.pair, sorted(pairs))))
