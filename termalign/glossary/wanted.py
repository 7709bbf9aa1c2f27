"""A term or string as it is sought in segments, and where it stands in one.

Keys drop spaces and marks, so an equal key only makes a stretch a suspect: ``the rapist`` has the key of ``therapist``, シリコーン
that of シリコン.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from termalign.errors import ConfigError
from termalign.glossary.forms import skeleton
from termalign.glossary.number import numbers
from termalign.languages.characters import LATIN, has_latin
from termalign.languages.fold import fold, fold_with_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["BOUNDARIES", "Wanted"]

BOUNDARIES = ("latin", "words", "tokens", "none")
_LETTER = re.compile(f"[{LATIN}]")
_UNBROKEN = re.compile(f"[{LATIN}0-9０-９]{{2}}")
_ATTACHED = re.compile("[ーｰ\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LENGTH = re.compile("[ーｰ]")
_APOSTROPHES = frozenset("'’＇")
# What stands between two neighbouring letters of the key: nothing, marks that spelling may leave out, an apostrophe, white space.
TIGHT, MARKS, APOSTROPHE, SPACE = range(4)


class _Form(NamedTuple):
    """A form of the query, its key, and between which neighbours of the key it has what."""

    text: str
    key: str
    gaps: tuple[int, ...]


class Wanted:
    """A query, ready to be found in many segments.

    Args:
        query: A term or string, not empty.
        boundaries: ``latin``: words in Latin letters and numbers are whole, and English nouns are met in both numbers; other
            scripts are met anywhere. ``words`` and ``tokens``: no hit inside other words of any language, by a list of words
            or by the tokenisers. ``none``: any string, parts of words too.
        match_case: Whether capitals are told from small letters.

    Raises:
        ConfigError: Another name of boundaries.
    """

    def __init__(self, query: str, *, boundaries: str = "latin", match_case: bool = False) -> None:
        if boundaries not in BOUNDARIES:
            raise ConfigError(f"boundaries {boundaries!r}", f"write {', '.join(BOUNDARIES[:-1])} or {BOUNDARIES[-1]}")
        self._boundaries, self._match_case = boundaries, match_case
        self.raw = query.strip() or query
        texts = numbers(self.raw) if boundaries != "none" and has_latin(self.raw) else (self.raw,)
        folded = [(text, *fold_with_offsets(text)) for text in texts]
        self._forms = tuple(_Form(text, key, _gaps(text, offsets)) for text, key, offsets in folded if key)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of which each text with a hit holds one; empty where the key of the query is: the text itself is sought."""
        return tuple(form.key for form in self._forms)

    def may_stand_in(self, key: str) -> bool:
        """Tell whether a text with some key may hold a hit."""
        return not self._forms or any(form.key in key for form in self._forms)

    def places(self, text: str, language: str) -> list[tuple[int, int]]:
        """Find the query in a text.

        Args:
            text: A segment.
            language: Its tag.

        Returns:
            Start and end of each place, from left to right, without overlaps; of those that overlap the first, then the
            longest.
        """
        if not self._forms:
            return list(_raw_places(self.raw, text))
        if not self.may_stand_in(fold(text)):
            return []
        key, offsets = fold_with_offsets(text)
        found = sorted(
            (start, -end, first, first + len(form.key))
            for form in self._forms
            for start, end, first in self._found(form, text, key, offsets)
        )
        kept: list[tuple[int, int, int, int]] = []
        for start, negative_end, first, last in found:
            if not kept or start >= kept[-1][1]:
                kept.append((start, -negative_end, first, last))
        if kept and self._boundaries in {"words", "tokens"}:
            kept = _whole(kept, text, language, self._boundaries)
        return [(start, end) for start, end, _, _ in kept]

    def _found(self, form: _Form, text: str, key: str, offsets: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Find one form: start, end, and start in the key."""
        at = key.find(form.key)
        while at >= 0:
            stretch = _stretch(text, offsets, at, at + len(form.key))
            if stretch and self._is(form, text, stretch, _gaps(text, offsets[at : at + len(form.key)])):
                yield *stretch, at
            at = key.find(form.key, at + 1)

    def _is(self, form: _Form, text: str, stretch: tuple[int, int], gaps: Sequence[int]) -> bool:
        """Tell whether a stretch with the key of a form is one."""
        start, end = stretch
        if self._boundaries != "none" and (_is_cut(text, start) or _is_cut(text, end)):
            return False
        pairs = list(zip(form.gaps, gaps, strict=True))
        if (TIGHT, SPACE) in pairs or (SPACE, TIGHT) in pairs:
            return False
        if (TIGHT, APOSTROPHE) in pairs and form.text != self.raw:  # Shor's is no plural
            return False
        found = text[start:end]
        if len(_LENGTH.findall(found)) != len(_LENGTH.findall(form.text)) and skeleton(found) != skeleton(form.text):
            return False
        return not self._match_case or _letters(found) == _letters(form.text)


def _raw_places(query: str, text: str) -> Iterator[tuple[int, int]]:
    """Find a string of which the fold leaves nothing, such as marks, as it is."""
    at = text.find(query)
    while at >= 0:
        yield at, at + len(query)
        at = text.find(query, at + len(query))


def _stretch(text: str, offsets: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """Lead a stretch of a key back to the text; ``None`` where it is a part of a character (of ㍿, of é)."""
    start, end = offsets[first], offsets[last - 1] + 1
    limit = offsets[last] if last < len(offsets) else len(text)
    if (first and offsets[first - 1] == start) or limit == offsets[last - 1]:
        return None
    while end < limit and _ATTACHED.match(text, end):
        end += 1
    is_marked = end < len(text) and unicodedata.category(text[end]) == "Mn"
    return None if is_marked else (start, end)


def _gaps(text: str, offsets: Sequence[int]) -> tuple[int, ...]:
    """Say what stands between neighbours in the key: between letters in Latin script only, other scripts need no spaces."""
    gaps = []
    for begin, end in pairwise(offsets):
        gap = MARKS
        if _LETTER.match(text, begin) and _LETTER.match(text, end):
            between = text[begin + 1 : end]
            gap = MARKS if between else TIGHT
            if between in _APOSTROPHES:
                gap = APOSTROPHE
            elif any(map(str.isspace, between)):
                gap = SPACE
        gaps.append(gap)
    return tuple(gaps)


def _is_cut(text: str, at: int) -> bool:
    """Tell whether a cut goes through a run of Latin letters and digits."""
    return at > 0 and _UNBROKEN.match(text, at - 1) is not None


def _letters(text: str) -> str:
    """Return the letters in Latin script, their width made one."""
    return "".join(_LETTER.findall(unicodedata.normalize("NFKC", text)))


def _whole(
    found: list[tuple[int, int, int, int]], text: str, language: str, boundaries: str
) -> list[tuple[int, int, int, int]]:
    """Leave out what begins or ends inside a word."""
    import numpy as np  # noqa: PLC0415 - only where words are told

    from termalign.glossary.edges import Stretches, edges_of  # noqa: PLC0415
    from termalign.languages.folded_array import folded_array  # noqa: PLC0415

    stretches = Stretches(*np.array(found, dtype=np.int64).T)
    edges = edges_of(text, folded_array(text), language=language, boundaries=boundaries)
    return [one for one, is_inside in zip(found, edges.are_inside(stretches).tolist(), strict=True) if not is_inside]
