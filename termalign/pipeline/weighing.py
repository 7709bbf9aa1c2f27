"""How the pairs that were counted in a memory are weighed: their counts, and their parts and characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.alignment.competing import Scored
from termalign.evidence import EVIDENCE, Ground
from termalign.languages.characters import is_all_han
from termalign.pipeline.quick_words import quick_words
from termalign.pipeline.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termalign.alignment.competing import Node
    from termalign.evidence import EvidenceSource
    from termalign.lexicon import Lexicon
    from termalign.model import Evidence, Form
    from termalign.pipeline.memory import Memory

__all__ = ["scored_pairs", "weigh"]

N_WEIGHED = 2_000  # pairs that a worker weighs at a time
MIN_ALONE = 2  # shared units from which counts alone may speak for a pair
MAX_LOOKED_AT = 6  # shared units that are looked at for different sentences; a sentence is seldom translated more often
MIN_FORM = 0.75  # likeness of form from which what only stands within one longer term has a counterpart of its own
SOURCES = ("composition", "han")


def scored_pairs(memory: Memory, ground: Ground, *, jobs: int = 1) -> Iterator[Scored]:
    """Weigh the pairs of a memory.

    Args:
        memory: What was counted.
        ground: The lexicon.
        jobs: How many processes.

    Yields:
        The pairs that compete, with what speaks for each: counts alone only for two noun groups that share some units, and not
        for a pair that a longer term explains.
    """
    rows = [
        (first, second, *row)
        for (first, second), pairs in memory.pairs.items()
        for row in zip(
            pairs.left.tolist(),
            pairs.right.tolist(),
            pairs.strength.tolist(),
            pairs.joint.tolist(),
            memory.explained[first, second].tolist(),
            strict=True,
        )
    ]
    terms = [(memory.forms[first][left], memory.forms[second][right]) for first, second, left, right, *_ in rows]
    for row, found in zip(rows, _weighed(terms, ground, jobs), strict=True):
        first, second, left, right, strength, joint, is_explained = row
        are_nominal = _may_be_noun(memory, first, left) and _may_be_noun(memory, second, right)
        if is_explained or not _is_said_twice(memory, (first, left), (second, right), joint):
            is_spoken_for = any(one.score >= MIN_FORM for one in found)
        else:
            is_spoken_for = bool(found) or (joint >= MIN_ALONE and are_nominal)
        if is_spoken_for:
            yield Scored(left=(first, left), right=(second, right), strength=strength, joint=joint, forms=found)


def _is_said_twice(memory: Memory, left: Node, right: Node, joint: int) -> bool:
    """Tell whether two forms stand together in two sentences that differ in both languages: one may be translated several times."""
    return joint > MAX_LOOKED_AT or memory.n_texts(left, right) >= MIN_ALONE


def _may_be_noun(memory: Memory, group: str, form: int) -> bool:
    """Tell whether a form may be a noun group: by its tags, but for Chinese, where half of the terms are tagged as something else."""
    return group == "zh" or bool(memory.tables[group].is_nominal[form])


def _weighed(terms: Sequence[tuple[Form, Form]], ground: Ground, jobs: int) -> Iterator[tuple[Evidence, ...]]:
    """Yield the evidence from the form of each pair, in order; in parallel where asked."""
    if jobs > 1 and len(terms) > N_WEIGHED:
        from joblib import Parallel, delayed  # noqa: PLC0415 - half a second that a serial run does not pay

        chunks = (terms[start : start + N_WEIGHED] for start in range(0, len(terms), N_WEIGHED))
        stream = Parallel(n_jobs=jobs, return_as="generator")(delayed(weigh)(one, ground.lexicon) for one in chunks)
        for found in stream:
            yield from found
    else:
        sources = _sources(_ground(ground.lexicon))
        yield from (_by_form(*pair, sources) for pair in terms)


def weigh(terms: Sequence[tuple[Form, Form]], lexicon: Lexicon) -> list[tuple[Evidence, ...]]:
    """Weigh pairs by their form; a stage that pickles.

    Args:
        terms: The pairs.
        lexicon: Words and their translations.

    Returns:
        For each pair its evidence, empty where the form says nothing.
    """
    sources = _sources(_ground(lexicon))
    return [_by_form(*pair, sources) for pair in terms]


def _ground(lexicon: Lexicon) -> Ground:
    """Return what evidence from form looks at: the words of terms, cut as cheaply as it allows, and the lexicon."""
    whole = wording(lexicon)

    def words(form: Form) -> tuple[str, ...]:
        if form[0] == "en":
            return tuple(base for _, _, _, pos, base, _ in quick_words(form[1], "en") if pos != "mark")
        return whole(form) if form[0] == "ja" else (form[1],)  # Chinese is compared by its characters

    return Ground(candidates={}, lexicon=lexicon, words=words, canonical=lambda form: form)


def _sources(ground: Ground) -> dict[str, EvidenceSource]:
    return {name: EVIDENCE.get(name)(ground) for name in SOURCES}


def _by_form(left: Form, right: Form, sources: Mapping[str, EvidenceSource]) -> tuple[Evidence, ...]:
    """Weigh a pair by its form."""
    names = ["composition"]
    if is_all_han(left[1]) and is_all_han(right[1]):
        names.append("han")
    found = (sources[name].weigh(left, right) for name in names)
    return tuple(one for one in found if one is not None)
