"""From evidence to a probability: how likely two terms are counterparts, given what the sources say of them and of their rivals.

A logistic model in two steps. The first adds up what each source says into the **strength** of a pair, as log odds. The second weighs
the strength of a pair against the strongest rival of either term: what else the one, and the other, could be the counterpart of.
The parameters and what they were fitted on are data, in ``data/weights.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from termalign.model import Calibration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

__all__ = ["SourceTrust", "Trust", "pressures", "rival_strengths", "support", "trust"]

NO_RIVAL = -3.0  # strength from which a rival counts: most pairs that stand together by chance are weaker


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTrust:
    """What the word of one source is worth, as log odds.

    Args:
        presence: That it says anything; may be negative, since a low score speaks against a pair.
        slopes: By power: what that power of the score is worth; not negative, so that more is never less.
        count: What the natural logarithm of 1 + its count is worth; not negative.
    """

    presence: float = 0.0
    slopes: tuple[tuple[int, float], ...] = ()
    count: float = 0.0

    def of(self, scores: Floats, counts: Integers) -> Floats:
        """Return the log odds for each score; 0 where it is not a number: the source abstains."""
        present = ~np.isnan(scores)
        known = np.where(present, scores, 0.0)
        total = (
            self.presence + sum(slope * known**power for power, slope in self.slopes) + self.count * np.log1p(counts)
        )
        return np.where(present, total, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The parameters of the model.

    Args:
        bias: Log odds of a pair for which no source speaks.
        sources: By name of the source.
        offset: Second step: added to everything.
        strength: What the strength of the pair is worth; not negative.
        rival: What the strength of the stronger rival takes away; not negative.
        other_rival: What that of the weaker one takes away; not negative.
        third: What a way over a third language adds, of its weaker half; not negative.
        no_third: What is added where there is no third language to look at.
        version: Of the parameters.
        calibration: How they held; ``None`` while they are being fitted.
    """

    bias: float
    sources: Mapping[str, SourceTrust]
    offset: float
    strength: float
    rival: float
    other_rival: float
    third: float = 0.0
    no_third: float = 0.0
    version: int = 0
    calibration: Calibration | None = None

    def strengths(self, names: Sequence[str], scores: Floats, counts: Integers) -> Floats:
        """Add up what the sources say.

        Args:
            names: Sources, one per column; one without parameters is worth nothing.
            scores: (pairs, sources) in [0, 1], not a number where a source abstains.
            counts: (pairs, sources), how often it was seen.

        Returns:
            Log odds of each pair, rivals left out of account.
        """
        total = np.full(len(scores), self.bias)
        for column, name in enumerate(names):
            if name in self.sources:
                total += self.sources[name].of(scores[:, column], counts[:, column])
        return total

    def log_odds(self, strengths: Floats, left: Floats, right: Floats, third: Floats | None = None) -> Floats:
        """Weigh pairs against their rivals.

        Args:
            strengths: Of the pairs.
            left: Of the strongest rival for the left term of each; minus infinity where there is none.
            right: The same for the right term.
            third: Of the best way over a third language; minus infinity where there is none, not a number where there is no such
                language.

        Returns:
            Log odds that the pairs are counterparts.
        """
        stronger, weaker = pressures(left, right)
        found = self.offset + self.strength * strengths - self.rival * stronger - self.other_rival * weaker
        if third is None:
            return found
        return found + np.where(np.isnan(third), self.no_third, self.third * support(np.nan_to_num(third, nan=-np.inf)))

    def probabilities(self, strengths: Floats, left: Floats, right: Floats, third: Floats | None = None) -> Floats:
        """Return the probabilities in [0, 1] that pairs are counterparts; for the arguments see :meth:`log_odds`."""
        logits = self.log_odds(strengths, left, right, third)
        found: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
        return found


def pressures(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Return how far the stronger and the weaker of two rivals press a pair: about 0 up to ``NO_RIVAL``, then as they grow."""
    ours, theirs = np.logaddexp(0.0, left - NO_RIVAL), np.logaddexp(0.0, right - NO_RIVAL)
    return np.maximum(ours, theirs), np.minimum(ours, theirs)


def support(third: Floats) -> Floats:
    """Return how far a way over a third language speaks for a pair: about 0 up to ``NO_RIVAL``, then as its strength grows."""
    found: Floats = np.logaddexp(0.0, third - NO_RIVAL)
    return found


def rival_strengths(keys: Integers, strengths: Floats) -> Floats:
    """Find the strongest rival of each pair.

    Args:
        keys: Pairs with one key are rivals: those of one term with the terms of one language.
        strengths: Of the pairs.

    Returns:
        The greatest strength among the other pairs with the same key; minus infinity where there are none.
    """
    if not len(keys):
        return np.empty(0)
    order = np.lexsort((strengths, keys))
    sorted_keys, sorted_strengths = keys[order], strengths[order]
    ends = np.flatnonzero(np.append(sorted_keys[1:] != sorted_keys[:-1], True))
    sizes = np.diff(ends, prepend=-1)
    best = np.repeat(sorted_strengths[ends], sizes)
    best[ends] = np.where(sizes > 1, sorted_strengths[ends - 1], -np.inf)
    found = np.empty(len(keys))
    found[order] = best
    return found


def _slopes(raw: Mapping[str, Any]) -> tuple[tuple[int, float], ...]:
    """Read the slopes of a source: keys ``power 1``, ``power 8``."""
    return tuple(
        (int(key.removeprefix("power ")), float(value)) for key, value in raw.items() if key.startswith("power ")
    )


@cache
def trust(path: str = "documents") -> Trust:
    """Read the parameters in use, once per process.

    Args:
        path: ``documents``, or ``memory`` for what was counted in units that were aligned already.

    Returns:
        The parameters.
    """
    raw = tomllib.loads((files("termalign") / "data" / "weights.toml").read_text(encoding="utf-8"))
    if path != "documents":
        raw = raw[path]
    sources = {
        name: SourceTrust(presence=row.get("presence", 0.0), slopes=_slopes(row), count=row.get("count", 0.0))
        for name, row in raw["sources"].items()
    }
    return Trust(
        bias=raw["bias"],
        sources=sources,
        **raw["rivals"],
        version=raw["version"],
        calibration=_held(raw["calibration"]),
    )


def _held(raw: Mapping[str, Any]) -> Calibration:
    """Read how the parameters held."""
    held: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return Calibration(**held)
