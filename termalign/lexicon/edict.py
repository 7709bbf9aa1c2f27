"""EDICT, EDICT2 and COMPDIC: Japanese-English, one word a line, ``漢字 [かな] /(n) gloss/(2) gloss/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.faults import Faults
from termalign.lexicon.base import DICTIONARY_WEIGHT
from termalign.lexicon.files import read_text
from termalign.lexicon.japanese import EDRDG_LICENCE, Kana, Sense, word_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.lexicon.base import LexiconEntry

__all__ = ["EDICT", "Edict"]

# One line of EDICT 2021 has no gloss and one slash: it is a word of which nothing is said.
_LINE = re.compile(r"([^ \t/\[][^ \t]*)(?: \[([^\]]+)\])? +/(.*)")
_TITLE = re.compile(r"[\u3000？]+")  # the headword of the line that gives title and date
_NOTES = re.compile(r"\([A-Za-z]+\)")  # (P), (iK) behind a spelling
_KANA = re.compile(r"([^(]+)(?:\(([^)]*)\))?")
_TAGS = re.compile(r"\s*\(([^()\s][^()]*)\)")  # at the beginning of a gloss
_TAG = re.compile(r"[a-z0-9-]+:?")
_NUMBER = re.compile(r"\d+")  # of a sense
_ID = re.compile(r"EntL\w+")
_CODECS = ("utf-8-sig", "euc_jis_2004", "euc_jp")


@dataclass(frozen=True, slots=True)
class Edict:
    """Reader of EDICT in both versions.

    Args:
        weight: How far it is trusted.
        licence: The one it is published under.
    """

    weight: float = DICTIONARY_WEIGHT
    licence: str = EDRDG_LICENCE

    def recognises(self, head: str) -> bool:
        """Tell whether the first line that is no comment is of this form."""
        lines = (line for line in head.split("\n") if line.strip() and not line.startswith("#"))
        return _LINE.fullmatch(next(lines, "")) is not None

    def read(self, file: BinaryIO, *, name: str) -> Iterator[LexiconEntry]:
        """Read a dictionary.

        Args:
            file: The open file, in UTF-8 or EUC-JP.
            name: Its name, in messages and entries.

        Yields:
            An entry per sense that has an equivalent, in the order of the file.

        Raises:
            DataError: A line of another form, after what is sound.
            DataErrors: Several of them.

        Source:
            J. Breen, "EDICT: Format" and "EDICT2 Format" (edrdg.org).
        """
        faults = Faults(name)
        for number, line in enumerate(read_text(file, name=name, codecs=_CODECS).split("\n"), 1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _LINE.fullmatch(line)
            if match is None:
                problem = "not '漢字 [かな] /gloss/'"
                faults.add(DataError(problem, Where(file=name, line=number), "mend or remove the line"))
            elif not _TITLE.fullmatch(match[1]):
                yield from _entries(match, name)
        faults.raise_all()


def _entries(match: re.Match[str], name: str) -> Iterator[LexiconEntry]:
    """Make the entries of one line."""
    spelt = [_NOTES.sub("", form) for form in match[1].split(";")]
    kana = []
    for reading in (match[2] or "").split(";"):
        found = _KANA.fullmatch(_NOTES.sub("", reading))
        if found:
            kana.append(Kana(found[1], frozenset(found[2].split(";")) if found[2] else frozenset()))
    if match[2] is None:
        spelt, kana = [], [Kana(form) for form in spelt]
    return word_entries(spelt, kana, _senses(match[3]), part=name)


def _senses(text: str) -> list[Sense]:
    """Part the glosses of a line into senses: one begins at each number in brackets, and keeps the grammar before it."""
    senses: list[tuple[list[str], list[str]]] = []
    grammar: list[str] = []
    for gloss in text.split("/"):
        if not gloss.strip() or _ID.fullmatch(gloss):
            continue
        tags, is_numbered, rest = _leading_tags(gloss)
        if is_numbered or not senses:
            grammar = tags or grammar
            senses.append((list(grammar), []))
        else:
            senses[-1][0].extend(tags)
        if rest.strip():
            senses[-1][1].append(rest)
    return [Sense(tuple(tags), tuple(glosses)) for tags, glosses in senses]


def _leading_tags(gloss: str) -> tuple[list[str], bool, str]:
    """Return the tags that a gloss begins with, whether it begins a sense, and the rest."""
    tags: list[str] = []
    is_numbered, at = False, 0
    while match := _TAGS.match(gloss, at):
        words = match[1].split(",")
        if not all(_TAG.fullmatch(word) for word in words):
            break
        is_number = _NUMBER.fullmatch(match[1]) is not None
        is_numbered = is_numbered or is_number
        tags += () if is_number else words
        at = match.end()
    return tags, is_numbered, gloss[at:]


EDICT = Edict()
