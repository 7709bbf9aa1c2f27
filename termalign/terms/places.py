"""The places of a candidate, worked out when first asked for: most never are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from termalign.model import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.model import MappedText
    from termalign.terms.tally import Tally

__all__ = ["Places"]


class Places(Sequence[Occurrence]):
    """The places of a candidate in document order; equal to the tuple of them.

    Args:
        tally: Its counts.
        sources: Document and text of each sentence by number.
    """

    __slots__ = ("_found", "_sources", "_tally")

    def __init__(self, tally: Tally, sources: Sequence[tuple[str, MappedText]]) -> None:
        self._tally: Tally | None = tally
        self._sources: Sequence[tuple[str, MappedText]] = sources
        self._found: tuple[Occurrence, ...] | None = None
        if tally.named:
            self._places()

    def _places(self) -> tuple[Occurrence, ...]:
        if self._found is None and self._tally is not None:
            places = set(self._tally.named or ())
            for run, start, end in self._tally.uses:
                for number, base in zip(run.sentences, run.starts, strict=True):
                    document, content = self._sources[number]
                    places.add(Occurrence(document, content.spans(base + start, base + end)))
            self._found = tuple(sorted(places))
        return self._found or ()

    def __len__(self) -> int:
        if self._found is None and self._tally is not None:
            return self._tally.count
        return len(self._places())

    @overload
    def __getitem__(self, index: int) -> Occurrence: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Occurrence, ...]: ...
    def __getitem__(self, index: int | slice) -> Occurrence | tuple[Occurrence, ...]:
        return self._places()[index]

    def __iter__(self) -> Iterator[Occurrence]:
        return iter(self._places())

    def __eq__(self, other: object) -> bool:
        return (
            self._places() == other
            if isinstance(other, tuple)
            else (self._places() == other._places() if isinstance(other, Places) else NotImplemented)
        )

    def __hash__(self) -> int:
        return hash(self._places())

    def __repr__(self) -> str:
        return repr(self._places())

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (self._places(),)
