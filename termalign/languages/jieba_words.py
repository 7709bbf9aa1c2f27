"""jieba's dictionary, read as far as a text asks for it.

A thousand sentences begin their words with a thousand characters, and half the dictionary with others: reading all of it
took longer than all else that cutting these sentences takes.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Beginning", "JiebaWords"]


class Beginning(NamedTuple):
    """The words that begin with one character.

    Args:
        counts: Count of each word, 0 for what is only the beginning of one.
        tags: Part of speech of each word.
    """

    counts: dict[str, int]
    tags: dict[str, str]


class JiebaWords(dict[str, Beginning]):
    """A dictionary of words by their first character; those of a character are read when they are first asked for.

    Args:
        table: Rows of a word, its count and its part of speech, separated by blanks; UTF-8.

    Source:
        The format is that of ``dict.txt`` of jieba 0.42.1.
    """

    def __init__(self, table: bytes) -> None:
        super().__init__()
        self._table = table.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
        data = np.frombuffer(self._table, dtype=np.uint8)
        self._rows: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, end in _runs(data):
            first = self._table[start : start + 4].decode("utf-8", errors="ignore")[:1]
            self._rows[first].append((start, end))
        self.total = _total(data)

    def __missing__(self, first: str) -> Beginning:
        """Read the words that begin with a character."""
        counts: dict[str, int] = {}
        tags: dict[str, str] = {}
        for start, end in self._rows.get(first, ()):
            for row in self._table[start:end].decode("utf-8").split("\n"):
                word, count, tag = row.split(" ")
                counts[word] = int(count)
                tags[word] = sys.intern(tag)
                for size in range(1, len(word)):  # jieba walks the dictionary as a trie of prefixes
                    counts.setdefault(word[:size], 0)
        self[first] = found = Beginning(counts, tags)
        return found

    def count(self, word: str) -> int:
        """Return the count of a word, 0 where it is none."""
        return self[word[0]].counts.get(word, 0)

    def tag(self, word: str) -> str | None:
        """Return the part of speech of a word; ``None`` where it is none."""
        return self[word[0]].tags.get(word)


def _runs(data: npt.NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Return where rows that begin with the same character stand together: the first byte, and the line feed after the last row."""
    ends = np.flatnonzero(data == ord("\n"))
    if not ends[0]:  # no rows
        return []
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])
    lead = data[starts]
    size = 1 + np.sum([lead >= least for least in (0xC0, 0xE0, 0xF0)], axis=0)  # bytes of a character in UTF-8
    codes = np.zeros(len(starts), dtype=np.int64)
    for at in range(4):
        held = size > at
        codes[held] = codes[held] << 8 | data[starts[held] + at]
    cuts = np.flatnonzero(np.diff(codes)) + 1
    begins, lasts = np.concatenate([[0], cuts]), np.concatenate([cuts, [len(starts)]]) - 1
    return list(zip(starts[begins].tolist(), ends[lasts].tolist(), strict=True))


def _total(data: npt.NDArray[np.uint8]) -> int:
    """Sum the counts, which stand between the two blanks of each row."""
    blanks = np.flatnonzero(data == ord(" "))
    starts, ends = blanks[::2] + 1, blanks[1::2]
    total = 0
    for power in range(int((ends - starts).max(initial=0))):
        held = ends - starts > power
        total += 10**power * int((data[ends[held] - 1 - power] - ord("0")).sum(dtype=np.int64))
    return total
