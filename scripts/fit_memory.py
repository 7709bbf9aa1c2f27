"""Fit how far counts and forms are trusted in translation memories, and write the table ``memory`` of ``termalign/data/weights.toml``.

    python -m scripts.label_memory ../shared/bench/terms-docs -o /tmp/memory.npz
    python -m scripts.fit_memory /tmp/memory.npz --write

The two logistic models of ``scripts/fit_links.py``, with one feature more in the second: the best way between the two terms over a third
language. Each memory is there twice, as it is and as three memories of two languages. Judged in the same nine cells: memories are in one of three groups by their files, links in one of three by the concept of their
known term, and each cell is judged by weights fitted on memories of other files and on other concepts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import termalign
from scripts.fit_links import MEMORY, N_GROUPS, OUT, SEED, Design, newton
from scripts.label_memory import DOUBTFUL, RIGHT
from termalign.alignment.competing import free_rivals, third_strengths
from termalign.alignment.trust import Trust, pressures, support
from termalign.evaluation import area_under_curve, bins, brier_skill, calibration_error, calibration_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

VERSION = 1
# Powers of the score that each source is weighed by, lower than in fit_links, since counts stand beside it.
# Counts never abstain: every pair was counted.
COUNTED = frozenset({"cooccurrence"})
DESIGN = Design(powers={"cooccurrence": (1,), "composition": (4,), "han": (4,)}, counted=COUNTED, no_presence=COUNTED)
SECOND = ("offset", "strength", "rival", "other_rival", "third", "no_third")
WORTH_TELLING = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The pairs of one memory, and which of them have a label.

    Args:
        name: Of the memory.
        names: Sources, one per column.
        scores: (pairs, sources).
        counts: (pairs, sources).
        sides: (pairs, 2) either form as a number, its group of languages by the remainder of 3.
        rows: The pair of each labelled link.
        labels: Its label.
        concepts: The concept of its known term.
        group: Of files.
        is_trilingual: Whether the third language may speak; each memory is there with and without.
    """

    name: str
    names: tuple[str, ...]
    scores: Floats
    counts: Integers
    sides: Integers
    rows: Integers
    labels: Integers
    concepts: Integers
    group: int
    is_trilingual: bool = True

    @property
    def right(self) -> Floats:
        """Whether each labelled link is right."""
        found: Floats = (self.labels == RIGHT).astype(np.float64)
        return found


def piles_of(names: Sequence[str], data: Mapping[str, npt.NDArray[np.generic]]) -> list[Pile]:
    """Lay out the memories of labelled links."""
    found = []
    for name in sorted({key.partition("/")[0] for key in data if "/" in key}):
        links = np.asarray(data[f"{name}/links"], dtype=np.int64)
        found.append(
            Pile(
                name=name,
                names=tuple(names),
                scores=np.asarray(data[f"{name}/scores"], dtype=np.float64),
                counts=np.asarray(data[f"{name}/counts"], dtype=np.int64),
                sides=np.asarray(data[f"{name}/pairs"], dtype=np.int64),
                rows=links[:, 0],
                labels=links[:, 1],
                concepts=links[:, 2],
                group=int(links[0, 3]) if len(links) else 0,
            )
        )
    return found


