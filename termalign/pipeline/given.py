"""Bitext that is aligned already: read once, checked, and laid by on disk, so that no unit is held in memory.

Languages are checked by content: a memory whose columns were exchanged would give a glossary of nonsense without a word.
"""

from __future__ import annotations

import pickle
import re
from array import array
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import combinations, islice
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from termalign.errors import DataError, Where
from termalign.formats import BITEXT_FORMATS, format_for
from termalign.formats.units_jsonl import UNITS_JSONL
from termalign.languages.characters import HAN, KANA, LATIN
from termalign.model import Document, DocumentId, InlineCode, Method, Origin, Segment, TranslationUnit, short_hash
from termalign.workspace.manifest import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["Given", "GivenFile", "StoredUnits", "Units", "read_given"]

CONTEXT_PROPS = frozenset({"x-document", "x-file", "x-filename", "document", "file", "filename"})
MIN_CJK, MIN_LATIN = 4, 4  # characters from which a segment shows its language
MIN_SHOWN = 3  # segments that must show another language before a whole column is called wrong
MOST = 0.9  # of the segments of a column
# Of what a unit is made: plain values come back from disk in a fifth of the time that frozen dataclasses take.
_Row = tuple[
    str,
    str,
    DocumentId,
    list[tuple[str, str, tuple[InlineCode, ...]]],
    tuple[tuple[str, Any], ...],
    tuple[str, int, str, str] | None,
]
_KANA, _CJK, _LATIN = (re.compile(f"[{one}]+") for one in (KANA, HAN + KANA, LATIN))


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file of units.

    Args:
        document: What the ledger says of it; its text is empty, since units are named and not counted off.
        contexts: Id and name of each document that its units say they come from.
        n_units: How many units it holds.
    """

    document: Document
    contexts: tuple[tuple[DocumentId, str], ...]
    n_units: int

    def documents(self) -> Iterator[Document]:
        """Yield the file, and the documents inside it under names of their own."""
        yield self.document
        for identity, name in self.contexts:
            yield replace(self.document, id=identity, path=f"{self.document.path}#{name}", copies=())


@dataclass(slots=True)
class Given:
    """Units that came with the input.

    Args:
        path: Where they lie as rows, pickled one after the other: a file of this process.
        files: The files they came from.
        offsets: Where each unit begins.
    """

    path: Path
    files: list[GivenFile] = field(default_factory=list)
    offsets: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.offsets)

    def __iter__(self) -> Iterator[TranslationUnit]:
        if self.offsets:
            with self.path.open("rb") as file:
                for _ in self.offsets:
                    yield _unit(pickle.load(file))  # noqa: S301 - written by this process a moment ago

    def of(self, numbers: Sequence[int]) -> Iterator[TranslationUnit]:
        """Yield some units, by their numbers."""
        with self.path.open("rb") as file:
            for number in numbers:
                file.seek(self.offsets[number])
                yield _unit(pickle.load(file))  # noqa: S301 - as above


@dataclass(frozen=True, slots=True)
class Units:
    """Units that were aligned, then those that were given: as often as one likes, and the latter never all in memory.

    Args:
        aligned: Units of the documents.
        given: Units of the bitext; ``None`` where there is none.
    """

    aligned: tuple[TranslationUnit, ...] = ()
    given: Given | None = None

    def __len__(self) -> int:
        return len(self.aligned) + (len(self.given) if self.given else 0)

    def __iter__(self) -> Iterator[TranslationUnit]:
        yield from self.aligned
        if self.given:
            yield from self.given

    def first(self, n_units: int) -> tuple[TranslationUnit, ...]:
        """Return the first so many."""
        return tuple(islice(self, n_units))


@dataclass(frozen=True, slots=True)
class StoredUnits:
    """The units of a workspace, read from its ``aligned.jsonl`` as often as one asks.

    Args:
        path: The file.
        n_units: How many units it holds.
    """

    path: Path
    n_units: int

    def __len__(self) -> int:
        return self.n_units

    def __iter__(self) -> Iterator[TranslationUnit]:
        with self.path.open("rb") as file:
            yield from UNITS_JSONL.read(file, name=self.path.name)


def read_given(path: Path, name: str, *, to: Given, losses: Counter[str]) -> GivenFile:
    """Read a file of units and add them to those that were read before.

    Args:
        path: The file.
        name: What it is called in results and messages.
        to: Takes the units. Nothing is added where the file is at fault.
        losses: Takes what was mended or left out.

    Returns:
        The file.

    Raises:
        DataError: No such format, a fault in it, no unit in two languages, or columns in other languages than they say.
        DataErrors: Several faults.
    """
    digest = sha256_of(path)
    identity = DocumentId("d-" + short_hash(digest))
    check, contexts = _Check(name), {}
    before = len(to.offsets)
    with to.path.open("ab") as spool:
        begin = spool.tell()
        try:
            with path.open("rb") as file:
                form = format_for(BITEXT_FORMATS, path)
                for number, unit in enumerate(form.read(file, name=name, losses=losses), 1):
                    unit = _righted(unit, check.look(unit, number), losses)  # noqa: PLW2901 - what follows sees the unit put right
                    context = _context(unit)
                    document = DocumentId("d-" + short_hash(digest, context)) if context else identity
                    if context:
                        contexts[document] = context
                    to.offsets.append(spool.tell())
                    pickle.dump(_row(unit, number, document), spool, protocol=pickle.HIGHEST_PROTOCOL)
            check.judge(n_units=len(to.offsets) - before)
        except BaseException:
            del to.offsets[before:]
            spool.truncate(begin)
            raise
    made = GivenFile(
        document=Document(
            id=identity,
            path=name,
            sha256=digest,
            encoding="utf-8",
            reader=f"{_format_name(path)}/1",
            text="",
        ),
        contexts=tuple(sorted(contexts.items(), key=lambda one: one[1])),
        n_units=len(to.offsets) - before,
    )
    to.files.append(made)
    return made


def _format_name(path: Path) -> str:
    """Return the name of a format of bitext."""
    lowered = path.name.lower()
    return next(name for name, entry in BITEXT_FORMATS.entries().items() if lowered.endswith(entry.suffixes))


def _row(unit: TranslationUnit, number: int, document: DocumentId) -> _Row:
    """Return a unit as given: by its name in the file, or its number, and without places of other documents."""
    origin = unit.origin
    return (
        unit.name or (origin.id if origin else "") or f"#{number}",
        unit.bead,
        document,
        [(one.language, one.text, one.codes) for one in unit.segments],
        unit.extra,
        (origin.file, origin.line, origin.id, origin.source) if origin else None,
    )


def _unit(row: _Row) -> TranslationUnit:
    """Make a unit of its row."""
    name, bead, document, sides, extra, origin = row
    return TranslationUnit(
        segments=tuple(
            [Segment(language=language, text=text, document=document, codes=codes) for language, text, codes in sides]
        ),
        bead=bead,
        method=Method.GIVEN,
        name=name,
        extra=extra,
        origin=Origin(file=origin[0], line=origin[1], id=origin[2], source=origin[3]) if origin else None,
    )


def _context(unit: TranslationUnit) -> str:
    """Return the document that a unit says it comes from: no folder of anybody's machine; empty where it says nothing."""
    extra = dict(unit.extra)
    stated: list[Any] = [one.document for one in unit.segments]
    stated += [extra.get("file"), extra.get("document")]
    stated += [value for kind, value in extra.get("props", ()) if str(kind).lower() in CONTEXT_PROPS]
    name = next((one.strip() for one in stated if isinstance(one, str) and one.strip()), "")
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or PureWindowsPath(name).root:
        return PureWindowsPath(name).name
    return name


