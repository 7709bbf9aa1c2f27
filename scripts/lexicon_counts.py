"""Count the shipped lexicon: rows and forms per table, part of speech and domain.

    python scripts/lexicon_counts.py             counts per table, part of speech and domain
    python scripts/lexicon_counts.py --by pos    only one of them: part, pos or domain

A form counts once per language in each line of the report, however many rows hold it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DATA = Path(__file__).resolve().parents[1] / "termalign" / "data"
LAYERS = ("core", "places")
LANGUAGES = ("ja", "zh-Hans", "zh-Hant", "en")
GROUPS = ("part", "pos", "domain")


def rows() -> Iterator[dict[str, str]]:
    """Stream the rows of the shipped layers as cells by column, with the table under ``part``."""
    for path in (path for layer in LAYERS for path in sorted((DATA / layer).glob("*.tsv"))):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines:
            cells = dict(zip(header.split("\t"), line.split("\t"), strict=True))
            yield cells | {"part": f"{path.parent.name}/{path.stem}"}


def counted(table: Sequence[dict[str, str]], group: str) -> Iterator[tuple[str, int, list[int]]]:
    """Count rows and distinct forms per value of a column, most rows first, then over all."""
    number: Counter[str] = Counter()
    forms: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in table:
        for name in (row[group], "all"):
            number[name] += 1
            for language in LANGUAGES:
                forms[name, language].update(form for form in row[language].split("|") if form)
    names = sorted(number.keys() - {"all"}, key=lambda name: (-number[name], name))
    for name in [*names, "all"]:
        yield name, number[name], [len(forms[name, language]) for language in LANGUAGES]


def report(table: Sequence[dict[str, str]], group: str) -> Iterator[str]:
    """Write one table of counts."""
    yield f"{group:<24}" + "".join(f"{title:>10}" for title in ("rows", *LANGUAGES))
    for name, number, forms in counted(table, group):
        yield f"  {name:<22}" + "".join(f"{value:>10}" for value in (number, *forms))


def main(arguments: Sequence[str]) -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--by", choices=GROUPS, action="append", help="count only by this; may be repeated")
    asked = parser.parse_args(arguments)
    table = list(rows())
    for group in asked.by or GROUPS:
        print("\n".join(report(table, group)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
