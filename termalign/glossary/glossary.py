"""A glossary at hand: load concept entries, look terms up in any spelling, save."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, Where
from termalign.formats import GLOSSARY_FORMATS, format_for
from termalign.formats.concepts_jsonl import CONCEPTS_JSONL
from termalign.glossary.index import Index
from termalign.glossary.shipped import glossaries, named_file
from termalign.model import TAGS, Answer, Hit, Match, TermStatus, canonical_tag, same_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

    from termalign.formats.base import GlossaryFormat, WriteReport
    from termalign.glossary.annotate import Annotator
    from termalign.glossary.index import Meeting
    from termalign.model import Annotation, Concept

__all__ = ["MAX_QUERY", "Glossary", "glossary_files", "passed_over", "readable"]

MAX_QUERY = 1000  # code points; a longer query is no term (CONTRACTS.md section 2)
GLOSSARY_FILE = "glossary.jsonl"
STATUS_ORDER = (TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.DEPRECATED, TermStatus.SUPERSEDED)
LANGUAGE_ORDER = tuple(str(tag) for tag in TAGS)
COLUMNS = ("concept", "status", "score", "language", "text", "type", "term_status", "verified", "count")


class Glossary:
    """Concept entries, and an index over their spellings that is made at the first lookup.

    Nothing changes a glossary once it is made: threads may look terms up in one at the same time.

    Args:
        concepts: Entries; of several with one id the first counts. Rejected ones are kept but not found.
    """

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        found: dict[str, Concept] = {}
        for concept in concepts:
            found.setdefault(concept.id, concept)
        self.concepts: tuple[Concept, ...] = tuple(found.values())

    @classmethod
    def load(
        cls, *sources: str | Path, skip_broken: bool = False, tell: Callable[[DataError], None] | None = None
    ) -> Glossary:
        """Load glossaries.

        Args:
            sources: Names of shipped glossaries, folders that a build wrote, and files: JSON Lines, or any other format that
                glossaries are read from. The first has the highest rank: of entries with one id the first counts. None means
                all shipped glossaries. A string that is a shipped name is one, even where a file has that name too.
            skip_broken: Whether lines of JSON Lines that break the format, and entries whose id stood before in the file, are
                left out instead of refused.
            tell: Is told of each of them.

        Returns:
            The glossary.

        Raises:
            ConfigError: No file, folder or shipped name; a format that is not known; nothing is shipped and nothing named.
            DataError: A file that breaks its format, with file and line, or that cannot be read.
            DataErrors: Several faults in one file.
        """
        found = [_read(path, name, skip_broken=skip_broken, tell=tell) for path, name in glossary_files(*sources)]
        return cls(chain.from_iterable(found))

    def __len__(self) -> int:
        return len(self.concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def __repr__(self) -> str:
        return f"<Glossary of {len(self)} concepts>"

    def merge(self, *others: Glossary) -> Glossary:
        """Return a glossary with the entries of this one and of others; of entries with one id the first counts.

        Args:
            others: Glossaries of lower rank, the highest first.

        Returns:
            A new glossary; entries with different ids stay apart, even where they name one thing.
        """
        return Glossary(chain(self, *others))

    def save(self, path: str | Path) -> WriteReport:
        """Write the glossary as JSON Lines, all of it or nothing.

        Args:
            path: A file that ends in ``.jsonl``; an old one is replaced.

        Returns:
            How many entries the file holds, and what it could not hold: places of evidence beyond three, quotes beyond 120
            characters (DESIGN.md section 4). Entries are ordered by id, and keys that termalign does not know are kept: the
            same entries give the same bytes.

        Raises:
            ConfigError: Another ending; the verb ``export`` writes other formats.
            DataError: A text holds half a surrogate pair.
            OutputError: The file cannot be written; what was there is as it was.
        """
        from termalign.workspace.atomic import replace as replacing  # noqa: PLC0415 - lookups do not write

        if not str(path).lower().endswith(CONCEPTS_JSONL.suffixes):
            raise ConfigError(
                f"a glossary is saved as .jsonl, not as {Path(path).name!r}", "export it to other formats"
            )
        with replacing(Path(path)) as file:
            return CONCEPTS_JSONL.write(sorted(self, key=lambda concept: concept.id), file)

    @cached_property
    def _index(self) -> Index:
        """The index; two threads that make it at once make the same."""
        return Index(self.concepts)

    def lookup(self, query: str, *, source: str | None = None, target: str | None = None, limit: int = 10) -> Answer:
        """Find the concepts that a term, in any spelling, script or reading, stands for.

        Args:
            query: The term.
            source: Tag of the language it is in: designations of that language come first, others after them. ``zh`` is
                both scripts, ``None`` any language.
            target: Tag of a language that a concept must have, whatever the script; ``None`` means any.
            limit: The most near misses that are returned.

        Returns:
            Exact hits, ordered as CONTRACTS.md section 2 says; near misses only where nothing is exact, best first; no hits for
            a blank query and for one of more than 1,000 code points. One hit per concept, by the designation that is met
            best.

        Raises:
            ConfigError: A tag that is none.
        """
        source, target = (canonical_tag(tag) if tag else None for tag in (source, target))
        if not query.strip() or len(query) > MAX_QUERY:
            return Answer(query=query, hits=())
        exact = self._hits(self._index.exact(query, source=source), Match.EXACT, source=source, target=target)
        if exact:
            return Answer(query=query, hits=tuple(sorted(exact, key=lambda hit: _homograph_rank(hit, source))))
        near = self._hits(self._index.near(query), Match.NEAR, source=source, target=target)
        near.sort(key=lambda hit: (-hit.score, *_homograph_rank(hit, source)))
        return Answer(query=query, hits=tuple(near[:limit]))

    def _hits(self, meetings: Iterable[Meeting], match: Match, *, source: str | None, target: str | None) -> list[Hit]:
        """Make one hit of the best meeting of each concept that has the target."""
        best: dict[int, Meeting] = {}
        for one in meetings:
            number = one.spelling.number
            if _has(self.concepts[number], target) and (
                number not in best or _meeting_rank(one, source) < _meeting_rank(best[number], source)
            ):
                best[number] = one
        return [
            Hit(
                concept=self.concepts[number],
                match=match,
                score=round(one.score, 4),
                why=one.why,
                language=one.spelling.language,
                designation=one.spelling.designation,
            )
            for number, one in best.items()
        ]

    @cached_property
    def _annotator(self) -> Annotator:
        """What finds the terms in texts; made at the first text."""
        from termalign.glossary.annotate import Annotator  # noqa: PLC0415 - loads numpy, which lookups do not need

        return Annotator(self.concepts)

    def annotate(
        self, text: str, *, language: str | None = None, suppressed: bool = False, boundaries: str = "words"
    ) -> Annotation:
        """Find the terms of the glossary in a text.

        Args:
            text: Any text; nothing in it is normalised.
            language: Tag of all of it; ``None`` means that each paragraph tells, ``zh`` that simplified Chinese is meant.
            suppressed: Whether to list what is written like a term and is a part of other words.
            boundaries: ``words`` tells where words end by a list, ``tokens`` by the tokenisers, which is slower.

        Returns:
            Hits by CONTRACTS.md section 3: the longest, then the leftmost; designations of the passage's language, and those
            in Latin letters; offsets are code points of ``text``.

        Raises:
            ConfigError: A tag that is none, another name of boundaries.
        """
        tag = canonical_tag(language) if language else None
        return self._annotator.annotate(
            text, language="zh-Hans" if tag == "zh" else tag, suppressed=suppressed, boundaries=boundaries
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per designation as a pandas frame.

        Returns:
            Columns ``concept`` (its id), ``status`` and ``score`` of the concept; ``language``, ``text``, ``type``,
            ``term_status``, ``verified`` and ``count`` of the designation. In the order of the glossary; no rows where it is
            empty.
        """
        import pandas as pd  # noqa: PLC0415 - a second of import that lookups do not pay

        rows = [
            (
                concept.id,
                concept.status.value,
                concept.score,
                language,
                one.text,
                one.type,
                one.status.value,
                one.verified,
                one.count,
            )
            for concept in self.concepts
            for language, designations in concept.terms
            for one in designations
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))


