"""Evidence from Han characters: the same characters by equivalence class, whatever the script.

量子技術 / 量子技术 are written alike once shinjitai, kyujitai, simplified and traditional forms share a key. Equal keys nearly
always mean equal words; the exceptions, false friends such as 手紙 / 手纸, are listed and left to other sources.
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.evidence.base import in_order
from termalign.languages.characters import is_all_han
from termalign.languages.fold import fold
from termalign.languages.fold_loss import fold_loss
from termalign.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.evidence.base import Ground
    from termalign.model import Form

__all__ = ["HanCharacters", "is_false_friend"]

MIN_HAN_SHARE = 0.5  # of the characters of either term; below that the Han characters do not carry the term


@cache
def _false_friends() -> frozenset[tuple[str, str]]:
    text = (files("termalign") / "data" / "false_friends.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return frozenset((fold(row[0]), fold(row[1])) for row in rows)


def is_false_friend(ja: str, zh: str) -> bool:
    """Tell whether a Japanese and a Chinese word are written alike and mean something else."""
    return (fold(ja), fold(zh)) in _false_friends()


class HanCharacters:
    """Japanese and Chinese terms written with the same characters.

    Args:
        ground: Candidates.
    """

    name = "han"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def pairs(self) -> Iterator[tuple[Form, Form]]:
        """Propose the Japanese and Chinese candidates with equal keys that hold a Han character."""
        keys: defaultdict[str, list[Form]] = defaultdict(list)
        for form, candidate in sorted(self._ground.candidates.items()):
            if form[0].startswith("zh"):
                keys[candidate.folded].append(form)
        for form, candidate in sorted(self._ground.candidates.items()):
            if form[0] == "ja" and any(is_all_han(char) for char in candidate.folded):
                yield from ((form, other) for other in keys.get(candidate.folded, ()))

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A Japanese or Chinese term.
            right: A term of the other of these languages.

        Returns:
            Evidence with the share of characters that both terms have in the same order (twice the matches over the
            total length), 1 for equal keys. ``None`` for other pairs of languages, for terms that are mostly not Han
            characters, for false friends, and for equal keys of which the scripts say that they are different words.
        """
        left, right = in_order(left, right)
        if left[0] != "ja" or not right[0].startswith("zh"):
            return None
        (ja, ja_share), (zh, zh_share) = _key_and_share(left[1]), _key_and_share(right[1])
        if min(ja_share, zh_share) < MIN_HAN_SHARE or (ja, zh) in _false_friends():
            return None
        if ja == zh and any(one.certain for one in fold_loss(left[1], right[1], languages=(left[0], right[0]))):
            return None  # 髪 and 发: one key, two words
        matcher = SequenceMatcher(None, ja, zh, autojunk=False)
        if ja != zh and not matcher.quick_ratio():
            return None
        return Evidence(source=self.name, score=matcher.ratio(), terms=(left, right))


@lru_cache(maxsize=100_000)
def _key_and_share(text: str) -> tuple[str, float]:
    """Return the key of a term and the share of Han characters in it, 0 for an empty key."""
    key = fold(text)
    return key, sum(map(is_all_han, key)) / len(key) if key else 0.0
