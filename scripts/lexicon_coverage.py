"""Measure how much of parallel text the core lexicon alone explains.

    python scripts/lexicon_coverage.py FOLDER                   shares for ja-en, zh-en and ja-zh
    python scripts/lexicon_coverage.py FOLDER --missing ja      and the words it does not know, by frequency

FOLDER holds ``<name>.ja.txt``, ``<name>.zh.txt`` and ``<name>.en.txt``, aligned line by line. A content word (noun, verb,
adjective, adverb) counts as *known* where the core holds it and as *found* where one of its translations stands in the line of
the other language: in English as a run of lemmas, in Chinese as a folded substring. A noun before する is looked up with it
too; a word that the core lacks is replaced by its parts, where the tokens name any. Shares are in [0, 1], of all content words.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from termalign.languages import LANGUAGES
from termalign.languages.fold import fold
from termalign.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Token

CONTENT = frozenset({"n", "v", "adj", "adv"})
SURU = "する"
TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}  # language tag by the suffix of a file
PAIRS = (("ja", "en"), ("zh", "en"), ("ja", "zh"))
Run = tuple[frozenset[str], ...]


@dataclass(slots=True)
class Counts:
    """Content words of one direction: all, known to the core, and found on the other side."""

    words: int = 0
    known: int = 0
    found: int = 0
    missing: Counter[str] = field(default_factory=Counter)


def run(text: str) -> Run:
    """Read English as a run of words, each by its folded text and lemma."""
    tokens = LANGUAGES.get("en").tokens(text)
    return tuple(frozenset({fold(token.text), fold(token.base)}) for token in tokens)


def contains(line: Run, wanted: Run) -> bool:
    """Tell whether the words stand in the line, one after another."""
    spans = range(len(line) - len(wanted) + 1)
    return bool(wanted) and any(all(line[at + step] & wanted[step] for step in range(len(wanted))) for at in spans)


def stands(text: str, line: str, run_of_line: Run) -> bool:
    """Tell whether a translation stands in the line: as lemmas in English, else as a folded substring."""
    return contains(run_of_line, run(text)) if run_of_line else fold(text) in line


def lookups(tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """Yield for each content word the forms to look it up by; its text comes last."""
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.pos in CONTENT:
            suru = (token.base + SURU,) if token.pos == "n" and after is not None and after.base == SURU else ()
            yield tuple(dict.fromkeys((token.base, *suru, token.text)))


def units(tokens: Sequence[Token], lexicon: Lexicon, tag: str) -> Iterator[tuple[str, ...]]:
    """Yield the lookups of a line, a word that the core lacks as its parts."""
    parts = {token.text: token.parts for token in tokens if token.parts}
    for forms in lookups(tokens):
        if any((tag, form) in lexicon for form in forms) or forms[-1] not in parts:
            yield forms
        else:
            yield from ((part,) for part in parts[forms[-1]])


def measure(folder: Path, lexicon: Lexicon, *, source: str, target: str) -> Counts:
    """Count the content words of one direction over every text of the folder."""
    counts, tag = Counts(), TAGS[source]
    for path in sorted(folder.glob(f"*.{source}.txt")):
        other = path.with_name(path.name.replace(f".{source}.txt", f".{target}.txt"))
        lines = (one.read_text(encoding="utf-8").splitlines() for one in (path, other))
        for line, facing in zip(*lines, strict=True):
            folded, words = fold(facing), run(facing) if target == "en" else ()
            for forms in units(LANGUAGES.get(tag).tokens(line), lexicon, tag):
                texts = {one.text for form in forms for one in lexicon.translations(form, tag, TAGS[target])}
                counts.words += 1
                counts.known += bool(texts)
                counts.found += any(stands(text, folded, words) for text in texts)
                counts.missing[forms[0]] += not texts
    return counts


def main(arguments: Sequence[str]) -> int:
    """Print the shares and, where asked, the missing words."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with texts aligned line by line")
    parser.add_argument("--missing", choices=("ja", "zh"), help="print the words of this language that the core lacks")
    parser.add_argument("--top", type=int, default=200, help="how many of them")
    asked = parser.parse_args(arguments)
    lexicon = Lexicon.load("core")
    counts = {pair: measure(asked.folder, lexicon, source=pair[0], target=pair[1]) for pair in PAIRS}
    print(f"core: {len(lexicon)} rows")
    print(f"{'pair':<8}{'words':>8}{'known':>8}{'found':>8}")
    for (source, target), one in counts.items():
        print(f"{source}-{target:<5}{one.words:>8}{one.known / one.words:>8.3f}{one.found / one.words:>8.3f}")
    if asked.missing:
        for word, number in counts[asked.missing, "en"].missing.most_common(asked.top):
            if number:
                print(f"{number}\t{word}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
