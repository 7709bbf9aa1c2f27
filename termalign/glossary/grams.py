"""Which of many keys are nearly a given one, without comparing it to all of them.

Two keys within ``k`` edits of each other share all but ``3 k`` of the pairs of neighbouring characters of either, since an edit
breaks three pairs at most (a swap does). So among any ``3 k + 1`` pairs of a query one at least stands in every key that is
near: looking at the keys that hold one of its rarest pairs is enough.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BROKEN_BY_AN_EDIT", "EDGE", "grams", "telling"]

BROKEN_BY_AN_EDIT = 3
EDGE = "\x00"  # beside the first and the last character; no key holds it


def grams(key: str) -> list[str]:
    """Return the pairs of neighbouring characters of a key, its edges included; as many as characters and one more."""
    edged = f"{EDGE}{key}{EDGE}"
    return [edged[at : at + 2] for at in range(len(edged) - 1)]


def telling(key: str, *, edits: int, counts: Mapping[str, int]) -> list[str]:
    """Choose the pairs of a key of which every near key holds one.

    Args:
        key: The key.
        edits: How many edits are near.
        counts: How many keys hold each pair; a pair that is missing stands in none.

    Returns:
        Distinct pairs, the rarest first, at most ``3 edits + 1``. All there are where the key is shorter: then a near key may
        hold none of them.

    Source:
        The pigeonhole filter of approximate matching (Navarro 2001, A guided tour to approximate string matching, ACM
        Computing Surveys 33(1), section 8); the bound for swaps is ours.
    """
    wanted = BROKEN_BY_AN_EDIT * edits + 1
    chosen: list[str] = []
    found = Counter(grams(key))
    for gram in sorted(found, key=lambda one: (counts.get(one, 0), one)):
        if wanted <= 0:
            break
        chosen.append(gram)
        wanted -= found[gram]
    return chosen