def _against(found: Trust, pile: Pile) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the strengths of all pairs of a pile, of their rivals, and of the way over a third language."""
    strengths = found.strengths(pile.names, pile.scores, pile.counts)
    left, right = free_rivals(pile.sides, pile.sides % 3, strengths)
    third = third_strengths(pile.sides, pile.sides % 3, strengths)
    return strengths, left, right, third if pile.is_trilingual else np.full(len(third), np.nan)


def fit(piles: Sequence[Pile], chosen: Callable[[Pile], npt.NDArray[np.bool_]]) -> Trust:
    """Fit both models on the chosen links of all piles."""
    masks = [chosen(pile) for pile in piles]
    right = np.concatenate([pile.right[mask] for pile, mask in zip(piles, masks, strict=True)])
    found = DESIGN.fit(piles, masks, right, {})
    seconds = []
    for pile, mask in zip(piles, masks, strict=True):
        strengths, ours, theirs, third = _against(found, pile)
        stronger, weaker = pressures(ours, theirs)
        alone = np.isnan(third)
        way = np.where(alone, 0.0, support(np.nan_to_num(third, nan=-np.inf)))
        columns = (np.ones(len(strengths)), strengths, -stronger, -weaker, way, alone)
        seconds.append(np.stack(columns, axis=1)[pile.rows[mask]])
    second = newton(np.concatenate(seconds), right, free=np.isin(np.arange(6), (0, 5)), prior=np.zeros(6))
    told = {name: round(float(weight), 4) for name, weight in zip(SECOND, second, strict=True)}
    return replace(
        found,
        offset=told["offset"],
        strength=told["strength"],
        rival=told["rival"],
        other_rival=told["other_rival"],
        third=told["third"],
        no_third=told["no_third"],
    )


def _is_sure(pile: Pile) -> npt.NDArray[np.bool_]:
    """Tell which links have a label that is sure enough to fit on."""
    found: npt.NDArray[np.bool_] = pile.labels != DOUBTFUL
    return found


def told_by(found: Trust, pile: Pile) -> Floats:
    """Return the probabilities of the labelled links."""
    told: Floats = found.probabilities(*_against(found, pile))[pile.rows]
    return told


def cross_validate(piles: Sequence[Pile]) -> list[Floats]:
    """Judge every labelled link by weights fitted without its files and without its concept."""
    told = [np.full(len(pile.rows), np.nan) for pile in piles]
    for group in range(N_GROUPS):
        for concept in range(N_GROUPS):
            found = fit(
                [pile for pile in piles if pile.group != group],
                lambda pile, concept=concept: _is_sure(pile) & (pile.concepts % N_GROUPS != concept),  # type: ignore[misc]
            )
            for pile, values in zip(piles, told, strict=True):
                if pile.group == group:
                    held = pile.concepts % N_GROUPS == concept
                    values[held] = told_by(found, pile)[held]
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Labelled links with what was told of them by weights that did not see them."""

    told: Floats
    labels: Integers
    concepts: Integers

    def part(self, mask: npt.NDArray[np.bool_]) -> Judged:
        """Return some of them."""
        return Judged(told=self.told[mask], labels=self.labels[mask], concepts=self.concepts[mask])

    def lists(self) -> tuple[list[float], list[bool]]:
        """Return forecasts and outcomes."""
        return self.told.tolist(), [bool(one) for one in self.labels == RIGHT]


def _part(piles: Sequence[Pile], told: Sequence[Floats], *, is_trilingual: bool) -> Judged:
    """Put the links of the memories together, with the third language or without."""
    places = [place for place, pile in enumerate(piles) if pile.is_trilingual == is_trilingual]
    return Judged(
        told=np.concatenate([told[at] for at in places]),
        labels=np.concatenate([piles[at].labels for at in places]),
        concepts=np.concatenate([piles[at].concepts for at in places]),
    )


def report(name: str, one: Judged) -> None:
    """Print the figures of some links; intervals by drawing concepts."""
    told, right = one.lists()
    low, high = calibration_interval(told, right, groups=one.concepts.tolist(), seed=SEED, n_draws=200)
    print(
        f"{name:42} {len(told):7d} {sum(right) / len(right):6.3f} {brier_skill(told, right):6.3f} {area_under_curve(told, right):7.4f} "
        f"{calibration_error(told, right):7.4f} ({low:.4f}-{high:.4f})"
    )


