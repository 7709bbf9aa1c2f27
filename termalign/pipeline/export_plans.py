"""Which files an export writes, each with its writer: one, or one for each pair of languages where the format has two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING, Any, Protocol

from termalign.errors import ConfigError, DataError, Where
from termalign.formats import BITEXT_FORMATS, GLOSSARY_FORMATS, format_for
from termalign.formats.omegat import OmegatGlossary
from termalign.formats.tags import rank
from termalign.formats.tool_tables import ToolTable
from termalign.model import canonical_tag, same_language

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path
    from typing import BinaryIO

    from termalign.formats import WriteReport
    from termalign.formats.profiles import Profile
    from termalign.registry import Registry

__all__ = ["Plan", "Wanted", "ending_of", "endings_of", "plan"]


class _Writer(Protocol):
    """What writes a file, of concepts or of units."""

    def write(self, values: Iterable[Any], file: BinaryIO, /) -> WriteReport:
        """Write the values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One file to write.

    Args:
        path: Where.
        writer: By what.
        pair: Its two languages, the one translated from first; ``None`` for a file of all languages.
    """

    path: Path
    writer: _Writer
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for.

    Args:
        path: The file named; its ending tells the format.
        units: Whether units are written, not concepts.
        found: Tells which sets of languages the concepts or units have; it may have to read all of them.
        profile: The tool it is for.
        source: Language translated from.
        target: Language translated to.
        options: Settings of the format: holder and licence.
    """

    path: Path
    units: bool
    found: Callable[[], Collection[frozenset[str]]]
    profile: Profile | None = None
    source: str | None = None
    target: str | None = None
    options: tuple[tuple[str, Any], ...] = ()


def endings_of(registry: Registry[Any]) -> list[str]:
    """Return all endings that a kind of format has."""
    return [suffix for entry in registry.entries().values() for suffix in entry.suffixes]


def ending_of(registry: Registry[Any], path: Path) -> str:
    """Return the longest ending of a name that a kind of format has; empty where none fits."""
    name = path.name.lower()
    return max((ending for ending in endings_of(registry) if name.endswith(ending)), key=len, default="")


