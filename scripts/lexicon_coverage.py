"""Measure how much of parallel text the core lexicon alone explains.

    python scripts/lexicon_coverage.py FOLDER                   shares for ja-en, zh-en and ja-zh
    python scripts/lexicon_coverage.py FOLDER --missing ja      and the words it does not know, by frequency

FOLDER holds ``<name>.ja.txt``, ``<name>.zh.txt`` and ``<name>.en.txt``, aligned line by line. A content word (noun, verb,
adjective, adverb) counts as *known* where the core holds it and as *found* where one of its translations stands in the line of
the other language: in English as a run of words in any form (a participle is a form of its verb, whatever the tagger takes
it for; higher and highly are forms of high, as one word of the two others says all three), in Chinese as a folded substring. A Japanese noun is looked up with する too, as a verbal noun and
its verb are one word in the two others (承認を得る, 获得承认, is approved). A word that the core lacks is replaced
by its parts: those that the tokens name or, as jieba names none, the fewest words of the core that make it up, where each is
longer than a character, a function word or an affix (新闻频道, 这是, 民主党人; but not 林赛, which 林 and 赛 do not explain).
Shares are in [0, 1]: of all words with such
a tag first, then (*own*) without auxiliaries, which are the する of a noun and a verb after て or で (読んでいる), then (*content*)
without the words, too, that say nothing by themselves: the core's own function words, formal nouns and light verbs
(``lexicon_coverage.toml``).
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from termalign.languages import LANGUAGES
from termalign.languages.fold import fold
from termalign.languages.lemmas import lemma
from termalign.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Token

CONTENT = frozenset({"n", "v", "adj", "adv"})
BOUND = frozenset({"prefix", "suffix", "num"})
SURU = "する"
LINKING = frozenset({"て", "で"})
TAGS = {"ja": "ja", "zh": "zh-Hans", "en": "en"}  # language tag by the suffix of a file
PAIRS = (("ja", "en"), ("zh", "en"), ("ja", "zh"))
COLUMNS = ("words", "known", "found", "own", "own found", "content", "content known", "content found")
FUNCTION_PART = "function"
Run = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word: the forms to look it up by, whether it only carries another word, and whether it says nothing by itself."""

    forms: tuple[str, ...]
    auxiliary: bool
    empty: bool


@dataclass(slots=True)
class Counts:
    """Counts of one direction by column, and the words that the core lacks."""

    number: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def add(self, word: Word, *, known: bool, found: bool) -> None:
        """Count one content word."""
        self.number["words"] += 1
        self.number["known"] += known
        self.number["found"] += found
        self.number["own"] += not word.auxiliary
        self.number["own found"] += found and not word.auxiliary
        is_content = not word.auxiliary and not word.empty
        self.number["content"] += is_content
        self.number["content known"] += known and is_content
        self.number["content found"] += found and is_content
        self.missing[word.forms[0]] += not known

    def shares(self) -> list[str]:
        """Write the columns: counts as they are, the rest as shares of their count."""
        whole = {"known": "words", "found": "words", "own found": "own"}
        whole |= {"content known": "content", "content found": "content"}
        return [
            f"{self.number[name] / self.number[whole[name]]:.3f}" if name in whole else str(self.number[name])
            for name in COLUMNS
        ]


def run(text: str) -> Run:
    """Read English as a run of words, each by its folded text and lemma."""
    tokens = LANGUAGES.get("en").tokens(text)
    return tuple(frozenset({fold(token.text), fold(token.base)}) for token in tokens)


def line_run(text: str) -> Run:
    """Read an English line as a run of words, each by all that it may be an inflected form of."""
    tokens = LANGUAGES.get("en").tokens(text)
    lemmas = (frozenset(fold(lemma(token.text, pos=pos)) for pos in ("n", "v")) for token in tokens)
    return tuple(one | more for one, more in zip(run(text), lemmas, strict=True))


@cache
def wanted_run(text: str, pos: str) -> Run:
    """Read an English translation as a run of words; an adjective of one word with its comparisons and its adverb."""
    words = run(text)
    if pos != "adj" or len(words) != 1:
        return words
    stem, last = text.removesuffix("e"), text[-1:]
    stems = {stem, stem + last, stem.removesuffix("y") + "i" if last == "y" else stem}  # larg-er, bigg-er, easi-er
    forms = {one + ending for one in stems for ending in ("er", "est")}
    adverbs = {text + "ly", text.removesuffix("y") + "ily", stem.removesuffix("l") + "ly"}  # deeply, easily, possibly
    return (words[0] | {fold(form) for form in forms | adverbs},)


