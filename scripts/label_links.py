"""Label links of the Python documentation as right or wrong, with the evidence that a build finds for them.

    python -m scripts.label_links ../shared/bench/terms-docs -o /tmp/links.npz [--lexicon FILE]...

The folder holds aligned segments of three languages (``python-docs.segments.jsonl``) and concepts with their designations
(``python-docs.terms.tsv``). Three kinds of pile are made of the segments: the ``whole`` memory; its parts (``part``), an eighth of the files
each; and ``loose`` piles, the same eighths as if nobody had aligned them. In each, candidates are extracted and pairs proposed and weighed
by every source as in a build; nothing of the list of concepts goes into that. Then those pairs get a label, once per file, of which a
term is a designation of a concept and both stand in one unit of the file (the extraction says what stands there as a word):

- **right**: both are designations of one concept;
- **crossed**, wrong: they are designations of concepts, and share none;
- **stray**, wrong: one is in no concept, and a counterpart of the other stands in *every* unit of the memory in which the two stand
  together. Where it did not, the stray may be a further name of the concept, which the list lacks, and the pair has no label. Of two
  names of which one holds the other (関数, built-in function) the shorter is another concept, so that such pairs are wrong too.

In a loose pile a fourth kind stands for what documents offer most of:

- **apart**, wrong: one is a designation of a concept, and the two share no unit in the whole memory, where each stands in
  several; a translation would have met the other.

The output has numbers only, per pile: for each pair its two terms as numbers, and per source score and count; for each link pair, file,
label, kind and concept.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from termalign.evidence import EVIDENCE, Ground
from termalign.languages import LANGUAGES
from termalign.lexicon import DEFAULT_LAYERS, Lexicon
from termalign.model import (
    AnalysedDocument,
    BlockKind,
    Document,
    DocumentId,
    MappedText,
    Segment,
    Sentence,
    Span,
    TranslationUnit,
)
from termalign.pipeline.terms import _ground, rejoined
from termalign.terms import extract_candidates, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.model import Form

TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}
N_PARTS = 8
SHARED = "python-docs"
KINDS = ("right", "crossed", "stray", "apart")
MIN_APART = 3  # units in which each of two terms stands that share none
Pair = tuple["Form", "Form"]


@dataclass(slots=True)
class Memory:
    """The segments of the documentation, analysed."""

    documents: dict[str, list[AnalysedDocument]] = field(default_factory=lambda: defaultdict(list))
    units: dict[str, list[TranslationUnit]] = field(default_factory=lambda: defaultdict(list))

    @property
    def files(self) -> list[str]:
        """The files, in stable order."""
        return sorted(self.units)


def read_memory(path: Path, lexicon: Lexicon, *, first: int = 0, step: int = 1) -> Memory:
    """Read the segments of every ``step``th file; each file and language is a document, each segment a sentence of it."""
    memory = Memory()
    files: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        files[row["file"]].append(row)
    for file in sorted(files)[first::step]:
        rows = files[file]
        sides = {code: list(_sentences(file, code, [row[code] for row in rows])) for code in TAGS}
        for code, sentences in sides.items():
            text = "\n".join(row[code] for row in rows)
            document = Document(
                id=DocumentId(f"{file}.{code}"), path=file, sha256="", encoding="utf-8", reader="jsonl", text=text
            )
            memory.documents[file].append(AnalysedDocument(document=document, passages=(), sentences=tuple(sentences)))
        memory.documents[file] = rejoined(memory.documents[file], lexicon)
        for number in range(len(rows)):
            memory.units[file].append(TranslationUnit(segments=tuple(sides[code][number].segment for code in TAGS)))
    return memory


def _sentences(file: str, code: str, texts: Sequence[str]) -> Iterator[Sentence]:
    """Yield the segments of one side of a file."""
    raw, at = "\n".join(texts), 0
    for text in texts:
        span = Span(at, at + len(text))
        segment = Segment(language=TAGS[code], text=text, document=f"{file}.{code}", spans=(span,))
        tokens = tuple(LANGUAGES.get(TAGS[code]).tokens(text))
        content = MappedText.of(raw, span.start, span.end)
        yield Sentence(segment=segment, content=content, tokens=tokens, kind=BlockKind.PARAGRAPH)
        at = span.end + 1


def ground_of(memory: Memory, files: Iterable[str], lexicon: Lexicon) -> Ground:
    """Lay out a pile of files as a build does."""
    files = list(files)
    documents = [document for file in files for document in memory.documents[file]]
    units = [unit for file in files for unit in memory.units[file]]
    sentences = tuple(sentence for document in documents for sentence in document.sentences)
    return replace(_ground(units, lexicon, (), extract_candidates(documents)), sentences=sentences)


def read_concepts(path: Path) -> dict[tuple[str, str], frozenset[int]]:
    """Read which concepts a language and a key of a designation stand for."""
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    columns = head.split("\t")
    for number, row in enumerate(rows):
        cells = dict(zip(columns, row.split("\t"), strict=True))
        for code, tag in TAGS.items():
            for variant in cells[code].split(" | "):
                found[tag, str(key_of(variant, tag))].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


@dataclass(slots=True)
class Labeller:
    """Tells which pairs are right.

    Args:
        concepts: Which concepts a language and a key stand for.
        whole: The ground of the whole memory.
    """

    concepts: dict[tuple[str, str], frozenset[int]]
    whole: Ground
    unsure: set[tuple[tuple[str, str], tuple[str, str]]] = field(default_factory=set)
    n_units: Counter[tuple[str, str]] = field(default_factory=Counter)
    met: set[tuple[tuple[str, str], tuple[str, str]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for _, forms in self.whole.units:
            keys = [self.key(form, self.whole) for form in forms]
            self.n_units.update(keys)
            known = [(key, self.concepts[key]) for key in keys if key in self.concepts]
            for key, numbers in known:
                for other in keys:
                    if other[0] != key[0]:
                        self.met.add((key, other))
                        is_served = any(o[0] == other[0] and n & numbers for o, n in known)
                        if other not in self.concepts and not is_served:
                            self.unsure.add((key, other))

    @staticmethod
    def key(form: Form, ground: Ground) -> tuple[str, str]:
        """Return language and key of a candidate."""
        return form[0], str(ground.candidates[form].folded)

    def label(self, left: tuple[str, str], right: tuple[str, str], *, in_unit: bool) -> tuple[str, int] | None:
        """Return kind and concept of a pair of keys; ``None`` where it is not known."""
        ours, theirs = self.concepts.get(left), self.concepts.get(right)
        if ours and theirs:
            if ours & theirs:
                return ("right", min(ours & theirs))
            return ("crossed", min(ours)) if in_unit else ("apart", min(ours)) if self._apart(left, right) else None
        known, stray, numbers = (left, right, ours) if ours else (right, left, theirs)
        if not numbers or (known, stray) in self.unsure:
            return None
        if in_unit:
            return "stray", min(numbers)
        return ("apart", min(numbers)) if self._apart(known, stray) else None

    def _apart(self, known: tuple[str, str], other: tuple[str, str]) -> bool:
        """Tell whether two terms would have met, were they translations."""
        return (known, other) not in self.met and min(self.n_units[known], self.n_units[other]) >= MIN_APART


def weighed(ground: Ground, *, tell: str) -> tuple[list[Pair], np.ndarray, np.ndarray, np.ndarray]:
    """Weigh all pairs of a pile: pairs, scores and counts per source (not a number where it abstains), proposers."""
    # Company is kept in sentences that are not aligned: it is weighed for the loose pile, see fit_links.
    sources = [EVIDENCE.get(name)(replace(ground, units=()) if name == "context" else ground) for name in EVIDENCE]
    proposed: dict[Pair, int] = defaultdict(int)
    for number, source in enumerate(sources):
        for pair in source.pairs():
            proposed[pair] |= 1 << number
    pairs = sorted(proposed)
    scores = np.full((len(pairs), len(sources)), np.nan, dtype=np.float32)
    counts = np.zeros((len(pairs), len(sources)), dtype=np.int32)
    for row, pair in enumerate(pairs):
        for column, source in enumerate(sources):
            found = source.weigh(*pair)
            if found is not None:
                scores[row, column], counts[row, column] = round(found.score, 4), found.n
    print(tell, len(ground.units), "units,", len(pairs), "pairs", file=sys.stderr)
    return pairs, scores, counts, np.array([proposed[pair] for pair in pairs], dtype=np.int32)


def links_of(
    ground: Ground, files: Sequence[str], memory: Memory, labeller: Labeller
) -> dict[tuple[Pair, int], tuple[str, int]]:
    """Label the pairs of which a term is a designation of a concept, and both stand in one unit: by pair and file."""
    found: dict[tuple[Pair, int], tuple[str, int]] = {}
    numbers = [number for number, file in enumerate(files) for _ in memory.units[file]]
    for number, (_, forms) in zip(numbers, ground.units, strict=True):
        keyed = [(form, labeller.key(form, ground)) for form in forms]
        known = [one for one in keyed if one[1] in labeller.concepts]
        for (form, key), (other, other_key) in product(known, keyed):
            if form[0] != other[0]:
                pair = (form, other) if _before(form, other) else (other, form)
                if (pair, number) not in found:
                    label = labeller.label(*((key, other_key) if pair[0] == form else (other_key, key)), in_unit=True)
                    if label:
                        found[pair, number] = label
    return found


def _before(one: Form, other: Form) -> bool:
    order = list(TAGS.values())
    return order.index(one[0]) < order.index(other[0])


def pile(
    name: str, ground: Ground, files: Sequence[str], *, offset: int, memory: Memory, labeller: Labeller
) -> dict[str, np.ndarray]:
    """Weigh and label one pile, as arrays whose names begin with the pile's; its files are numbered from ``offset`` on."""
    pairs, scores, counts, proposed = weighed(ground, tell=name)
    rows = {pair: row for row, pair in enumerate(pairs)}
    ids = {form: number for number, form in enumerate(sorted(ground.candidates))}
    tags = [str(tag) for tag in TAGS.values()]
    links = [
        (rows[pair], offset + file, KINDS.index(kind), concept)
        for (pair, file), (kind, concept) in sorted(links_of(ground, files, memory, labeller).items())
        if pair in rows
    ]
    seen = {row for row, *_ in links}
    for pair, row in rows.items():
        if row not in seen:
            left, right = (labeller.key(form, ground) for form in pair)
            if left in labeller.concepts or right in labeller.concepts:
                label = labeller.label(left, right, in_unit=False)
                if label and label[0] == "apart":
                    links.append((row, offset + row % len(files), KINDS.index("apart"), label[1]))
    return {
        f"{name}/pairs": np.array([(ids[left], ids[right]) for left, right in pairs], dtype=np.int32),
        f"{name}/languages": np.array(
            [tags.index(left[0]) * 3 + tags.index(right[0]) for left, right in pairs], dtype=np.int8
        ),
        f"{name}/scores": scores,
        f"{name}/counts": counts,
        f"{name}/proposed": proposed,
        f"{name}/links": np.array(links, dtype=np.int32).reshape(-1, 4),
        f"{name}/names": np.array([f"{left[1]}\t{right[1]}" for left, right in pairs]),
    }