class _Check:
    """Looks whether the segments of a file are in the languages that they say."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tags: Counter[str] = Counter()
        self._shown: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], Where] = {}
        self._pairs = 0

    def look(self, unit: TranslationUnit, number: int) -> tuple[str, ...]:
        """Look at one unit, and return what language each of its segments looks like."""
        groups = {one.language.partition("-")[0] for one in unit.segments}
        self._pairs += len(groups) > 1
        self._tags.update(one.language for one in unit.segments)
        looks = [(one.language.partition("-")[0], _look(one.text)) for one in unit.segments]
        for group, look in looks:
            if look:
                self._shown[group, look] += 1
                if (group, look) not in self._first:
                    line = unit.origin.line if unit.origin else None
                    name = unit.name or f"#{number}"
                    self._first[group, look] = Where(file=self._name, line=line or None, path=f"unit {name}, {group}")
        return tuple(look for _, look in looks)

    def judge(self, *, n_units: int) -> None:
        """Refuse a file that is not what it says."""
        where = Where(file=self._name)
        if not self._pairs:
            known = ", ".join(sorted(self._tags)) or "none of Japanese, Chinese and English"
            what = (
                f"no unit in two languages, only {known}"
                if n_units
                else "no unit in two of the languages ja, zh and en"
            )
            raise DataError(what, where, "give a file with segments in at least two of them")
        wrong = {group: look for group in ("ja", "zh", "en") if (look := self._mostly(group))}
        if wrong:
            group, look = next(iter(wrong.items()))
            said = ", ".join(f"{one} holds {_NAMES[other]}" for one, other in wrong.items())
            exchanged = wrong.get(look) == group
            problem = f"languages exchanged: {said}" if exchanged else f"another language than it says: {said}"
            place = self._first.get((group, look)) or self._first[group, "han"]
            raise DataError(problem, place, "mend the language codes of the file")

    def _mostly(self, group: str) -> str:
        """Return the language that a column shows instead of its own; empty where it does not."""
        shown = {look: n for (tag, look), n in self._shown.items() if tag == group}
        own = shown.get(group, 0) + (shown.get("han", 0) if group == "zh" else 0)
        total = sum(shown.values())
        for look in ("ja", "zh", "en"):
            n = shown.get(look, 0) + (shown.get("han", 0) if look == "zh" and group != "zh" else 0)
            least = 1 if total < MIN_SHOWN else MIN_SHOWN
            if look != group and n >= max(least, MOST * total) and n > own and self._is_odd(group, look):
                return look
        return ""

    def _is_odd(self, group: str, look: str) -> bool:
        """Tell whether a column may not look so: an untranslated one may be English, where English is English too."""
        if look == "zh" and group == "ja":
            return self._shown[group, "han"] >= MIN_SHOWN
        return not (look == "en" and self._shown["en", "en"])


_NAMES = {"ja": "Japanese", "zh": "Chinese", "en": "English"}


def _righted(unit: TranslationUnit, looks: Sequence[str], losses: Counter[str]) -> TranslationUnit:
    """Put the languages of a unit right where two of its segments show each the language of the other, and note it."""
    groups = [one.language.partition("-")[0] for one in unit.segments]
    for one, other in combinations(range(len(groups)), 2):
        pairs = ((groups[one], looks[one], groups[other]), (groups[other], looks[other], groups[one]))
        if groups[one] != groups[other] and all(_shows(*pair) for pair in pairs):
            segments = list(unit.segments)
            segments[one] = replace(unit.segments[other], language=unit.segments[one].language)
            segments[other] = replace(unit.segments[one], language=unit.segments[other].language)
            names = " and ".join(sorted((_NAMES[groups[one]], _NAMES[groups[other]])))
            losses[f"unit with {names} exchanged, put right"] += 1
            return replace(unit, segments=tuple(segments))
    return unit


def _shows(group: str, look: str, other: str) -> bool:
    """Tell whether a segment of one language shows another: characters without kana may be either of Japanese and Chinese."""
    return look == other or (look == "han" and (other == "zh" or (other == "ja" and group == "en")))


def _look(text: str) -> str:
    """Return the language that a segment looks like: ``han`` for characters without kana; empty where it does not show."""
    cjk = 0 if text.isascii() else _count(_CJK, text)
    latin = _count(_LATIN, text)
    if cjk >= MIN_CJK and 3 * cjk >= latin:
        kana = _count(_KANA, text)
        return "ja" if 5 * kana > cjk else "" if kana else "han"
    return "en" if latin >= MIN_LATIN and not cjk else ""


def _count(runs: re.Pattern[str], text: str) -> int:
    """Count the characters of a class."""
    return sum(map(len, runs.findall(text)))
