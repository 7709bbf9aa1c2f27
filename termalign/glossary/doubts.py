"""Glosses that join nothing: a piece of the name that is meant, and brackets that stand behind anything.

德国量子技术与应用联盟（QUTAC） read from 联盟 on makes 联盟 a name of QUTAC; a link (UserVoice) behind five unlike strings
glosses none of them.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from termalign.model import Form, Link

__all__ = ["PART", "UNLIKE", "doubtful_glosses"]

PART, UNLIKE = "only a part of a longer name", "glossed by names that have nothing in common"
MAX_UNLIKE = 2  # names of one language for one thing that share no word; authors do translate a name in two ways
MIN_SHARE = 0.5  # of a longer name; a shorter piece of it is a head word: 联盟 of 量子技术与应用联盟, but 量子产业联盟 of 欧洲量子产业联盟
MAX_NAMES = (
    50  # of one language for one thing; with more nothing is glossed, and comparing each with each would take long
)
MIN_COMMON = 2  # characters in a row that names have in common which are wordings of one name


def doubtful_glosses(links: Iterable[Link]) -> dict[tuple[Form, Form], str]:
    """Find the links on which the word of an author is not to be taken.

    Args:
        links: All links.

    Returns:
        The reason by the two ends of a link: :data:`PART` where another link of the same name, by the word of an author, leads
        to a name of which this one is less than half; :data:`UNLIKE` where more than :data:`MAX_UNLIKE` names of one language
        that share nothing, or more than :data:`MAX_NAMES` of any kind, are glossed by one name.

    Source:
        Ours.
    """
    links = [link for link in links if link.has("gloss", "acronym pivot")]
    names: defaultdict[Form, defaultdict[str, set[Form]]] = defaultdict(lambda: defaultdict(set))
    for link in links:
        for here, there in (link.terms, link.terms[::-1]):
            if link.has("gloss"):
                names[here][there[0]].add(there)
    pieces = {piece for found in names.values() for forms in found.values() for piece in _pieces(forms)}
    loose = {form for form, found in names.items() if any(_is_loose(forms) for forms in found.values())}
    doubtful: dict[tuple[Form, Form], str] = {}
    for link in links:
        if any(form in pieces for form in link.terms):
            doubtful[link.terms] = PART
        elif any(form in loose for form in link.terms):
            doubtful[link.terms] = UNLIKE
    return doubtful


def _pieces(forms: Collection[Form]) -> set[Form]:
    """Return the names that are less than half of another one that ends in them or begins with them."""
    if len(forms) > MAX_NAMES:
        return set()
    keys = {form: fold(form[1]) for form in forms}
    return {
        short
        for short, key in keys.items()
        for other in keys.values()
        if key != other and len(key) < MIN_SHARE * len(other) and (other.endswith(key) or other.startswith(key))
    }


def _is_loose(forms: Collection[Form]) -> bool:
    """Tell whether more than a few of some names share nothing with any other."""
    if len(forms) > MAX_NAMES:
        return True
    keys = sorted({fold(form[1]) for form in forms})
    joined = {key for one, other in combinations(keys, 2) if _share(one, other) for key in (one, other)}
    return len(set(keys) - joined) > MAX_UNLIKE


def _share(one: str, other: str) -> bool:
    """Tell whether two keys have characters in a row in common."""
    pairs = {one[at : at + MIN_COMMON] for at in range(len(one) - MIN_COMMON + 1)}
    return any(other[at : at + MIN_COMMON] in pairs for at in range(len(other) - MIN_COMMON + 1))
