"""What the tokenisers of all languages share: tag tables, runs of Latin letters and digits that stay whole, full cover."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.languages.characters import LATIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Word", "coarse", "join_runs", "latin_pos", "tag_table", "word_set", "word_table"]

Word = tuple[str, int, int, str, str, tuple[str, ...]]  # the fields of a token, which costs ten times as much to make
_ALNUM = f"{LATIN}0-9０-９"
_RUN = re.compile(
    rf"""
    (?:https?://|www\.)[!-~]*[A-Za-z0-9/=\#]                 # URL
    | [A-Za-z0-9._+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+   # address
    | [A-Z][A-Za-z]+\ [0-9]\.0(?![0-9.])                     # Society 5.0
    | (?<![{_ALNUM}])[A-Za-z]/[A-Za-z](?![{_ALNUM}])         # I/O
    | (?<![{_ALNUM}.])\.[A-Z]{{3,}}(?![{_ALNUM}.])            # .NET
    | (?:[A-Za-z]\.){{2,}}(?![{_ALNUM}])                     # U.S.
    | [{_ALNUM}]+
      (?:
        (?: [\-‐‑–−－·‧•_.．]                                # Q-LEAP, QED·C, Node.js
          | (?<=[0-9])(?:[—~～](?=[0-9])|,(?=[0-9]{{3}}(?![0-9])))   # 2020—2024, 1,000
          | (?<=[A-Z])[&＆](?=[A-Z])                          # R&D
        )[{_ALNUM}]+
      )*
      (?:\+\+|[+\#♯])?(?![{_ALNUM}])                         # C++, Q#
    """,
    re.VERBOSE,
)


@cache
def tag_table(name: str) -> Mapping[str, str]:
    """Read one table of ``termalign/data/pos.toml``, once per process.

    Args:
        name: ``sudachi``, ``jieba``, ``chinese`` or ``chinese_glue``.

    Returns:
        The table as it stands there.

    Source:
        Ours.
    """
    tables = tomllib.loads((files("termalign") / "data" / "pos.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = tables[name]
    return table


@cache
def word_table(name: str) -> Mapping[str, str]:
    """Read one table of word lists and turn it round, once per process.

    Args:
        name: A table whose values are lists of words (``chinese``).

    Returns:
        For each word the name of the last list that holds it.

    Source:
        Ours.
    """
    return {word: key for key, words in tag_table(name).items() for word in words.split()}


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Read one list of words of a table, once per process.

    Args:
        name: The table.
        key: The list in it.

    Returns:
        Its words.

    Source:
        Ours.
    """
    return frozenset(tag_table(name)[key].split())


def coarse(tag: str, table: Mapping[str, str]) -> str:
    """Map a tag of another tag set to ours.

    Args:
        tag: The tag, general part first (``名詞-固有名詞-地名``, ``vn``).
        table: Beginnings of tags, and ours; the longest that fits decides.

    Returns:
        Our part of speech; ``x`` where no entry fits.

    Source:
        Ours.
    """
    for length in range(len(tag), 0, -1):
        if tag[:length] in table:
            return table[tag[:length]]
    return "x"


def latin_pos(text: str) -> str:
    """Tell the part of speech of a run of Latin letters and digits in Japanese or Chinese text.

    Args:
        text: The run.

    Returns:
        ``num`` for an amount (``2020-2024``, ``10km``), ``pn`` with a capital (``Q-LEAP``, ``5G``), else ``n``; ``mark``
        without letters and digits.

    Source:
        Ours.
    """
    if not any(char.isalnum() for char in text):
        return "mark"
    if any(char.isupper() for char in text):
        return "pn"
    return "num" if text[0].isdigit() else "n"


def join_runs(text: str, words: Sequence[Word]) -> list[Word]:
    """Join the words of each run of Latin letters and digits.

    Args:
        text: What the words were cut from.
        words: In order.

    Returns:
        The words; where two or more fill a name such as ``Q-LEAP``, ``2020-2024``, ``Society 5.0``, ``I/O`` or ``C++``, one
        in their place. A word that reaches beyond the run keeps it apart.

    Source:
        Ours; jieba and Sudachi cut such names (DEPENDENCIES.md 2.2).
    """
    joined: list[Word] = []
    copied = at = 0  # words that are in the list, and words that end before the run
    for run in _RUN.finditer(text):
        start, end = run.span()
        while at < len(words) and words[at][2] <= start:
            at += 1
        if at < len(words) and words[at][1] == start and words[at][2] < end:
            last = at + 1
            while last < len(words) and words[last][2] < end:
                last += 1
            if last < len(words) and words[last][2] == end:
                joined += words[copied:at]
                joined.append((run[0], start, end, latin_pos(run[0]), run[0], ()))
                copied = at = last + 1
    joined += words[copied:]
    return joined
