"""Evidence from a sentence encoder: two terms whose vectors are near, against those of the other candidates.

Encoders put related terms near one another too (冷却原子, 中性原子), so that this source proposes no pairs; it only weighs those
that others propose.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from termalign.evidence.base import in_order
from termalign.model import Evidence, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    import numpy.typing as npt

    from termalign.evidence.base import Ground
    from termalign.model import Form

__all__ = ["EncoderCosine"]

MIN_APART = 0.1  # mean distance of a term from the others, below which they are all alike
DIGITS = 4  # vectors differ in the last digits from machine to machine


class EncoderCosine:
    """Terms that an encoder puts near one another; knows nothing where there is no encoder.

    Args:
        ground: Candidates, and the encoder.
    """

    name = "encoder"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def pairs(self) -> Iterable[tuple[Form, Form]]:
        """Propose none."""
        return ()

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A term.
            right: A term of another language.

        Returns:
            Evidence with 1 for the same vector, 0 for terms no nearer than the mean of both with the other candidates, in [0, 1].
            ``None`` without an encoder, for two terms of one language, and for a term without any token.

        Source:
            Thompson & Koehn (2019), Vecalign, EMNLP, for setting the cosine against others; the use for terms is ours.
        """
        left, right = in_order(left, right)
        vectors = self._ground.encoder
        if vectors is None or same_language(left[0], right[0]):
            return None
        means = self._means
        ours, theirs = vectors.of([left[1], right[1]]).astype(float)
        if not ours.any() or not theirs.any():
            return None
        cosine = float(ours @ theirs)
        near = [float(one @ means[tag]) for one, tag in ((ours, right[0]), (theirs, left[0])) if tag in means]
        apart = max(MIN_APART, 1.0 - (sum(near) / len(near) if near else 0.0))
        score = round(min(1.0, max(0.0, 1.0 - (1.0 - cosine) / apart)), DIGITS)
        return Evidence(
            source=self.name, score=score, terms=(left, right), detail=f"cosine {cosine:.3f} by {vectors.name}"
        )

    @cached_property
    def _means(self) -> Mapping[str, npt.NDArray[np.float64]]:
        """The mean vector of the candidates of each language; all are encoded here, which takes less time than one by one."""
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for tag, text in sorted(self._ground.candidates):
            forms[tag].append(text)
        vectors = self._ground.encoder
        return (
            {}
            if vectors is None
            else {tag: vectors.of(texts).mean(axis=0, dtype=float) for tag, texts in forms.items()}
        )