def plan(wanted: Wanted) -> list[Plan]:
    """Decide which files to write.

    Args:
        wanted: What was asked for.

    Returns:
        One file under the name given, or one for each pair of languages, with the pair before the ending of its name
        (``memory.ja-en.tmx``): where the format or the tool takes two languages and the data has more.

    Raises:
        ConfigError: A name that no format of the kind has, or that the tool does not take.
        DataError: There is nothing in the languages asked for.
    """
    form = _tool_form(wanted) if wanted.profile else _plain_form(wanted)
    if not form.per_pair:
        return [Plan(path=wanted.path, writer=form.make(None))]
    pairs = _pairs(wanted, directed=form.directed)
    if not pairs:
        if wanted.found() or wanted.source or wanted.target:
            problem = "nothing that has both languages to write"
            raise DataError(problem, Where(file=wanted.path.name), "check --from, --to and the filters")
        return [Plan(path=wanted.path, writer=form.make(None))]
    is_one = len(pairs) == 1
    return [
        Plan(path=wanted.path if is_one else _named(wanted.path, form.ending, pair), writer=form.make(pair), pair=pair)
        for pair in pairs
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A way to write: its ending, whether it takes pairs, and the writer for a pair."""

    ending: str
    per_pair: bool
    directed: bool
    wanted: Wanted
    codes: tuple[tuple[str, str], ...] = ()

    def make(self, pair: tuple[str, str] | None) -> _Writer:
        """Make the writer of one file."""
        profile = self.wanted.profile
        if profile is None or self.wanted.units or self.ending in profile.glossary.termbases:
            registry: Registry[Any] = BITEXT_FORMATS if self.wanted.units else GLOSSARY_FORMATS
            return self._configured(format_for(registry, self.wanted.path), pair)
        languages = pair or tuple(sorted({tag for tags in self.wanted.found() for tag in tags}, key=rank))
        if profile.glossary.layout == "omegat":
            return OmegatGlossary(languages=languages, min_cjk=profile.glossary.min_cjk)
        layout = profile.glossary
        if pair and layout.layout == "sets":
            layout = replace(layout, layout="pairs")
        return ToolTable(layout=layout, ending=self.ending, languages=languages)

    def _configured(self, writer: Any, pair: tuple[str, str] | None) -> _Writer:
        """Set languages, codes and options where the format has such settings."""
        known = set(writer.__dataclass_fields__)
        changes: dict[str, Any] = {key: value for key, value in self.wanted.options if key in known}
        if pair and "languages" in known:
            changes["languages"] = pair
        if self.codes and "codes" in known:
            changes["codes"] = self.codes
        made: _Writer = replace(writer, **changes) if changes else writer
        return made


def _plain_form(wanted: Wanted) -> _Form:
    """Find the format by the ending of the name alone."""
    registry: Registry[Any] = BITEXT_FORMATS if wanted.units else GLOSSARY_FORMATS
    longest = max((ending_of(one, wanted.path) for one in (BITEXT_FORMATS, GLOSSARY_FORMATS)), key=len)
    if not longest or longest not in endings_of(registry):
        what = "translation units" if wanted.units else "concepts"
        fix = f"name it *{', *'.join(endings_of(registry))}"
        raise ConfigError(f"{what} cannot be written as {wanted.path.name!r}", fix)
    writer = format_for(registry, wanted.path)
    is_asked = bool(wanted.source or wanted.target) and "languages" in writer.__dataclass_fields__
    per_pair = getattr(writer, "is_bilingual", False) or is_asked
    if (wanted.source or wanted.target) and not per_pair:
        raise ConfigError(f"{longest} holds all languages at once", "leave --from and --to out, or use --language")
    return _Form(ending=longest, per_pair=per_pair, directed=False, wanted=wanted)


def _tool_form(wanted: Wanted) -> _Form:
    """Find the way of a tool."""
    profile = wanted.profile
    if profile is None:  # pragma: no cover - the caller looked
        raise ConfigError("no profile")
    endings = profile.units.endings
    if not wanted.units:
        registered = endings_of(GLOSSARY_FORMATS)
        endings = (*profile.glossary.endings, *(one for one in profile.glossary.termbases if one in registered))
    name = wanted.path.name.lower()
    ending = max((one for one in endings if name.endswith(one)), key=len, default="")
    if not ending:
        what = "translation units" if wanted.units else "glossaries"
        fix = f"name it *{', *'.join(endings)}" if endings else "export the glossary"
        raise ConfigError(f"{profile.title} takes no {what} as {wanted.path.name!r}", fix)
    if wanted.units:
        return _Form(ending=ending, per_pair=True, directed=False, wanted=wanted, codes=profile.units.codes)
    glossary = profile.glossary
    is_pair = bool(wanted.source and wanted.target) and glossary.layout == "sets"
    return _Form(ending=ending, per_pair=glossary.per_pair or is_pair, directed=glossary.directed, wanted=wanted)


def _pairs(wanted: Wanted, *, directed: bool) -> list[tuple[str, str]]:
    """Return the pairs of languages that some concept or unit has and that were asked for."""
    source, target = (canonical_tag(tag) if tag else "" for tag in (wanted.source, wanted.target))
    all_found = wanted.found()
    tags = sorted({tag for found in all_found for tag in found}, key=rank)
    pairs = []
    for left, right in permutations(tags, 2):
        is_asked = _fits(left, source) and _fits(right, target)
        is_other_way = not directed and not source and not target and rank(left) > rank(right)
        if not is_asked or is_other_way or same_language(left, right):
            continue
        if any(left in found and right in found for found in all_found):
            pairs.append((left, right))
    return pairs


def _fits(tag: str, asked: str) -> bool:
    """Tell whether a tag is the one asked for; ``zh`` is both scripts."""
    return not asked or tag == asked or (asked == "zh" and same_language(tag, asked))


def _named(path: Path, ending: str, pair: tuple[str, str]) -> Path:
    """Put a pair before the ending of a name."""
    stem = path.name[: len(path.name) - len(ending)]
    return path.with_name(f"{stem}.{pair[0]}-{pair[1]}{path.name[len(stem) :]}")