def contains(line: Run, wanted: Run) -> bool:
    """Tell whether the words stand in the line, one after another."""
    spans = range(len(line) - len(wanted) + 1)
    return bool(wanted) and any(all(line[at + step] & wanted[step] for step in range(len(wanted))) for at in spans)


def auxiliary(before: Token | None, token: Token) -> bool:
    """Tell whether a verb only carries another word: する after a noun, any verb after て or で."""
    if before is None or token.pos != "v":
        return False
    return before.text in LINKING or (before.pos == "n" and token.base == SURU)


@cache
def says_nothing() -> dict[str, frozenset[str]]:
    """Read the list of words that say nothing by themselves."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {TAGS[language]: frozenset(words.split()) for language, words in table.items()}


def is_empty(form: str, lexicon: Lexicon, tag: str) -> bool:
    """Tell whether a word says nothing by itself."""
    if form in says_nothing()[tag]:
        return True
    return any(sense.part.endswith(FUNCTION_PART) for sense in lexicon.senses(form, tag))


@cache
def pieces(word: str, lexicon: Lexicon, tag: str) -> tuple[str, ...]:
    """Cut a Chinese word into the fewest words of the core, and give those with a tag of content words."""
    if tag != "zh-Hans":
        return ()
    best: list[tuple[str, ...] | None] = [(), *(None for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(end):
            before = best[start]
            if before is not None and is_piece(word[start:end], lexicon, tag, whole=word):
                cut, old = (*before, word[start:end]), best[end]
                best[end] = cut if old is None or len(cut) < len(old) else old
    tokens = [token for piece in best[-1] or () for token in LANGUAGES.get(tag).tokens(piece)]
    return tuple(token.text for token in tokens if token.pos in CONTENT)


def is_piece(text: str, lexicon: Lexicon, tag: str, *, whole: str) -> bool:
    """Tell whether a string can be one of the words that a longer one is made of."""
    senses = lexicon.senses(text, tag) if text != whole else ()
    if len(text) > 1:
        return bool(senses)
    return any(sense.part.endswith(FUNCTION_PART) or sense.pos in BOUND for sense in senses)


def content_words(tokens: Sequence[Token], lexicon: Lexicon, tag: str) -> Iterator[Word]:
    """Yield the content words of a line, a word that the core lacks as its parts."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.pos in CONTENT:
            suru = (token.base + SURU,) if token.pos == "n" and tag == "ja" else ()
            forms = tuple(dict.fromkeys((token.base, *suru, token.text)))
            known = any((tag, form) in lexicon for form in forms)
            parts = () if known else token.parts or pieces(token.text, lexicon, tag)
            for one in [(part,) for part in parts] if parts else [forms]:
                yield Word(forms=one, auxiliary=auxiliary(before, token), empty=is_empty(one[0], lexicon, tag))


def measure(folder: Path, lexicon: Lexicon, *, source: str, target: str) -> Counts:
    """Count the content words of one direction over every text of the folder."""
    counts, tag, english = Counts(), TAGS[source], target == "en"
    for path in sorted(folder.glob(f"*.{source}.txt")):
        other = path.with_name(path.name.replace(f".{source}.txt", f".{target}.txt"))
        lines = (one.read_text(encoding="utf-8").splitlines() for one in (path, other))
        for line, facing in zip(*lines, strict=True):
            folded, words = fold(facing), line_run(facing) if english else ()
            for word in content_words(LANGUAGES.get(tag).tokens(line), lexicon, tag):
                said = {one for form in word.forms for one in lexicon.translations(form, tag, TAGS[target])}
                found = any(
                    contains(words, wanted_run(one.text, one.pos)) if english else fold(one.text) in folded
                    for one in said
                )
                counts.add(word, known=bool(said), found=found)
    return counts


def options() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with texts aligned line by line")
    parser.add_argument("--missing", choices=("ja", "zh"), help="print the words of this language that the core lacks")
    parser.add_argument("--top", type=int, default=200, help="how many of them")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Print the shares and, where asked, the missing words."""
    asked = options().parse_args(arguments)
    lexicon = Lexicon.load("core")
    counts = {pair: measure(asked.folder, lexicon, source=pair[0], target=pair[1]) for pair in PAIRS}
    print(f"core: {len(lexicon)} rows")
    print(f"{'pair':<8}" + "".join(f"{name:>15}" for name in COLUMNS))
    for (source, target), one in counts.items():
        print(f"{source}-{target:<5}" + "".join(f"{share:>15}" for share in one.shares()))
    if asked.missing:
        common = counts[asked.missing, "en"].missing.most_common(asked.top)
        print("\n".join(f"{number}\t{word}" for word, number in common if number))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