def main() -> None:
    """Label and weigh."""
    parser = argparse.ArgumentParser(description="Label links and weigh them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--lexicon", action="append", default=[])
    parser.add_argument("--piles", nargs="+", choices=("part", "whole"), default=["part", "whole"])
    options = parser.parse_args()
    lexicon = Lexicon.load(*(options.lexicon or DEFAULT_LAYERS))
    memory = read_memory(options.folder / f"{SHARED}.segments.jsonl", lexicon)
    print(len(memory.files), "files read", file=sys.stderr)
    whole = ground_of(memory, memory.files, lexicon)
    labeller = Labeller(read_concepts(options.folder / f"{SHARED}.terms.tsv"), whole)
    found: dict[str, np.ndarray] = {"sources": np.array(list(EVIDENCE)), "kinds": np.array(KINDS)}
    # Files stand in the order of their parts, so that a part is a range of them.
    parts = [memory.files[first::N_PARTS] for first in range(N_PARTS)]
    offset = 0
    for number, files in enumerate(parts if "part" in options.piles else ()):
        found |= pile(
            f"part{number}", ground_of(memory, files, lexicon), files, offset=offset, memory=memory, labeller=labeller
        )
        offset += len(files)
    if "whole" in options.piles:
        files = [file for part in parts for file in part]
        found |= pile("whole", ground_of(memory, files, lexicon), files, offset=0, memory=memory, labeller=labeller)
    np.savez_compressed(options.output, allow_pickle=False, **found)


if __name__ == "__main__":
    main()