def _has(concept: Concept, target: str | None) -> bool:
    """Tell whether a concept has a designation in a language; simplified Chinese stands for traditional where that is not stated."""
    return target is None or any(same_language(tag, target) for tag, _ in concept.terms)


def _language_rank(language: str, asked: str | None) -> int:
    """Return 0 for the language asked for, 1 for Chinese in the other script, 2 for another language."""
    if asked is None or language == asked:
        return 0
    if not same_language(language, asked):
        return 2
    return 0 if asked == "zh" else 1


def _homograph_rank(hit: Hit, source: str | None) -> tuple[int, int, str]:
    """Order the concepts of one spelling: language asked for, status of the designation, id."""
    return _language_rank(hit.language, source), STATUS_ORDER.index(hit.designation.status), hit.concept.id


def _meeting_rank(one: Meeting, source: str | None) -> tuple[object, ...]:
    """Order the designations of one concept: the likest, then the language asked for, the fewest differences, status."""
    spelling = one.spelling
    return (
        -one.score,
        _language_rank(spelling.language, source),
        spelling.is_reading,
        len(one.why),
        STATUS_ORDER.index(spelling.designation.status),
        LANGUAGE_ORDER.index(spelling.language),
    )


def glossary_files(*sources: str | Path) -> list[tuple[Path, str]]:
    """Find the files of glossaries.

    Args:
        sources: As for :meth:`Glossary.load`.

    Returns:
        Path and what to call it in messages, in the order of the sources; at least one.

    Raises:
        ConfigError: No file, folder or shipped name; nothing is shipped and nothing named.
    """
    shipped = glossaries()
    if not sources and not shipped:
        raise ConfigError("no glossaries came with this installation", "name a .jsonl file or a folder of a build")
    return [
        named_file(source, shipped=shipped, inner=(GLOSSARY_FILE,), noun="glossary", ending=".jsonl")
        for source in sources or shipped
    ]


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Translate the system's errors while a glossary is read.

    Args:
        name: What to call the glossary.

    Yields:
        Nothing.

    Raises:
        DataError: It cannot be read.
    """
    try:
        yield
    except OSError as exc:
        problem = f"cannot be read: {(exc.strerror or str(exc)).lower()}"
        raise DataError(problem, Where(file=name), "check the file and your rights to it") from exc


def _read(path: Path, name: str, *, skip_broken: bool, tell: Callable[[DataError], None] | None) -> list[Concept]:
    """Read one glossary."""
    reader = _format(path)
    if skip_broken and reader is CONCEPTS_JSONL:
        reader = replace(CONCEPTS_JSONL, tell_broken=tell or passed_over)
    with readable(name), path.open("rb") as file:
        return list(reader.read(file, name=name))


def passed_over(fault: DataError) -> None:
    """Take no note of a line that was left out."""
    del fault


def _format(path: Path) -> GlossaryFormat:
    """Find the format of a glossary by its name; JSON Lines without a look at the others."""
    if path.name.lower().endswith(CONCEPTS_JSONL.suffixes):
        return CONCEPTS_JSONL
    return format_for(GLOSSARY_FORMATS, path)
