"""What a column of somebody's table holds, by its heading: a language, a field of the entry, or something else that is kept."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, OtherLanguageError
from termalign.model import TermStatus, canonical_tag

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from termalign.errors import Where

__all__ = ["FIELDS", "Column", "read_column", "status_word", "yes_or_no"]

FIELDS = frozenset({"id", "status", "score", "kind", "subject"})  # ours, as they are written

_N_CODE = 3  # letters of the longest language code: a longer heading is no language
_FLAGS = {
    "true": True,
    "false": False,
    "wahr": True,
    "falsch": False,
    "vrai": True,
    "faux": False,
    "yes": True,
    "no": False,
}
_MARKS = re.compile(r"[\s_\-./:;,()\[\]（）［］【】：・]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Args:
        heading: As it stands there.
        role: What it holds: ``term``, a field of ours, ``definition``, ``note``, ...; empty for what is kept under its
            heading.
        code: Code of the language that it is about; empty for a column of the entry.
        status: Status of the designations in it, where the heading says.
        flag: Status that a yes in it gives to the designation before it.
    """

    heading: str
    role: str = ""
    code: str = ""
    status: TermStatus | None = None
    flag: TermStatus | None = None


def read_column(heading: str, where: Where, losses: Counter[str]) -> Column:
    """Read a heading.

    Args:
        heading: Text of the cell: one of ours (``zh-Hans admitted``), a language tag, or a name that a tool or a person
            writes (``English_Def``).
        where: Its place.
        losses: Counts the names that had to be interpreted, and columns in other languages.

    Returns:
        What the column holds.

    Raises:
        DataError: A wrong language code such as ``jp``.
    """
    heading = heading.strip()
    if heading.lower() in FIELDS:
        return Column(heading=heading, role=heading.lower())
    code, _, word = heading.partition(" ")
    statuses = {one.value: one for one in TermStatus}
    status = statuses.get(word.strip().lower())
    if status and _tag(code, where):
        return Column(heading=heading, role="term", code=code, status=status)
    column = _named(heading)
    # ja_case is no tag with a script, though it is formed like one.
    is_named = column.role not in {"", "term"} or column.flag is not None
    if not word and not is_named and _tag(code, where):
        return Column(heading=heading, role="term", code=code)
    if column.role:
        meaning = column.role + (f" in {column.code}" if column.code else "")
        losses[f"column {heading!r} read as {meaning}"] += 1
    return column


def status_word(word: str) -> TermStatus | None:
    """Return what a word for the status of a term means; ``None`` for one that nobody knows."""
    return _statuses().get(_folded(word))


def yes_or_no(cell: str) -> bool | None:
    """Return what the cell of a flag says; ``None`` for a cell that is no flag."""
    return _FLAGS.get(cell.strip().casefold())


def _named(heading: str) -> Column:
    """Read a heading by the names that tools and people write: a language, a role, or both in either order."""
    languages, roles = _names()
    words = _folded(heading).split(" ")
    text = " ".join(words)
    if text in roles:
        return _column(heading, roles[text], "")
    for cut in (*range(1, len(words)), 0):  # both first, then a language alone
        for left, right in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            code = languages.get(" ".join(left)) or _short_tag("-".join(left))
            role = roles.get(" ".join(right)) if right else "term"
            if code and role:
                return _column(heading, role, code)
    return Column(heading=heading)


def _column(heading: str, role: str, code: str) -> Column:
    """Make a column; synonyms and forbidden terms are terms of that status."""
    status = {"synonym": TermStatus.ADMITTED, "forbidden": TermStatus.DEPRECATED}.get(role)
    flag = {"preferred": TermStatus.PREFERRED, "forbidden": TermStatus.DEPRECATED}.get(role)
    if status and code:
        return Column(heading=heading, role="term", code=code, status=status, flag=flag)
    # What only a language can have says nothing without one.
    is_lost = not code and (status or flag or role in {"term", "reading", "case"})
    return Column(heading=heading, role="" if is_lost else role, code=code, flag=flag)


def _folded(text: str) -> str:
    """Fold a heading: width, case, marks and numbers at the end."""
    text = _MARKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return re.sub(r" ?\d+$", "", text) or text


def _tag(code: str, where: Where) -> str:
    """Return the code of a language column; empty for a column that is none."""
    try:
        canonical_tag(code)
    except OtherLanguageError:
        return ""
    except ConfigError as exc:
        if 1 < len(code) <= _N_CODE and code.isalpha() and code.isascii():
            raise DataError(f"column {code!r}: {exc.problem}", where, exc.fix) from exc
        return ""
    return code


def _short_tag(code: str) -> str:
    """Return a language tag as it is; empty for anything else."""
    try:
        return code if code and canonical_tag(code) else ""
    except ConfigError:
        return ""


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    """Load the names of columns."""
    loaded: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
        (files("termalign") / "data" / "columns.toml").read_text(encoding="utf-8")
    )
    return loaded


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Return languages and roles by name."""
    languages, roles = (
        {name: key for key, names in _table()[part].items() for name in names} for part in ("languages", "roles")
    )
    return languages, roles


@cache
def _statuses() -> dict[str, TermStatus]:
    """Return statuses by word."""
    return {word: TermStatus(key) for key, words in _table()["statuses"].items() for word in words}
