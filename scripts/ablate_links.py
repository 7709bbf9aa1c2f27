"""What each source of evidence is worth: each alone, and all but each. Prints the table of ``docs/evidence.md``.

    python -m scripts.ablate_links /tmp/links.npz ../shared/corpus/documents ../shared/corpus/gold-sample.tsv ../shared/bench/score_glossary.py

On labelled links (:mod:`scripts.label_links`) the weights are fitted anew without the sources left out, and judged on files and concepts
that they were not fitted on: three of the nine cells of :mod:`scripts.fit_links`, which hold every file group and every concept group once.
On documents the weights in use stay, and the sources left out abstain and propose nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

import termalign.pipeline.terms
from scripts.fit_links import CROSSED, N_GROUPS, RIGHT, Pile, fit, others_of, read_piles, told_by
from termalign.alignment.copies import witnesses
from termalign.alignment.links import link
from termalign.evaluation import area_under_curve, brier_skill
from termalign.evidence import EVIDENCE
from termalign.lexicon import DEFAULT_LAYERS, Lexicon
from termalign.model import AnalysedDocument
from termalign.pipeline.alignments import align_pile
from termalign.pipeline.analysis import analyse_all
from termalign.pipeline.inputs import read_documents
from termalign.pipeline.terms import find_concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from termalign.evidence import EvidenceSource
    from termalign.model import Evidence, Form, Link

HEAD = (
    "| sources | aligned: skill | area | loose: skill | area | documents: recall | precision | concepts found |",
    "|---|---|---|---|---|---|---|---|",
)


class Recorded:
    """A source that works once and then remembers."""

    def __init__(self, source: EvidenceSource) -> None:
        self._source = source
        self.name = source.name
        self._pairs = tuple(source.pairs())
        self._weighed = lru_cache(maxsize=None)(source.weigh)

    def pairs(self) -> tuple[tuple[Form, Form], ...]:
        """Return what the source proposed."""
        return self._pairs

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Return what the source found."""
        return self._weighed(left, right)


def _once(step: Callable[..., Any]) -> Callable[..., Any]:
    """Return a step that works once: what it is given does not change between builds."""
    results: list[Any] = []

    def remembered(*args: object, **named: object) -> object:
        if not results:
            results.append(step(*args, **named))
        return results[0]

    return remembered


class Documents:
    """Documents whose glossary is built with some sources only."""

    def __init__(self, folder: Path, gold: Path, scorer: Path) -> None:
        self._gold, self._scorer = gold, scorer
        self._lexicon = Lexicon.load(*DEFAULT_LAYERS)
        pile = read_documents([folder])
        self._analysed = [one for one in analyse_all(pile.documents) if isinstance(one, AnalysedDocument)]
        self._units = align_pile(self._analysed, lexicon=self._lexicon, pairs=pile.pairs).units
        self._recorded: list[Recorded] = []
        self._steps = [
            (name, _once(getattr(termalign.pipeline.terms, name)))
            for name in ("settle", "extract_candidates", "_ground")
        ]

    def figures(self, chosen: Sequence[str]) -> tuple[str, str, str]:
        """Return pair recall, pair precision and concept recall."""

        def some(sources: Sequence[EvidenceSource], **_: object) -> tuple[Link, ...]:
            self._recorded = self._recorded or [Recorded(one) for one in sources]
            return link([one for one in self._recorded if one.name in chosen])

        with ExitStack() as patches:
            for name, step in [("link", some), *self._steps]:
                patches.enter_context(patch(f"termalign.pipeline.terms.{name}", step))
            found = find_concepts(
                self._analysed, self._units, lexicon=self._lexicon, said_by=witnesses(self._analysed).of
            )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "glossary.jsonl"
            path.write_text("".join(json.dumps(one.as_json()) + "\n" for one in found.concepts), encoding="utf-8")
            done = subprocess.run(  # noqa: S603 - the scorer that was named
                [sys.executable, self._scorer, self._gold, path], capture_output=True, text=True, check=True
            )
        rows = {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.splitlines()}
        return rows["all"][0], f"{rows['all'][2]} ({rows['all'][3]})", rows["concept recall"][0]


def judged(piles: Sequence[Pile]) -> Iterator[tuple[float, float]]:
    """Yield skill and area on aligned piles (right and crossed links) and on loose ones (all)."""
    told: dict[str, list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]] = {"part": [], "loose": []}
    for group in range(N_GROUPS):
        found = fit(piles, others_of(group, group))
        for pile in piles:
            held = (pile.files % N_GROUPS == group) & (pile.concepts % N_GROUPS == group)
            held &= (pile.labels <= CROSSED) | (pile.kind == "loose")
            if pile.kind in told:
                told[pile.kind].append(np.stack([told_by(found, pile)[held], pile.labels[held] == RIGHT], axis=1))
    for kind in ("part", "loose"):
        rows = np.concatenate(told[kind])
        values, right = rows[:, 0].tolist(), [bool(one) for one in rows[:, 1]]
        yield brier_skill(values, right), area_under_curve(values, right)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Say what each source of evidence is worth.")
    parser.add_argument("links", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    options = parser.parse_args()
    piles = read_piles([options.links])
    pile = Documents(options.documents, options.gold, options.scorer)
    asked = [name for name in EVIDENCE if name not in {"termbase", "encoder"}]  # these two speak only where asked
    print(*HEAD, sep="\n")
    rows = [("all", asked)]
    rows += [(f"{name} alone", [name]) for name in asked]
    rows += [(f"all but {name}", [one for one in asked if one != name]) for name in asked]
    for title, chosen in rows:
        left = [one.without(*(name for name in one.names if name not in chosen)) for one in piles]
        known = [
            name
            for name in chosen
            if any(not np.isnan(one.scores[:, one.names.index(name)]).all() for one in piles if name in one.names)
        ]
        cells = [f"{value:.3f}" for pair in judged(left) for value in pair] if known else ["–"] * 4
        print(f"| {title} | {' | '.join((*cells, *pile.figures(chosen)))} |", flush=True)


if __name__ == "__main__":
    main()
