"""How likely two strings of sounds are one word, by weights of the pieces that correspond.

A word in one language and its sound in another are cut together into pairs of pieces, ``tion`` and ション, ``x`` and クス. Each pair
has a weight: the logarithm of how much likelier it is in two spellings of one word than in two words put together by chance. The
weight of two strings is that of their best cut. A general edit distance does not do: it knows neither that e at the end is
silent nor that l and r are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_LEFT", "MAX_RIGHT", "SLACK", "Transducer", "read_transducer", "transducer"]

MAX_LEFT, MAX_RIGHT = 5, 4  # letters of a piece: `tion ` and ショナル need as many
SLACK = 0.34  # how far a cut may stray from the diagonal, as a share of the longer side; doubled consonants and silent letters need it
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Transducer:
    """Weights of pairs of pieces of two alphabets.

    Args:
        weights: Left piece, right piece, weight in nats; either piece may be empty, not both.
        left: For each letter of the left alphabet minus the logarithm of its share in text, in nats.
        right: The same for the right alphabet.
    """

    weights: Mapping[str, Mapping[str, float]]
    left: Mapping[str, float]
    right: Mapping[str, float]

    def weight(self, left: str, right: str) -> float:
        """Weigh two strings.

        Args:
            left: In the left alphabet.
            right: In the right one.

        Returns:
            Log-likelihood ratio of the best cut, in nats: above 0 where one word in two spellings is likelier than two
            words; minus infinity where a letter is unknown.
        """
        n, m = len(left), len(right)
        if not n or not m:
            return _NEVER
        pieces = [[right[j : j + b] for b in range(1, MAX_RIGHT + 1) if j + b <= m] for j in range(m + 1)]
        reach: list[dict[int, float]] = [{} for _ in range(n + 1)]
        reach[0][0] = 0.0
        inserted = self.weights[""]
        slack = SLACK * max(n, m) + 1
        for i in range(n + 1):
            row = reach[i]
            low, high = max(0, int(i * m / n - slack)), min(m, int(i * m / n + slack))
            for j in range(low, high):  # letters that only the right side has, one at a time
                if j in row and (gain := inserted.get(right[j])) is not None:
                    row[j + 1] = max(row.get(j + 1, _NEVER), row[j] + gain)
            here = [(j, value) for j, value in row.items() if low <= j <= high]
            for length in range(1, min(MAX_LEFT, n - i) + 1):
                found = self.weights.get(left[i : i + length])
                if found is None:
                    continue
                then = reach[i + length]
                for j, value in here:
                    if "" in found and value + found[""] > then.get(j, _NEVER):
                        then[j] = value + found[""]
                    for piece in pieces[j]:
                        gain = found.get(piece)
                        if gain is not None and value + gain > then.get(j + len(piece), _NEVER):
                            then[j + len(piece)] = value + gain
        return reach[n].get(m, _NEVER)

    def information(self, left: str, right: str) -> tuple[float, float]:
        """Say how much each string tells by itself.

        Args:
            left: In the left alphabet.
            right: In the right one.

        Returns:
            For each minus the logarithm of its chance as letters drawn one by one, in nats; letters unknown count nothing.
        """
        return sum(self.left.get(one, 0.0) for one in left), sum(self.right.get(one, 0.0) for one in right)


@cache
def transducer(name: str) -> Transducer:
    """Load the weights of one pair of alphabets, once per process.

    Args:
        name: ``en-ja``, ``en-zh`` or ``zh-ja``.

    Returns:
        The transducer, the alphabet named first on the left.

    Source:
        ``scripts/make_sound_tables.py``.
    """
    text = (files("termalign") / "data" / "sound" / f"{name}.tsv").read_text(encoding="utf-8")
    return read_transducer(text)


def read_transducer(text: str) -> Transducer:
    """Read a table of weights.

    Args:
        text: The table: a head, then rows ``pair<TAB>left<TAB>right<TAB>weight`` (``_`` for a space, weights in hundredths of a
            nat), and ``left`` or ``right`` with a letter and what it tells.

    Returns:
        The transducer.

    Source:
        Ours.
    """
    weights: dict[str, dict[str, float]] = {"": {}}
    sides: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for row in text.split("\n")[1:-1]:
        kind, left, right, value = row.split("\t")
        if kind == "pair":
            weights.setdefault(left.replace("_", " "), {})[right] = int(value) / 100
        elif kind == "left":
            sides[0][left.replace("_", " ")] = int(value) / 100
        else:
            sides[1][right] = int(value) / 100
    return Transducer(weights, *sides)
