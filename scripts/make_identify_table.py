"""Make ``termalign/data/identify.tsv``: how often Han characters follow one another in Japanese and Chinese terms.

    python scripts/make_identify_table.py            write the table; run it after every change of termalign/data/core
    python scripts/make_identify_table.py --check    compare it with what is checked in; exit 1 where it differs

The terms are those of our core lexicon, each spelling counted once; where a row has no Taiwan wording, OpenCC (s2twp) gives the
traditional one. What running Chinese has beside terms (的, 了, 我们) stands in ``[running]`` of ``termalign/data/identify.toml``.

Rows: ``follow<TAB>tag<TAB>character<TAB>what follows it``, with a digit where it follows more than once (9: nine times or more), and
``running<TAB>tag<TAB>characters``, each with its share in thousandths, separated by spaces.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "termalign" / "data"
VERSION = 1
START = "^"  # before the first character of a run
MAX_COUNT = 9
RUN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff]+")


def terms() -> dict[str, set[str]]:
    """Collect the spellings of the core lexicon by tag."""
    to_taiwan = opencc.OpenCC("s2twp")
    found: dict[str, set[str]] = {"ja": set(), "zh-Hans": set(), "zh-Hant": set()}
    for path in sorted((DATA / "core").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                found["ja"] |= set(row["ja"].split("|"))
                found["zh-Hans"] |= set(row["zh-Hans"].split("|"))
                found["zh-Hant"] |= set((row["zh-Hant"] or to_taiwan.convert(row["zh-Hans"])).split("|"))
    return found


def counts(spellings: set[str]) -> dict[str, Counter[str]]:
    """Count what follows each character; :data:`START` stands before the first."""
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for spelling in spellings:
        for run in RUN.findall(spelling):
            for left, right in zip(START + run, run, strict=False):
                after[left][right] += 1
    return after


def rows() -> Iterator[str]:
    """Write the rows of the table."""
    for tag, spellings in terms().items():
        for left, right in sorted(counts(spellings).items()):
            written = (one + (str(min(n, MAX_COUNT)) if n > 1 else "") for one, n in sorted(right.items()))
            yield f"follow\t{tag}\t{left}\t{''.join(written)}"
    running = tomllib.loads((DATA / "identify.toml").read_text(encoding="utf-8"))["running"]
    to_taiwan = opencc.OpenCC("s2tw")
    shares = [(one[0], one[1:]) for one in running["chinese"].split()]
    for tag, convert in (("zh-Hans", str), ("zh-Hant", to_taiwan.convert)):
        yield f"running\t{tag}\t" + " ".join(convert(character) + share for character, share in shares)


def render() -> str:
    """Write the table with its header."""
    return "\n".join([f"# table {VERSION}; opencc {opencc.__version__}; scripts/make_identify_table.py", *rows(), ""])


def main(arguments: list[str]) -> int:
    """Write or compare the table."""
    path, text = DATA / "identify.tsv", render()
    if "--check" in arguments:
        same_bytes = path.exists() and path.read_bytes() == text.encode("utf-8")
        print(f"{path.relative_to(ROOT)}: {'as made' if same_bytes else 'differs'}")
        return 0 if same_bytes else 1
    path.write_bytes(text.encode("utf-8"))
    print(f"{path.relative_to(ROOT)}: {len(text.splitlines())} rows, {len(text.encode('utf-8'))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
