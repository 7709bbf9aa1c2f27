"""The collector of cycles, told to look less often where millions of objects are made that stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["rare_collections"]

RARELY = (200_000, 50, 1_000)  # new objects, collections of the young, of the middle-aged


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collect cycles less often within a block, or a function that this decorates.

    What is read, cut and counted stays to the end, and the collector would walk through it again and again: a tenth of the time of
    a build or an alignment. Cycles are still collected. What is left at the end counts as old, so that the collector does not
    go through all of it as soon as the block is done.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # what a caller has frozen stays frozen
            gc.freeze()
            gc.unfreeze()  # into the oldest generation, where it is not looked for
        gc.set_threshold(*thresholds)
