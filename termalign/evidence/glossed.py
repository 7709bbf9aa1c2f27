"""Evidence from glosses: two names that an author wrote one behind the other in brackets, and acronyms that join such names."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from termalign.evidence.base import in_order
from termalign.evidence.gloss import NameKind
from termalign.languages.fold import fold
from termalign.model import Evidence, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.evidence.base import Ground
    from termalign.evidence.boundaries import SettledGloss
    from termalign.model import Form

__all__ = ["AcronymPivot", "GlossSource", "settled_forms"]

ACRONYM_SCORE = 0.95  # NICT after a name: nearly always its acronym
NAME_SCORE = 1.0
MIXED_CASE_SCORE = 0.9  # QuIC, ImPACT
QUOTE_MARGIN = 30  # code points of context on either side of a gloss
PIVOT_SCORE = 0.9  # one acronym seldom names two things in one pile of documents


def settled_forms(settled: SettledGloss) -> tuple[Form, Form]:
    """Return the two names of a gloss, in the order of the tags."""
    gloss = settled.gloss
    return in_order((gloss.language, settled.outer), (gloss.inner_language, gloss.inner))


def _place(settled: SettledGloss) -> Place:
    """Return where a gloss stands, with the words around it."""
    gloss, sentence = settled.gloss, settled.gloss.sentence
    start, stop = min(settled.start, gloss.inner_span[0]), max(gloss.end, gloss.inner_span[1])
    text = sentence.text
    low, high = max(0, start - QUOTE_MARGIN), min(len(text), stop + 1 + QUOTE_MARGIN)
    return Place(document=sentence.segment.document, spans=sentence.spans(start, stop), quote=text[low:high].strip())


class GlossSource:
    """Names glossed by one another.

    Args:
        ground: Glosses with the chosen beginnings of their outer names.
    """

    name = "gloss"

    def __init__(self, ground: Ground) -> None:
        self._places: defaultdict[tuple[Form, Form], list[Place]] = defaultdict(list)
        self._scores: defaultdict[tuple[Form, Form], float] = defaultdict(float)
        for settled in ground.glosses:
            gloss = settled.gloss
            left, right = (ground.canonical(form) for form in settled_forms(settled))
            if left[0] == right[0]:
                continue
            self._places[left, right].append(_place(settled))
            score = (
                NAME_SCORE
                if gloss.kind is NameKind.NAME
                else ACRONYM_SCORE
                if gloss.inner.isupper()
                else MIXED_CASE_SCORE
            )
            self._scores[left, right] = max(self._scores[left, right], score * settled.trust)

    def pairs(self) -> Iterator[tuple[Form, Form]]:
        """Propose every pair of names of different languages that gloss each other."""
        yield from sorted(self._places)

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A name.
            right: A name of another language.

        Returns:
            Evidence with all places; 1 for a spelt-out name, a little less for an acronym; ``None`` where neither glosses
            the other.
        """
        left, right = in_order(left, right)
        places = self._places.get((left, right))
        if not places:
            return None
        where = tuple(sorted(places, key=lambda place: (place.document, place.spans)))
        return Evidence(
            source=self.name, score=self._scores[left, right], terms=(left, right), n=len(where), where=where
        )


class AcronymPivot:
    """Names of different languages that are glossed by one acronym, Q-LEAP in a Japanese and in a Chinese text.

    Args:
        ground: Glosses with the chosen beginnings of their outer names.
    """

    name = "acronym pivot"

    def __init__(self, ground: Ground) -> None:
        named: defaultdict[str, defaultdict[Form, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for settled in ground.glosses:
            if settled.trust < 1:
                continue
            inner = ground.canonical((settled.gloss.inner_language, settled.gloss.inner))
            outer = ground.canonical((settled.gloss.language, settled.outer))
            for acronym, name in ((inner, outer), (outer, inner)):
                if acronym[0] == "en" and _acronymic(acronym[1]) and (name[0] != "en" or acronym == inner):
                    named[fold(acronym[1])][name].append(_place(settled))
        self._pairs: dict[tuple[Form, Form], tuple[str, tuple[Place, ...]]] = {}
        for letters, names in sorted(named.items()):
            for one, other in combinations(sorted(names), 2):
                if one[0] != other[0]:
                    pair = in_order(one, other)
                    self._pairs.setdefault(pair, (letters, (*names[one], *names[other])))

    def pairs(self) -> Iterator[tuple[Form, Form]]:
        """Propose the names that share an acronym."""
        yield from sorted(self._pairs)

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A name.
            right: A name of another language.

        Returns:
            Evidence with the glosses of both; ``None`` where no acronym is glossed by both.
        """
        left, right = in_order(left, right)
        found = self._pairs.get((left, right))
        if found is None:
            return None
        acronym, places = found
        return Evidence(
            source=self.name,
            score=PIVOT_SCORE,
            terms=(left, right),
            n=len(places),
            where=tuple(sorted(places, key=lambda place: (place.document, place.spans))),
            detail=f"acronym {acronym.upper()}",
        )


def _acronymic(text: str) -> bool:
    """Tell whether a Latin name is one word with capitals."""
    return " " not in text and any(char.isupper() for char in text[1:])
