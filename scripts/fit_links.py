"""Fit how far each source of evidence is trusted, on labelled links, and write ``termalign/data/weights.toml``.

    python -m scripts.label_links ../shared/bench/terms-docs -o /tmp/links.npz --piles part
    python -m scripts.fit_links /tmp/links.npz --write

Two logistic models, one after the other (see ``termalign/alignment/trust.py``), fitted by Newton's method with a ridge on all weights but
the first; slopes that come out negative are 0. Sources that the labelled links never have, and equal Han keys, of which they have a dozen,
are set by hand below and marked so in the file.

Judged by cross-validation: links are in one of three groups by their file and in one of three by the concept of their known term. Each
of the nine cells is judged by weights fitted without the links of its files and without those of its concepts, so that neither a file nor
a pair of terms is on both sides.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

import termalign
from termalign.alignment.trust import SourceTrust, Trust, pressures, rival_strengths
from termalign.evaluation import area_under_curve, bins, brier_skill, calibration_error, calibration_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

OUT = Path(__file__).resolve().parents[1] / "termalign" / "data" / "weights.toml"
VERSION = 1
# Powers of the score that each source is weighed by. What is left over of a term makes another term of it more often than not, and shared
# characters below equality are what composition counts, too: only nearly full scores are to count there.
POWERS = {"han": (16,), "reading": (2,), "composition": (8,), "cooccurrence": (1,), "context": (16,)}
# The loose piles are translations of one another, so that right pairs keep closer company there than in other texts: a lower score
# than theirs is not to speak against a pair.
NEVER_AGAINST = frozenset({"context"})
COUNTED = frozenset({"cooccurrence"})
# Set by hand: the strength, as log odds, of a pair for which this source alone gives its full score. An author who glosses one name by
# another is practically always right; what shares an acronym nearly always; what an encoder puts near is related, and often no more.
BY_HAND = {"gloss": 3.0, "acronym pivot": 2.5, "termbase": 4.0, "encoder": -1.0}
HAND_POWER = 2
FULL = {"acronym pivot": 0.9}  # the highest score of a source, where that is not 1
PRIOR: dict[tuple[str, object], float] = {
    ("han", 16): 7.0
}  # where the ridge pulls to: equal keys, false friends apart, are equal words
RIDGE = 1.0
N_STEPS = 30
STILL = 1e-7  # a step that moves no weight more than that is the last
WORTH_TELLING = 0.05
N_GROUPS = 3
SEED = 20261128
RIGHT, CROSSED, STRAY, APART = range(4)
MEMORY = "\n# Units that were aligned already"  # begins the part of the file that scripts/fit_memory.py writes
EXPLAINED = "Made by scripts/fit_links.py from labels of scripts/label_links.py, which say how."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """One pile: all its weighed pairs, and which of them have a label.

    Args:
        kind: ``part``, ``loose`` or ``whole``.
        names: Sources, one per column.
        scores: (pairs, sources).
        counts: (pairs, sources).
        keys: What either term of a pair competes for, as numbers.
        rows: The pair of each labelled link.
        files: Its file.
        labels: Its label.
        concepts: The concept of its known term.
    """

    kind: str
    names: tuple[str, ...]
    scores: Floats
    counts: Integers
    keys: tuple[Integers, Integers]
    rows: Integers
    files: Integers
    labels: Integers
    concepts: Integers

    @property
    def right(self) -> Floats:
        """Whether each labelled link is right."""
        found: Floats = (self.labels == RIGHT).astype(np.float64)
        return found

    def without(self, *sources: str) -> Pile:
        """Return the pile as if these sources abstained."""
        scores = self.scores.copy()
        for name in sorted(set(sources) & set(self.names)):
            scores[:, self.names.index(name)] = np.nan
        return replace(self, scores=scores)


def read_piles(paths: Sequence[Path]) -> list[Pile]:
    """Read the piles; of each part also the loose one."""
    found: list[Pile] = []
    for path in paths:
        data = np.load(path)
        names = tuple(str(name) for name in data["sources"])
        for name in sorted({key.partition("/")[0] for key in data.files if "/" in key}):
            found += piles_of(names, name, data)
    return found


def piles_of(names: tuple[str, ...], name: str, data: Mapping[str, npt.NDArray[Any]]) -> list[Pile]:
    """Lay out one pile of the labelled links; of a part also the loose one."""
    columns = ("pairs", "languages", "scores", "counts", "proposed", "links")
    return [_thinned(pile) for pile in _piles(names, name, {key: data[f"{name}/{key}"] for key in columns})]


def _piles(names: tuple[str, ...], name: str, data: Mapping[str, npt.NDArray[Any]]) -> Iterator[Pile]:
    """Yield the pile as aligned, and for a part as if nobody had aligned it."""
    languages = data["languages"].astype(np.int64)
    pairs, links = data["pairs"].astype(np.int64), data["links"].astype(np.int64)
    kind = name.rstrip("0123456789")
    aligned = Pile(
        kind=kind,
        names=names,
        scores=data["scores"].astype(np.float64),
        counts=data["counts"].astype(np.int64),
        keys=(pairs[:, 0] * 9 + languages, pairs[:, 1] * 9 + languages),
        **_columns(links[links[:, 2] != APART]),
    )
    yield aligned.without("context")  # every sentence is aligned there
    if kind == "part":
        column = names.index("cooccurrence")
        kept = (data["proposed"].astype(np.int64) & ~(1 << column)) > 0
        places = np.cumsum(kept) - 1
        loose = links[kept[links[:, 0]]]
        loose[:, 0] = places[loose[:, 0]]
        apart = aligned.without("cooccurrence")
        yield replace(
            apart,
            kind="loose",
            scores=apart.scores[kept],
            counts=apart.counts[kept],
            keys=(apart.keys[0][kept], apart.keys[1][kept]),
            **_columns(loose),
        )


def _thinned(pile: Pile) -> Pile:
    """Leave out the pairs that are neither labelled nor rivals of one that is."""
    kept = np.isin(pile.keys[0], pile.keys[0][pile.rows]) | np.isin(pile.keys[1], pile.keys[1][pile.rows])
    places = np.cumsum(kept) - 1
    return replace(
        pile,
        scores=pile.scores[kept],
        counts=pile.counts[kept],
        keys=(pile.keys[0][kept], pile.keys[1][kept]),
        rows=places[pile.rows],
    )


def _columns(links: Integers) -> dict[str, Any]:
    """Name the columns of labelled links."""
    return dict(zip(("rows", "files", "labels", "concepts"), links.T.copy(), strict=True))


class Weighed(Protocol):
    """Pairs that sources weighed, some of them labelled."""

    @property
    def names(self) -> tuple[str, ...]:
        """The sources, one per column."""

    @property
    def scores(self) -> Floats:
        """Of pairs by sources; not a number where a source abstains."""

    @property
    def counts(self) -> Integers:
        """How often each source saw the pair."""

    @property
    def rows(self) -> Integers:
        """The labelled pairs."""


@dataclass(frozen=True, kw_only=True)
class Design:
    """What the first model is made of.

    Args:
        powers: Of the score, by source.
        counted: Sources whose counts speak too.
        no_presence: Sources of which it says nothing that they speak at all.
    """

    powers: Mapping[str, tuple[int, ...]]
    counted: frozenset[str]
    no_presence: frozenset[str]

    def features(self, pile: Weighed) -> tuple[Floats, list[tuple[str, object]]]:
        """Return the columns for the labelled links, and their names."""
        columns: list[Floats] = [np.ones(len(pile.rows))]
        names: list[tuple[str, object]] = [("", "bias")]
        for source, powers in self.powers.items():
            if source not in pile.names:
                continue
            column = pile.names.index(source)
            scores = pile.scores[pile.rows, column]
            present = ~np.isnan(scores)
            known = np.where(present, scores, 0.0)
            if source not in self.no_presence:
                columns.append(present.astype(np.float64))
                names.append((source, "presence"))
            columns += [known**power for power in powers]
            names += [(source, power) for power in powers]
            if source in self.counted:
                columns.append(np.where(present, np.log1p(pile.counts[pile.rows, column]), 0.0))
                names.append((source, "count"))
        return np.stack(columns, axis=1), names

    def fit(
        self,
        piles: Sequence[Weighed],
        masks: Sequence[npt.NDArray[np.bool_]],
        right: Floats,
        prior: Mapping[tuple[str, object], float],
    ) -> Trust:
        """Fit the first model on the chosen links of all piles; rivals are left out of account."""
        features = [self.features(pile) for pile in piles]
        names = features[0][1]
        rows = np.concatenate([one[mask] for (one, _), mask in zip(features, masks, strict=True)])
        free = np.array([what in {"bias", "presence"} for _, what in names])
        weights = newton(rows, right, free=free, prior=np.array([prior.get(name, 0.0) for name in names]))
        told = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
        sources = {
            source: SourceTrust(
                presence=told.get((source, "presence"), 0.0),
                slopes=tuple((power, told[source, power]) for power in powers),
                count=told.get((source, "count"), 0.0),
            )
            for source, powers in self.powers.items()
            if (source, powers[0]) in told
        }
        return Trust(bias=told["", "bias"], sources=sources, offset=0.0, strength=1.0, rival=0.0, other_rival=0.0)


DESIGN = Design(powers=POWERS, counted=COUNTED, no_presence=NEVER_AGAINST)


def newton(rows: Floats, right: Floats, *, free: npt.NDArray[np.bool_], prior: Floats) -> Floats:
    """Fit a logistic model; weights that are not free are at least 0."""
    active = np.ones(rows.shape[1], dtype=np.bool_)
    while True:
        used, mean = rows[:, active], prior[active]
        ridge = RIDGE * np.eye(used.shape[1])
        ridge[0, 0] = 1e-6
        look = mean.copy()
        for _ in range(N_STEPS):
            told = 1.0 / (1.0 + np.exp(-np.clip(used @ look, -30.0, 30.0)))
            bend = (used * (told * (1.0 - told))[:, None]).T @ used + ridge
            step = np.linalg.solve(bend, used.T @ (right - told) - ridge @ (look - mean))
            look += step
            if np.abs(step).max() < STILL:
                break
        weights = np.zeros(rows.shape[1])
        weights[active] = look
        bad = (weights < 0) & ~free & active
        if not bad.any():
            return weights
        active &= weights != weights[bad].min()


def fit(piles: Sequence[Pile], chosen: Callable[[Pile], npt.NDArray[np.bool_]]) -> Trust:
    """Fit both models on the chosen links of all piles."""
    masks = [chosen(pile) for pile in piles]
    right = np.concatenate([pile.right[mask] for pile, mask in zip(piles, masks, strict=True)])
    found = _with_hand(DESIGN.fit(piles, masks, right, PRIOR))
    seconds = []
    for pile, mask in zip(piles, masks, strict=True):
        strengths, pressing = _strengths(found, pile)
        stronger, weaker = pressures(*pressing)
        chosen_rows = pile.rows[mask]
        seconds.append(
            np.stack(
                [np.ones(len(chosen_rows)), *(one[chosen_rows] for one in (strengths, -stronger, -weaker))], axis=1
            )
        )
    second = newton(np.concatenate(seconds), right, free=np.array([True, False, False, False]), prior=np.zeros(4))
    offset, strength, rival, other_rival = (float(one) for one in second)
    return replace(found, offset=offset, strength=strength, rival=rival, other_rival=other_rival)


def _with_hand(found: Trust) -> Trust:
    """Put the sources whose weights are set by hand before the others."""
    by_hand = {
        source: SourceTrust(
            slopes=((HAND_POWER, round((strength - found.bias) / FULL.get(source, 1.0) ** HAND_POWER, 4)),)
        )
        for source, strength in BY_HAND.items()
    }
    return replace(found, sources={**by_hand, **found.sources})


def _strengths(found: Trust, pile: Pile) -> tuple[Floats, tuple[Floats, Floats]]:
    """Return the strengths of all pairs of a pile, and of their rivals."""
    strengths = found.strengths(pile.names, pile.scores, pile.counts)
    return strengths, (rival_strengths(pile.keys[0], strengths), rival_strengths(pile.keys[1], strengths))


def told_by(found: Trust, pile: Pile) -> Floats:
    """Return the probabilities of the labelled links."""
    strengths, (left, right) = _strengths(found, pile)
    told: Floats = found.probabilities(strengths, left, right)[pile.rows]
    return told


@dataclass(slots=True, kw_only=True)
class Judged:
    """Labelled links with what was told of them by weights that did not see them."""

    kind: str
    told: Floats
    labels: Integers
    files: Integers

    def part(self, mask: npt.NDArray[np.bool_]) -> Judged:
        """Return some of them."""
        return Judged(kind=self.kind, told=self.told[mask], labels=self.labels[mask], files=self.files[mask])

    @property
    def right(self) -> list[bool]:
        """Whether each is right."""
        return [bool(one) for one in self.labels == RIGHT]


def others_of(file: int, concept: int) -> Callable[[Pile], npt.NDArray[np.bool_]]:
    """Return a function that chooses the links of other files and other concepts."""
    return lambda pile: (pile.files % N_GROUPS != file) & (pile.concepts % N_GROUPS != concept)


def cross_validate(piles: Sequence[Pile]) -> dict[str, Judged]:
    """Judge every labelled link by weights fitted without its file and without its concept."""
    told = [np.full(len(pile.rows), np.nan) for pile in piles]
    for file in range(N_GROUPS):
        for concept in range(N_GROUPS):
            found = fit(piles, others_of(file, concept))
            for pile, values in zip(piles, told, strict=True):
                held = (pile.files % N_GROUPS == file) & (pile.concepts % N_GROUPS == concept)
                values[held] = told_by(found, pile)[held]
    kinds = sorted({pile.kind for pile in piles})
    return {
        kind: Judged(
            kind=kind,
            told=np.concatenate([values for pile, values in zip(piles, told, strict=True) if pile.kind == kind]),
            labels=np.concatenate([pile.labels for pile in piles if pile.kind == kind]),
            files=np.concatenate([pile.files for pile in piles if pile.kind == kind]),
        )
        for kind in kinds
    }


def report(name: str, one: Judged) -> None:
    """Print the figures of some links."""
    told, right = one.told.tolist(), one.right
    low, high = calibration_interval(told, right, groups=one.files.tolist(), seed=SEED, n_draws=200)
    print(
        f"{name:44} {len(told):7d} {sum(right) / len(right):6.3f} {brier_skill(told, right):6.3f} {area_under_curve(told, right):7.4f} "
        f"{calibration_error(told, right):7.4f} ({low:.4f}-{high:.4f})"
    )


def write(found: Trust, judged: Judged, kinds: Sequence[str], spoken: Mapping[str, int]) -> None:
    """Write the weights with their provenance and how they held."""
    told, right = judged.told.tolist(), judged.right
    parts = bins(told, right)
    low, high = calibration_interval(told, right, groups=judged.files.tolist(), seed=SEED)
    day = dt.datetime.fromtimestamp(
        int(os.environ.get("SOURCE_DATE_EPOCH") or dt.datetime.now(tz=dt.UTC).timestamp()), tz=dt.UTC
    )
    lines = [
        "# How far each source of evidence is trusted: the parameters of termalign/alignment/trust.py, as log odds.",
        f"# {EXPLAINED} Numbers only: nothing of the texts is in here.",
        f"version = {VERSION}",
        f"fitted = {day:%Y-%m-%d}",
        f'with = "termalign {termalign.__version__}"',
        'command = "python -m scripts.label_links ../shared/bench/terms-docs -o links.npz --piles part && python -m scripts.fit_links links.npz --write"',
        f'on = "the Python 3.11 documentation in English, Japanese and Chinese: {", ".join(kinds)}"',
        "",
        "# A pair for which no source speaks. Below, links: of how many labelled ones a source says anything.",
        f"bias = {found.bias:.4f}",
    ]
    for name, one in found.sources.items():
        lines += ["", *_remark(name), f'[sources."{name}"]']
        lines += [f"links = {spoken[name]}"] if name not in BY_HAND else []
        lines += [f"presence = {one.presence:.4f}"] if one.presence else []
        lines += [f'"power {power}" = {slope:.4f}' for power, slope in one.slopes]
        lines += [f"count = {one.count:.4f}"] if one.count else []
    lines += ["", "# The second step: strength of the pair against that of its rivals.", "[rivals]"]
    lines += [f"{key} = {getattr(found, key):.4f}" for key in ("offset", "strength", "rival", "other_rival")]
    lines += [
        "",
        "# On links of files and concepts that the weights judging them were not fitted on.",
        "[calibration]",
        'on = "right pairs and wrong pairings of known designations within a unit, by file; each judged by weights fitted on other files and other concepts"',
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
    kept = "".join(OUT.read_text(encoding="utf-8").partition(MEMORY)[1:])  # of scripts/fit_memory.py
    OUT.write_text("\n".join(lines) + "\n" + kept, encoding="utf-8", newline="\n")


def _remark(name: str) -> list[str]:
    """Say which numbers of a source are set by hand."""
    if name in BY_HAND:
        return ["# By hand: the labelled links have none."]
    if any(source == name for source, _ in PRIOR):
        return ["# Full scores are few: the highest power stays near what was set by hand."]
    return []


def spoken(piles: Sequence[Pile]) -> dict[str, int]:
    """Count the labelled links of which each source says anything."""
    counts: Counter[str] = Counter()
    for pile in piles:
        told = (~np.isnan(pile.scores[pile.rows])).sum(axis=0)
        counts.update(dict(zip(pile.names, told.tolist(), strict=True)))
    return counts


def main() -> None:
    """Fit, judge, print, and write where asked."""
    parser = argparse.ArgumentParser(description="Fit how far each source is trusted.")
    parser.add_argument("links", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    options = parser.parse_args()
    piles = read_piles(options.links)
    print(f"{'links':44} {'n':>7} {'right':>6} {'skill':>6} {'area':>7} {'error':>7} (95 % interval, files drawn)")
    judged = cross_validate(piles)
    for kind, one in judged.items():
        report(f"{kind}: all", one)
        report(f"{kind}: right and crossed", one.part(one.labels <= CROSSED))
        report(f"{kind}: told .05 or more", one.part(one.told >= WORTH_TELLING))
    found = fit(piles, lambda pile: np.ones(len(pile.rows), dtype=np.bool_))
    print(found, file=sys.stderr)
    if options.write:
        aligned = judged["part"]
        write(
            found,
            aligned.part(aligned.labels <= CROSSED),
            [f"{len(one.told)} links of kind {kind}" for kind, one in judged.items()],
            spoken(piles),
        )


if __name__ == "__main__":
    main()