def write(found: Trust, one: Judged) -> None:
    """Write the table of the memory path, with its provenance and how it held; what stands before it stays."""
    told, right = one.lists()
    parts = bins(told, right)
    low, high = calibration_interval(told, right, groups=one.concepts.tolist(), seed=SEED)
    day = dt.datetime.fromtimestamp(
        int(os.environ.get("SOURCE_DATE_EPOCH") or dt.datetime.now(tz=dt.UTC).timestamp()), tz=dt.UTC
    )
    lines = [
        f"{MEMORY}: translation memories, see termalign/alignment/competing.py.",
        "# Made by scripts/fit_memory.py from labels of scripts/label_memory.py, which say how.",
        "[memory]",
        f"version = {VERSION}",
        f"fitted = {day:%Y-%m-%d}",
        f'with = "termalign {termalign.__version__}"',
        'command = "python -m scripts.label_memory ../shared/bench/terms-docs -o memory.npz && python -m scripts.fit_memory memory.npz --write"',
        f'on = "the Python 3.11 documentation in English, Japanese and Chinese: {len(told)} links of twelve memories"',
        "",
        "# A pair for which nothing speaks.",
        f"bias = {found.bias:.4f}",
    ]
    for name, source in found.sources.items():
        lines += ["", f'[memory.sources."{name}"]']
        lines += [f"presence = {source.presence:.4f}"] if source.presence else []
        lines += [f'"power {power}" = {slope:.4f}' for power, slope in source.slopes]
        lines += [f"count = {source.count:.4f}"] if source.count else []
    lines += ["", "# The second step: against the strength of rivals, and with that of the way over a third language."]
    lines += ["[memory.rivals]"]
    lines += [f"{key} = {getattr(found, key):.4f}" for key in SECOND]
    lines += [
        "",
        "# On links of files and concepts that the weights judging them were not fitted on.",
        "[memory.calibration]",
        'on = "pairs that compete in translation memories and of which one term is a known designation; each judged by weights fitted on memories of other files and on other concepts"',
        *(
            f"{key} = [{', '.join(f'{getattr(part, key):.4f}' for part in parts)}]"
            for key in ("told", "right", "low", "high")
        ),
        f"n = [{', '.join(str(part.n) for part in parts)}]",
        f"error = {calibration_error(told, right):.4f}",
        f"error_interval = [{low:.4f}, {high:.4f}]",
        f"skill = {brier_skill(told, right):.4f}",
        f"area = {area_under_curve(told, right):.4f}",
    ]
    kept = OUT.read_text(encoding="utf-8").partition(MEMORY)[0]
    OUT.write_text(kept + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Fit, judge, print, and write where asked."""
    parser = argparse.ArgumentParser(description="Fit how far counts and forms are trusted in translation memories.")
    parser.add_argument("links", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write the table memory of {OUT.name}")
    options = parser.parse_args()
    data = dict(np.load(options.links))
    piles = piles_of([str(name) for name in data.pop("sources")], data)
    print(f"{'links':42} {'n':>7} {'right':>6} {'skill':>6} {'area':>7} {'error':>7} (95 % interval, concepts drawn)")
    piles += [replace(pile, is_trilingual=False) for pile in piles]
    told = cross_validate(piles)
    figures = {what: _part(piles, told, is_trilingual=what) for what in (True, False)}
    for what, one in figures.items():
        name = "three languages" if what else "two languages"
        report(f"{name}: right, crossed, stray", one.part(one.labels != DOUBTFUL))
        report(f"{name}: told .05 or more", one.part((one.labels != DOUBTFUL) & (one.told >= WORTH_TELLING)))
        report(f"{name}: doubtful as wrong, too", one)
    for size in sorted({pile.name.partition("of")[2] for pile in piles}):
        of_size = [place for place, pile in enumerate(piles) if pile.name.endswith(f"of{size}")]
        one = _part([piles[at] for at in of_size], [told[at] for at in of_size], is_trilingual=True)
        report(f"memories of 1/{size}: right, crossed, stray", one.part(one.labels != DOUBTFUL))
    found = fit(piles, _is_sure)
    print(found, file=sys.stderr)
    if options.write:
        whole = figures[True]
        write(found, whole.part(whole.labels != DOUBTFUL))


if __name__ == "__main__":
    main()
