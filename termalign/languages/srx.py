"""Sentences by the rules of an SRX 2.0 file, so that segments equal those of a CAT tool.

The expressions are ICU's and Java's; the package ``regex`` reads nearly all of them as they are, looks behind at any
length, and stops when it takes too long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from termalign.errors import ConfigError, DataError, Where
from termalign.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from termalign.model.srx import SrxRule, SrxRules

__all__ = ["SrxSplitter", "srx_splitter"]

MIN_SECONDS = 10.0  # that the rules may take on a text, and so many code points a second more
LEAST_SPEED = 20_000
# Codes under which rules of a language stand in files of CAT tools, which know regions rather than scripts.
_CODES: Final = {
    "ja": ("ja", "ja-JP", "ja_JP"),
    "en": ("en", "en-US", "en-GB", "en_US", "en_GB"),
    "zh-Hans": ("zh-Hans", "zh-CN", "zh-Hans-CN", "zh", "zh_CN"),
    "zh-Hant": ("zh-Hant", "zh-TW", "zh-HK", "zh-Hant-TW", "zh", "zh_TW", "zh_HK"),
}
_ENDS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(f"[^{_ENDS}]+")
_SEES_LINE_ENDS = re.compile(r"(?<!\\)(?:\\\\)*\\[nrRv]|[\n\r]|\\u(?:000[aAdD]|2028|2029|0085)|\\x0[aAdD]")
_REFERENCE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:[1-9]|k<)")
_TOKEN = re.compile(
    r"(?P<quoted>\\Q.*?(?:\\E|\Z))|(?P<pair>\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2})"
    r"|(?P<code>\\x\{[0-9A-Fa-f]{1,6}\})|(?P<octal>\\0[0-7]{1,3})|(?P<property>\\[pP]\{(?:java|Is)[A-Za-z_]+\})"
    r"|(?P<control>\\c.)|(?P<escape>\\.)|(?P<flags>\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?[:)])",
    re.DOTALL,
)
_PLAIN_ESCAPES: Final = {
    "z": r"\Z",
    "Z": r"(?=(?:\r\n|[\n\r\x85\u2028\u2029])?\Z)",
    "e": r"\x1b",
    "h": r"[ \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]",
    "H": r"[^ \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]",
    "v": r"[\n\x0b\f\r\x85\u2028\u2029]",
    "V": r"[^\n\x0b\f\r\x85\u2028\u2029]",
    "E": "",
}
_JAVA_CLASSES: Final = {
    "LowerCase": "Lowercase",
    "UpperCase": "Uppercase",
    "TitleCase": "Lt",
    "Whitespace": "White_Space",
    "SpaceChar": "Z",
    "Letter": "L",
    "LetterOrDigit": "Alnum",
}


@dataclass(frozen=True, slots=True)
class _Group:
    """One rule that breaks, or several that do not: the expression, and the line of the first.

    A rule that refers back to a group of its own is sought, not tried by looking behind, where the group is set too late.
    """

    breaks: bool
    refers: bool
    pattern: Any
    line: int


@dataclass(frozen=True, slots=True)
class SrxSplitter:
    """The rules of one language, ready for use.

    Args:
        file: Name of their file, in messages.
        groups: Runs of rules that break, or that do not, in order.
        by_line: Whether each line is a text of its own, as in the text filters of CAT tools; not where a rule speaks of
            line ends itself.
    """

    file: str
    groups: tuple[_Group, ...]
    by_line: bool

    def __call__(self, text: str) -> tuple[Span, ...]:
        """Split a text.

        Args:
            text: Any text.

        Returns:
            Spans trimmed of white space, in order, together losing only white space.

        Raises:
            DataError: The rules take too long on the text.

        Source:
            SRX 2.0, section 2: at each place the first rule whose two expressions match decides. The places of rules that
            break are found from left to right, the longest match first and without overlap, as OmegaT and Okapi do.
        """
        units = [match.span() for match in _LINE.finditer(text)] if self.by_line else [(0, len(text))]
        return tuple(span for start, end in units for span in self._unit(text[start:end], start))

    def _unit(self, text: str, offset: int) -> Iterator[Span]:
        """Split one line or text that begins at an offset."""
        start = 0
        for cut in (*self._cuts(text), len(text)):
            piece = text[start:cut]
            bare = piece.strip()
            if bare:
                left = offset + start + piece.index(bare[0])
                yield Span(left, left + len(bare))
            start = cut

    def _cuts(self, text: str) -> list[int]:
        """Find the places at which the first rule that matches breaks."""
        first: dict[int, int] = {}  # place -> index of the first group of breaking rules that matches
        kept: set[tuple[int, int]] = set()
        for index, group in enumerate(self.groups):
            if group.breaks:
                for place in self._places(group, text):
                    first.setdefault(place, index)
            elif group.refers:
                kept.update((index, place) for place in self._places(group, text))
        return [
            place
            for place in sorted(first)
            if 0 < place < len(text)
            and not any(
                (index, place) in kept if group.refers else self._holds(group, text, place)
                for index, group in enumerate(self.groups[: first[place]])
                if not group.breaks
            )
        ]

    def _places(self, group: _Group, text: str) -> list[int]:
        """Find where the matches of a rule end."""
        seconds = MIN_SECONDS + len(text) / LEAST_SPEED
        try:
            found = group.pattern.finditer(text, overlapped=not group.breaks, timeout=seconds)
            return [match.end() for match in found]
        except TimeoutError as exc:
            raise self._too_slow(group) from exc

    def _holds(self, group: _Group, text: str, place: int) -> bool:
        """Tell whether a rule of a group matches at a place."""
        try:
            return group.pattern.match(text, place, timeout=MIN_SECONDS) is not None
        except TimeoutError as exc:
            raise self._too_slow(group) from exc

    def _too_slow(self, group: _Group) -> DataError:
        where = Where(file=self.file, line=group.line)
        return DataError(
            "the rule, or one soon after it, takes too long", where, "write its expression without nested + and *"
        )


@lru_cache(maxsize=16)
def srx_splitter(rules: SrxRules, language: str) -> SrxSplitter:
    """Make the rules of a file ready for a language.

    Args:
        rules: The rules as read.
        language: ``ja``, ``zh-Hans``, ``zh-Hant`` or ``en``; in the file also under the codes of its regions (``zh-CN``).

    Returns:
        What splits texts.

    Raises:
        ConfigError: The file has no rules for the language.
        DataError: An expression is broken; with file and line.

    Source:
        SRX 2.0, sections 2 and 3.5: maps are tried in order, the whole code must match (without regard to case, as in
        OmegaT); with cascade the rules of all maps that match apply, else those of the first.
    """
    codes = _CODES[language]
    found = [one for one in rules.maps if _applies(one.pattern, codes, where=Where(file=rules.file, line=one.line))]
    if not found:
        patterns = ", ".join(repr(one.pattern) for one in rules.maps[:8])
        raise ConfigError(f"{rules.file} has no rules for {language}", f"add a languagemap; it has {patterns}")
    chosen = [rule for one in (found if rules.cascade else found[:1]) for rule in one.rules]
    groups: list[_Group] = []
    for _, run in groupby(chosen, key=lambda rule: (rule.breaks, _refers(rule))):
        groups.extend(_groups(list(run), rules.file))
    by_line = not any(_SEES_LINE_ENDS.search(f"{rule.before} {rule.after}") for rule in chosen)
    return SrxSplitter(rules.file, tuple(groups), by_line)


def _applies(pattern: str, codes: tuple[str, ...], *, where: Where) -> bool:
    """Tell whether a language map is for one of the codes."""
    expression = _compile(pattern, where, ignore_case=True)
    return any(expression.fullmatch(code, timeout=MIN_SECONDS) for code in codes)


def _groups(run: list[SrxRule], file: str) -> Iterator[_Group]:
    """Compile rules that do the same, and refer back or do not."""
    first = run[0]
    sides = [_sides(rule, file) for rule in run]
    refers = _refers(first)
    if first.breaks or refers:
        # Each by itself: a tool seeks each from left to right, and 。。 breaks once.
        rows = [(rule, f"(?:{before})(?=(?:{after}))") for rule, (before, after) in zip(run, sides, strict=True)]
    else:
        rows = [(first, "|".join(f"(?:(?<=(?:{before}))(?=(?:{after})))" for before, after in sides))]
    for rule, expression in rows:
        pattern = _compile_ready(expression, Where(file=file, line=rule.line))
        yield _Group(rule.breaks, refers, pattern, rule.line)


def _refers(rule: SrxRule) -> bool:
    """Tell whether a rule refers back to one of its groups."""
    return _REFERENCE.search(f"{rule.before} {rule.after}") is not None


def _sides(rule: SrxRule, file: str) -> tuple[str, str]:
    """Return the two expressions of a rule, each tried alone, so that a fault has its place."""
    _compile(rule.before, Where(file=file, line=rule.line, path="beforebreak"))
    _compile(rule.after, Where(file=file, line=rule.line, path="afterbreak"))
    return _translated(rule.before), _translated(rule.after)


def _compile(pattern: str, where: Where, *, ignore_case: bool = False) -> Any:
    """Compile an expression as it stands in the file."""
    return _compile_ready(_translated(pattern), where, ignore_case=ignore_case)


def _compile_ready(pattern: str, where: Where, *, ignore_case: bool = False) -> Any:
    """Compile an expression for the package regex."""
    import regex  # type: ignore[import-untyped]  # noqa: PLC0415 - only where a user brings rules; it has no types

    try:
        return regex.compile(pattern, regex.V1 | (regex.IGNORECASE if ignore_case else 0))
    except (regex.error, OverflowError, RecursionError) as exc:
        raise DataError(f"broken regular expression: {exc}", where, "mend it in the file") from exc


def _translated(pattern: str) -> str:
    """Write an expression of ICU or Java for the package regex."""
    return _TOKEN.sub(lambda match: _WRITERS[str(match.lastgroup)](match[0]), pattern)


def _quoted(token: str) -> str:
    """Write what stands between the marks of a quotation."""
    return re.escape(token[2:].removesuffix("\\E"))


def _character(code: int) -> str:
    """Write a character by its code point."""
    return f"\\U{code:08x}"


def _property(token: str) -> str:
    """Write a class that is named as Java's methods are, or with Is."""
    name = token[3:-1].removeprefix("java").removeprefix("Is")
    return f"{token[:3]}{_JAVA_CLASSES.get(name, name)}}}"


def _flags(token: str) -> str:
    """Write flags; those that only Java has (d, u, U) mean what is so anyway."""
    added, _, removed = token[2:-1].partition("-")
    kept = "".join(flag for flag in added if flag in "imsx")
    dropped = "".join(flag for flag in removed if flag in "imsx")
    if not kept and not dropped:
        return "(?:" if token[-1] == ":" else "(?:)"
    return f"(?{kept}{'-' if dropped else ''}{dropped}{token[-1]}"


def _surrogates(token: str) -> int:
    """Return the code point of two surrogates."""
    high, low = int(token[2:6], 16), int(token[8:12], 16)
    return 0x10000 + ((high - 0xD800) << 10) + low - 0xDC00


_WRITERS: Final[Mapping[str, Callable[[str], str]]] = {
    "quoted": _quoted,
    "pair": lambda token: _character(_surrogates(token)),
    "code": lambda token: _character(int(token[3:-1], 16)),
    "octal": lambda token: _character(int(token[1:], base=8)),
    "property": _property,
    "control": lambda token: _character(ord(token[2]) % 32),
    "escape": lambda token: _PLAIN_ESCAPES.get(token[1], token),
    "flags": _flags,
}
