"""What was lost or repaired on the way, counted by kind, with a few examples that a person can look up."""

from __future__ import annotations

from collections import Counter

from termalign.formats.lines import one_cell

__all__ = ["N_EXAMPLES", "Losses"]

N_EXAMPLES = 5  # of each kind: enough to see what is meant, few enough to read
N_CHARACTERS = 40  # of an example


class Losses(Counter[str]):
    """Counts by kind, as readers and writers take them, and the first examples of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.examples: dict[str, list[str]] = {}

    def note(self, kind: str, example: str) -> None:
        """Count one more.

        Args:
            kind: What was lost, in words.
            example: The text it happened to; kept while there are fewer than :data:`N_EXAMPLES`, shortened to 40 characters.
        """
        self[kind] += 1
        shown = one_cell(example)
        shown = shown if len(shown) <= N_CHARACTERS else shown[: N_CHARACTERS - 1] + "…"
        known = self.examples.setdefault(kind, [])
        if len(known) < N_EXAMPLES and shown not in known:
            known.append(shown)

    def take(self, other: Losses) -> None:
        """Add the counts and examples of another."""
        self.update(other)
        for kind, examples in other.examples.items():
            known = self.examples.setdefault(kind, [])
            known.extend(one for one in examples if one not in known)
            del known[N_EXAMPLES:]
