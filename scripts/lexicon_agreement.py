"""Report how far the shipped lexicon agrees with EDICT, COMPDIC and CC-CEDICT; nothing of theirs is kept or shown.

    python scripts/lexicon_agreement.py FOLDER                       counts per table and check
    python scripts/lexicon_agreement.py FOLDER --sample 40 --seed 7  and rows to look at, drawn per check
    python scripts/lexicon_agreement.py FOLDER --sample 40 --verdict unknown --check readings

FOLDER holds ``edict*.gz``, ``compdic*.gz`` and ``cedict*.gz`` as they are published (EDICT lines in UTF-8). A form is *unknown*
where the dictionary has no such headword; it *agrees* where a gloss (a reading, a script) of the dictionary holds what the row
says, else it *disagrees*, which is often only another wording: a disagreement is a row to look at, not a mistake.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CHECKS = ("ja-en edict", "ja-en compdic", "zh-en", "readings", "scripts")
VERDICTS = ("agree", "disagree", "unknown")
LAYERS = ("core", "places")
DATA = Path(__file__).resolve().parents[1] / "termalign" / "data"
EDICT_LINE = re.compile(r"(?P<head>\S+)(?: \[(?P<kana>[^\]]+)\])? /(?P<glosses>.*)/")
CEDICT_LINE = re.compile(r"(?P<hant>\S+) (?P<hans>\S+) \[[^\]]*\] /(?P<glosses>.*)/")
ASIDE = re.compile(r"\([^)]*\)|\{[^}]*\}|\[[^\]]*\]")
WORD = re.compile(r"[a-z0-9]+")
BRITISH = ((re.compile(r"is(e|ation|ing|er)$"), r"iz\1"), (re.compile(r"our$"), "or"), (re.compile(r"tre$"), "ter"))
LIGHT = frozenset({"to", "a", "an", "the", "be", "of", "s"})  # a gloss may have them or not
TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
VERB = "する"


@dataclass(slots=True)
class Headwords:
    """A dictionary by headword: bags of gloss lemmas, readings and other spellings."""

    glosses: defaultdict[str, set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))
    readings: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    simplified: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table, its cells as forms."""

    part: str
    number: int
    cells: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        """Show the row as it stands."""
        return f"{self.part}:{self.number}\t" + "\t".join("|".join(forms) for forms in self.cells.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one check says of one pair of forms."""

    check: str
    verdict: str
    left: str
    right: str


@cache
def lemma(word: str) -> str:
    """Reduce an English word roughly to a key that its inflected and British forms share."""
    for pattern, american in BRITISH:
        word = pattern.sub(american, word)
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not word.endswith("ss" if ending == "s" else " "):  # noqa: PLR2004 - as, is
            word = stem + instead
            break
    return word.removesuffix("e") if len(word) > 3 else word  # noqa: PLR2004 - the, be


@cache
def lemmas(text: str) -> tuple[str, ...]:
    """Split an English text into lemmas, without asides in brackets and light words."""
    plain = unicodedata.normalize("NFKD", ASIDE.sub(" ", text)).casefold().replace("'", "")
    words = WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
    return tuple(lemma(word) for word in words if word not in LIGHT) or tuple(words)


def holds(gloss: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Tell whether the words stand in the gloss, one after another or written as one."""
    spans = range(len(gloss) - len(wanted) + 1)
    return any(gloss[at : at + len(wanted)] == wanted for at in spans) or "".join(gloss) == "".join(wanted)


def headword(text: str) -> str:
    """Normalise a headword: widths, and no dot between katakana words."""
    return unicodedata.normalize("NFKC", text).replace("・", "")


def hiragana(text: str) -> str:
    """Write kana as hiragana."""
    return headword(text).translate(TO_HIRAGANA)


def lines(folder: Path, pattern: str) -> Iterator[str]:
    """Stream the lines of the one dictionary file that the pattern names."""
    path = min(folder.glob(pattern), default=None)
    if path is None:
        sys.exit(f"{folder}: no {pattern}; name the folder with the dictionaries")
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from stream


def japanese(folder: Path, pattern: str) -> Headwords:
    """Read EDICT or COMPDIC."""
    words = Headwords()
    for line in lines(folder, pattern):
        if match := EDICT_LINE.match(line):
            head, kana = headword(match["head"]), match["kana"]
            glosses = {lemmas(gloss) for gloss in match["glosses"].split("/")}
            for key in {head, headword(kana or head)}:
                words.glosses[key] |= glosses
            words.readings[head].add(hiragana(kana or head))
    return words


def chinese(folder: Path, pattern: str) -> Headwords:
    """Read CC-CEDICT."""
    words = Headwords()
    for line in lines(folder, pattern):
        if match := CEDICT_LINE.match(line):
            for key in {match["hans"], match["hant"]}:
                words.glosses[key] |= {lemmas(gloss) for gloss in match["glosses"].split("/")}
            words.simplified[match["hant"]].add(match["hans"])
            words.readings[match["hans"]].add(match["hant"])
    return words


def rows(layer: str) -> Iterator[Row]:
    """Stream the rows of a shipped layer."""
    for path in sorted((DATA / layer).glob("*.tsv")):
        header, *rest = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(rest, 2):
            cells = (tuple(cell.split("|")) if cell else () for cell in line.split("\t"))
            yield Row(part=path.stem, number=number, cells=dict(zip(header.split("\t"), cells, strict=True)))


def verdict(known: Iterable[tuple[str, ...]] | None, english: str) -> str:
    """Compare an English form with the glosses of a word."""
    if not known:
        return "unknown"
    wanted = lemmas(english)
    return "agree" if any(holds(gloss, wanted) for gloss in known) else "disagree"


def glosses(words: Headwords, form: str) -> set[tuple[str, ...]]:
    """Look a Japanese or Chinese form up; a verb in する under its noun."""
    key = headword(form)
    return words.glosses.get(key, set()) | words.glosses.get(key.removesuffix(VERB), set())


def with_english(row: Row, words: Headwords, *, check: str, tags: Sequence[str]) -> Iterator[Outcome]:
    """Compare every form in a language with every English form."""
    for form in (form for tag in tags for form in row.cells[tag]):
        for english in row.cells["en"]:
            said = verdict(glosses(words, form), english)
            yield Outcome(check=check, verdict=said, left=form, right=english)


def with_readings(row: Row, words: Headwords) -> Iterator[Outcome]:
    """Compare the readings of forms that are not kana."""
    for form, reading in zip(row.cells["ja"], row.cells["reading"], strict=True):
        if reading != "=":
            known = words.readings.get(headword(form), set())
            if not known and form.endswith(VERB):
                known = {kana + VERB for kana in words.readings.get(headword(form).removesuffix(VERB), ())}
            said = "unknown" if not known else "agree" if hiragana(reading) in known else "disagree"
            yield Outcome(check="readings", verdict=said, left=form, right=reading)


def with_scripts(row: Row, words: Headwords) -> Iterator[Outcome]:
    """Compare the script of Chinese forms; a traditional cell must not hold the simplified cell in other characters."""
    hans, hant = row.cells["zh-Hans"], row.cells["zh-Hant"]
    for form in hans:
        said = "agree" if form in words.readings else "disagree" if form in words.simplified else "unknown"
        yield Outcome(check="scripts", verdict=said, left=form, right="zh-Hans")
    converted = {one for form in hant for one in words.simplified.get(form, {form})}
    same = set(hans) <= converted and all(words.simplified.get(form, {form}) & set(hans) for form in hant)
    for form in hant:
        wrong = same or form not in words.simplified
        known = form in words.simplified or form in words.readings
        said = "unknown" if not known else "disagree" if wrong else "agree"
        yield Outcome(check="scripts", verdict=said, left=form, right="zh-Hant")


def outcomes(folder: Path) -> Iterator[tuple[Row, Outcome]]:
    """Check every row of the shipped layers."""
    edict, compdic = japanese(folder, "edict*.gz"), japanese(folder, "compdic*.gz")
    cedict = chinese(folder, "cedict*.gz")
    for row in (row for layer in LAYERS for row in rows(layer)):
        found = [*with_english(row, edict, check="ja-en edict", tags=("ja",)), *with_readings(row, edict)]
        found += with_english(row, compdic, check="ja-en compdic", tags=("ja",))
        found += with_english(row, cedict, check="zh-en", tags=("zh-Hans", "zh-Hant"))
        found += with_scripts(row, cedict)
        yield from ((row, outcome) for outcome in found)


def table(found: Sequence[tuple[Row, Outcome]]) -> Iterator[str]:
    """Write the counts per check and table; the share is that of agreement among known forms."""
    counts = Counter((outcome.check, row.part, outcome.verdict) for row, outcome in found)
    counts += Counter((outcome.check, "all", outcome.verdict) for _, outcome in found)
    parts = [*dict.fromkeys(row.part for row, _ in found), "all"]
    for check in CHECKS:
        yield f"{check:<20}" + "".join(f"{name:>10}" for name in (*VERDICTS, "share"))
        for part in parts:
            agree, disagree, unknown = (counts[check, part, name] for name in VERDICTS)
            share = f"{agree / (agree + disagree):.1%}" if agree + disagree else "-"
            yield f"  {part:<18}" + "".join(f"{value:>10}" for value in (agree, disagree, unknown, share))


def sample(found: Sequence[tuple[Row, Outcome]], asked: argparse.Namespace) -> Iterator[str]:
    """Draw outcomes per check and show their rows."""
    for check in asked.check or CHECKS:
        drawn = [pair for pair in found if pair[1].check == check and pair[1].verdict == asked.verdict]
        chosen = drawn if asked.sample < 0 else random.Random(asked.seed).sample(drawn, min(asked.sample, len(drawn)))  # noqa: S311 - a sample, no secret
        yield f"{check}: {len(chosen)} of {len(drawn)} {asked.verdict}"
        yield from (f"  {outcome.left} ~ {outcome.right}\t{row}" for row, outcome in chosen)


def options() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with edict*.gz, compdic*.gz and cedict*.gz")
    parser.add_argument("--sample", type=int, default=0, help="rows to show per check; -1 for all")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample")
    parser.add_argument("--verdict", choices=VERDICTS, default="disagree", help="which outcomes to show")
    parser.add_argument("--check", choices=CHECKS, action="append", help="show only this check; may be repeated")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Print the report."""
    asked = options().parse_args(arguments)
    found = list(outcomes(asked.folder))
    print("\n".join(table(found)))
    if asked.sample:
        print("\n".join(sample(found, asked)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
