"""Label pairs of terms that were counted in translation memories, for ``scripts/fit_memory.py``.

    python -m scripts.label_memory ../shared/bench/terms-docs -o memory.npz

The segments of the documentation make twelve memories: three of a third of the files each, nine of a ninth; the ninths ``i``, ``i + 3``
and ``i + 6`` lie within the third ``i``. Each is read and its pairs are weighed as a build does it; nothing of the list of concepts goes
into that. All pairs that compete with one another get a label where one term at least is a designation of a concept, compared by NFKC,
case and white space:

- **right**: both are designations of one concept;
- **crossed**, wrong: both are designations of concepts, and share none;
- **stray**, wrong: one is in no concept, and a counterpart of the other stands in every unit in which the two stand together, or the
  one is a piece of such a counterpart, or holds it (関数, built-in function), and the counterpart stands in some unit with the other;
- **doubtful**: one is in no concept, and a counterpart of the other stands in some unit with it, but not in all in which the two stand
  together. Most of those that a model believes are right, being further names that the list lacks (正規表現, 正则 beside 正则表达式): nothing is
  fitted on them, and they are judged apart.

Others have no label: where the memory does not hold the counterpart, nobody knows what the text says in its stead. The output has numbers
only.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.competing import SOURCES, columns_of
from termalign.evidence import Ground
from termalign.lexicon import Lexicon
from termalign.pipeline.given import Given, read_given
from termalign.pipeline.memory import Memory, read_memory
from termalign.pipeline.weighing import scored_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.alignment.competing import Node, Scored

GROUPS = ("ja", "zh", "en")
SHARED = "python-docs"
N_GROUPS = 3
RIGHT, CROSSED, STRAY, DOUBTFUL = range(4)
Known = dict[tuple[str, str], frozenset[int]]


def folded(text: str) -> str:
    """Return what two designations are compared by."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_known(path: Path) -> Known:
    """Read which concepts a language and a designation stand for."""
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(rows):
        cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
        for group in GROUPS:
            for variant in cells[group].split(" | "):
                found[group, folded(variant)].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def files_of(path: Path) -> dict[str, list[str]]:
    """Return the lines of each file, files in stable order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        found[json.loads(line)["file"]].append(line)
    return dict(sorted(found.items()))


def weighed(lines: Sequence[str], lexicon: Lexicon, *, folder: Path) -> tuple[Memory, list[Scored]]:
    """Read lines as a memory, and weigh its pairs."""
    path, given = folder / "memory.jsonl", Given(path=folder / "units.pickle")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    given.path.unlink(missing_ok=True)
    read_given(path, path.name, to=given, losses=Counter())
    memory = read_memory(given)
    ground = Ground(candidates={}, lexicon=lexicon, words=lambda _: (), canonical=lambda form: form)
    return memory, list(scored_pairs(memory, ground))


def labels_of(memory: Memory, pairs: Sequence[Scored], known: Known) -> Iterator[tuple[int, int, int]]:
    """Yield row, kind of label and concept of the pairs that have one."""
    concepts: dict[Node, frozenset[int]] = {}
    holders: defaultdict[tuple[int, str], list[Node]] = defaultdict(list)
    names: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for group, forms in memory.forms.items():
        for number, form in enumerate(forms):
            numbers = known.get((group, folded(form[1])), frozenset())
            if numbers:
                concepts[group, number] = numbers
            for one in numbers:
                holders[one, group].append((group, number))
                names[one, group].append(form[1])

    def units(*nodes: Node) -> frozenset[int]:
        """Return the units in which any of some forms stands."""
        return frozenset(
            unit for group, number in nodes for unit in memory.tables[group].postings.of_form(number).tolist()
        )

    for row, pair in enumerate(pairs):
        ours, theirs = (concepts.get(node, frozenset[int]()) for node in (pair.left, pair.right))
        if ours & theirs:
            yield row, RIGHT, min(ours & theirs)
        elif ours and theirs:
            yield row, CROSSED, min(ours)
        elif ours or theirs:
            node, other = (pair.left, pair.right) if ours else (pair.right, pair.left)
            own = units(node)
            served = [own & units(*holders[number, other[0]]) for number in sorted(ours or theirs)]
            if all(served):
                held = [folded(text) for number in ours or theirs for text in names[number, other[0]]]
                stray = folded(memory.forms[other[0]][other[1]][1])
                is_piece = all(stray in one or one in stray for one in held)
                is_sure = is_piece or all((own & units(other)) <= one for one in served)
                yield row, STRAY if is_sure else DOUBTFUL, min(ours or theirs)


def pile(name: str, memory: Memory, pairs: Sequence[Scored], *, group: int, known: Known) -> dict[str, np.ndarray]:
    """Lay out the pairs of a memory and their labels, as arrays whose names begin with that of the memory."""
    nodes = np.array([[number * 3 + GROUPS.index(one) for one, number in (pair.left, pair.right)] for pair in pairs])
    scores, counts = columns_of(pairs)
    links = [(row, kind, concept, group) for row, kind, concept in labels_of(memory, pairs, known)]
    print(name, len(memory.numbers), "units,", len(pairs), "pairs,", len(links), "labels", file=sys.stderr)
    return {
        f"{name}/pairs": nodes.astype(np.int64).reshape(-1, 2),
        f"{name}/scores": scores,
        f"{name}/counts": counts,
        f"{name}/links": np.array(links, dtype=np.int64).reshape(-1, 4),
    }


def main() -> None:
    """Label and weigh."""
    parser = argparse.ArgumentParser(description="Label pairs of translation memories.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    lexicon, known = Lexicon.load(), read_known(options.folder / f"{SHARED}.terms.tsv")
    files = list(files_of(options.folder / f"{SHARED}.segments.jsonl").values())
    found: dict[str, np.ndarray] = {"sources": np.array(SOURCES)}
    with tempfile.TemporaryDirectory() as folder:
        for step in (N_GROUPS, N_GROUPS**2):
            for first in range(step):
                lines = [line for one in files[first::step] for line in one]
                memory, pairs = weighed(lines, lexicon, folder=Path(folder))
                found |= pile(f"{first}of{step}", memory, pairs, group=first % N_GROUPS, known=known)
    np.savez_compressed(options.output, allow_pickle=False, **found)


if __name__ == "__main__":
    main()
