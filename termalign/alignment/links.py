"""Links: pairs of candidates that evidence speaks for, with all of it combined into one belief."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.evidence.base import in_order
from termalign.model import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from termalign.evidence.base import EvidenceSource
    from termalign.model import Evidence, Form

__all__ = ["belief", "link"]

MIN_BELIEF = 0.3  # links below are not kept: three of ten would be a list nobody reads
DIGITS = 4
TELL_EVERY = 1000  # pairs


@dataclass(frozen=True, slots=True)
class _Weight:
    belief: float
    floor: float
    power: float

    def of(self, score: float) -> float:
        """Belief that this source alone gives."""
        if score <= self.floor:
            return 0.0
        return float(self.belief * ((score - self.floor) / (1 - self.floor)) ** self.power)


@cache
def _weights() -> dict[str, _Weight]:
    raw = tomllib.loads((files("termalign") / "data" / "weights.toml").read_text(encoding="utf-8"))
    return {source: _Weight(**row) for source, row in raw.items()}


def belief(evidence: Iterable[Evidence]) -> float:
    """Combine the evidence for one link.

    Args:
        evidence: One row per source.

    Returns:
        In [0, 1]: the chance that not all sources err, each erring by itself (noisy-or); 0 without evidence.

    Source:
        Pearl (1988), Probabilistic reasoning in intelligent systems, section 4.3.2 (noisy-or).
    """
    doubt = 1.0
    for one in evidence:
        weight = _weights().get(one.source)
        doubt *= 1.0 - (weight.of(one.score) if weight else 0.0)
    return round(1.0 - doubt, DIGITS)


def link(sources: Sequence[EvidenceSource], *, tell: Callable[[str, int, int], None] | None = None) -> tuple[Link, ...]:
    """Collect the pairs that any source proposes, weigh each by all sources, and keep what is believable.

    Args:
        sources: Sources of evidence, each over the same ground.
        tell: Told the stage, how many pairs are weighed, and of how many.

    Returns:
        Links, strongest first, ties in the order of their terms.
    """
    pairs: set[tuple[Form, Form]] = set()
    for source in sources:
        pairs.update(in_order(*pair) for pair in source.pairs())
    links: list[Link] = []
    for number, (left, right) in enumerate(sorted(pairs), 1):
        if tell and (number % TELL_EVERY == 0 or number == len(pairs)):
            tell("linking terms", number, len(pairs))
        found = [one for one in (source.weigh(left, right) for source in sources) if one is not None]
        score = belief(found)
        if score >= MIN_BELIEF:
            found.sort(key=lambda one: (-round(one.score, DIGITS), one.source))
            links.append(Link(terms=(left, right), score=score, evidence=tuple(found)))
    return tuple(sorted(links, key=lambda one: (-one.score, one.terms)))
