"""Draw rows of the core lexicon for an audit by hand, and keep the sums of PROVENANCE.toml true.

    python scripts/lexicon_audit.py --commit <id> --rows 300             the rows of round 1, numbered
    python scripts/lexicon_audit.py --commit <id> --round 2 --rows 200   those of a later round
    python scripts/lexicon_audit.py --commit <id> --part technical --rows 200   those of one table only
    python scripts/lexicon_audit.py --refresh                            write sha256 and rows per file

The seed is the commit id, and from round 2 on ``<id>/<round>``: nobody who writes rows before that commit can know what is
drawn. A row is drawn when the sha256 of seed and place (its number over the tables drawn from, sorted by file and row) is among the
lowest, so that every platform and version of Python draws the same.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DATA = Path(__file__).resolve().parents[1] / "termalign" / "data"
PROVENANCE = DATA / "PROVENANCE.toml"
LAYERS = ("core", "places")
FILE_BLOCK = re.compile(r'^\[\[file\]\]\nname = "(?P<name>[^"]+)"\nrows = \d+\nsha256 = "[0-9a-f]*"\n', re.MULTILINE)


def core_rows(part: str = "*") -> list[tuple[str, int, str]]:
    """List the rows of the core, or of one table of it, with table and line number, sorted by file and row."""
    return [
        (path.stem, number, line)
        for path in sorted((DATA / "core").glob(f"{part}.tsv"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], 2)
    ]


def draw(rows: Sequence[tuple[str, int, str]], seed: str, *, size: int) -> list[tuple[str, int, str]]:
    """Draw rows by the lowest sha256 of seed and place, and give them in table order."""

    def lot(place: int) -> str:
        return hashlib.sha256(f"{seed}:{place}".encode()).hexdigest()

    return [rows[place] for place in sorted(sorted(range(len(rows)), key=lot)[:size])]


def file_blocks() -> Iterator[str]:
    """Write a block with sum and row count for each table of the shipped layers."""
    for path in (path for layer in LAYERS for path in sorted((DATA / layer).glob("*.tsv"))):
        content = path.read_bytes()
        count = len(content.decode("utf-8").splitlines()) - 1
        yield (
            f'[[file]]\nname = "{path.relative_to(DATA).as_posix()}"\nrows = {count}\n'
            f'sha256 = "{hashlib.sha256(content).hexdigest()}"\n'
        )


def refresh() -> None:
    """Write the blocks anew where the first of them stands, or at the end."""
    text = PROVENANCE.read_text(encoding="utf-8")
    first = FILE_BLOCK.search(text)
    place = first.start() if first else len(text)
    head = text[:place].rstrip("\n")
    rest = re.sub(r"\n{3,}", "\n\n", FILE_BLOCK.sub("", text[place:])).strip("\n")
    parts = [head, *(block.strip("\n") for block in file_blocks()), *([rest] if rest else [])]
    PROVENANCE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def options() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--commit", help="id of the commit that seeds the draw")
    parser.add_argument("--round", type=int, default=1, help="round of the audit")
    parser.add_argument("--part", default="*", help="draw from this table of the core only")
    parser.add_argument("--rows", type=int, default=300, help="rows to draw")
    parser.add_argument("--refresh", action="store_true", help="write sha256 and rows per file into PROVENANCE.toml")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Draw rows or refresh the sums."""
    parser = options()
    asked = parser.parse_args(arguments)
    if asked.refresh:
        refresh()
    if asked.commit:
        seed = asked.commit if asked.round == 1 else f"{asked.commit}/{asked.round}"
        rows = core_rows(asked.part)
        print(f"seed {seed}: {asked.rows} of {len(rows)} rows")
        for number, (part, line, row) in enumerate(draw(rows, seed, size=asked.rows), 1):
            print(f"{number}\t{part}:{line}\t{row}")
    if not (asked.refresh or asked.commit):
        parser.error("name a commit, or --refresh")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
