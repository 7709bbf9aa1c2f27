"""The same work on many parts, in several processes where asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["spread"]

Result = TypeVar("Result")


def spread(work: Callable[..., Result], parts: Iterable[tuple[object, ...]], *, jobs: int) -> Iterator[Result]:
    """Do some work on each part.

    Args:
        work: A function of the members of a part that pickles.
        parts: The parts.
        jobs: How many processes.

    Returns:
        The results, in the order of the parts.
    """
    if jobs > 1:
        from joblib import Parallel, delayed  # noqa: PLC0415 - half a second that a serial run does not pay

        results: Iterator[Result] = Parallel(n_jobs=jobs, return_as="generator")(delayed(work)(*part) for part in parts)
        return results
    return (work(*part) for part in parts)
