"""Make ``termalign/data/sound/pinyin.tsv`` from the readings of pypinyin.

    python scripts/make_pinyin_table.py            write the table
    python scripts/make_pinyin_table.py --check    compare it with what is checked in; exit 1 where they differ

Needs pypinyin (0.55.0 made the table), which the package itself does not. The table has every character of GB 2312 and Big5. A row
is ``syllable<TAB>characters read so<TAB>characters that can be read so``, tones left out: readings are matched, never shown. A
character stands in one row of the second column and at most in one of the third, in the order of pypinyin.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

TABLE = Path(__file__).resolve().parents[1] / "termalign" / "data" / "sound" / "pinyin.tsv"
MAX_READINGS = 2  # what follows is archaic or the reading of a name alone
# Interjections without a vowel, and syllables of one rare or dialect character each: they would only cut other words wrongly.
LEFT_OUT = {"m", "n", "ng", "hm", "hng", "ê", "cei", "fiao", "kei", "eng", "sei", "tei", "yai", "lün", "biang"}
TONES = {"\u0300", "\u0301", "\u0304", "\u030c"}


def toneless(syllable: str) -> str:
    """Take the tone off; ü stays."""
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", syllable) if c not in TONES))


def is_common(character: str) -> bool:
    """Tell whether GB 2312 or Big5 has the character."""
    return any(character.encode(code, "ignore") for code in ("gb2312", "big5"))


def table() -> str:
    """Make the table."""
    first: defaultdict[str, list[str]] = defaultdict(list)
    further: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(pinyin_dict):
        character = chr(code)
        if unicodedata.category(character) != "Lo" or not is_common(character):
            continue
        readings = [one for one in dict.fromkeys(map(toneless, pinyin_dict[code].split(","))) if one not in LEFT_OUT]
        for number, reading in enumerate(readings[:MAX_READINGS]):
            (further if number else first)[reading].append(character)
    rows = ["syllable\tfirst\tfurther"]
    rows += [f"{one}\t{''.join(first[one])}\t{''.join(further[one])}" for one in sorted({*first, *further})]
    return "\n".join(rows) + "\n"


def main() -> int:
    """Write or check the table."""
    made = table()
    if "--check" in sys.argv:
        same = TABLE.read_text(encoding="utf-8") == made
        print(TABLE.name, "is up to date" if same else "differs")
        return 0 if same else 1
    TABLE.write_text(made, encoding="utf-8", newline="\n")
    print(TABLE.name, len(made.encode()), "bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
