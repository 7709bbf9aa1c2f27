"""Pairs that a longer term explains: the shorter one is met with its counterpart only where it lies inside the longer one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.counting import MIN_UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termalign.alignment.counting import Pairs

__all__ = ["explained"]

MIN_OUTSIDE = 0.1  # of the units that a pair shares, those where the longer term is not; fewer are chance


def explained(
    pairs: Pairs, keys: tuple[Sequence[str], Sequence[str]], *, is_spaced: tuple[bool, bool]
) -> NDArray[np.bool_]:
    """Tell which pairs a longer term explains.

    Args:
        pairs: Pairs of forms of two languages.
        keys: Key of each form of either language.
        is_spaced: Per language, whether spaces part the words of a key; else it may stand anywhere in a longer one.

    Returns:
        (n,) ``True`` for 量子计算 beside quantum computer, where 量子计算机 stands in all units that the two share but one: what
        lies inside a longer term is no occurrence of the shorter one.

    Source:
        The idea is that of nested terms in Frantzi, Ananiadou & Mima (2000), Automatic recognition of multi-word terms: the
        C-value/NC-value method, IJDL 3(2); that it is asked of pairs is ours.
    """
    found = np.zeros(len(pairs.left), np.bool_)
    for owners, forms, own_keys, spaced in (
        (pairs.right, pairs.left, keys[0], is_spaced[0]),
        (pairs.left, pairs.right, keys[1], is_spaced[1]),
    ):
        rows_of: defaultdict[int, list[int]] = defaultdict(list)
        for row, owner in enumerate(owners.tolist()):
            rows_of[owner].append(row)
        for rows in rows_of.values():
            if len(rows) > 1:
                texts = {row: _padded(own_keys[forms[row]], spaced) for row in rows}
                for row in rows:
                    joint = int(pairs.joint[row])
                    least = max(MIN_UNITS, MIN_OUTSIDE * joint)
                    found[row] |= any(
                        joint - int(pairs.joint[other]) < least and texts[row] in texts[other]
                        for other in rows
                        if len(texts[other]) > len(texts[row])
                    )
    return found


def _padded(key: str, is_spaced: bool) -> str:  # noqa: FBT001 - private
    """Mark the ends of a key whose words are parted by spaces, so that it is found as whole words only."""
    return f" {key} " if is_spaced else key
