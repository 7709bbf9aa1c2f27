"""Links in, groups of designations out: which names of three languages denote one concept.

Best links first. A group takes a further name of a language that it already has only where an author used both for one
thing (a gloss, an acronym) or where the two are equally good counterparts of the same name; everything else would chain
look-alikes together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termalign.glossary.doubts import doubtful_glosses
from termalign.glossary.kinds import kind_of
from termalign.languages.characters import is_acronym
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from termalign.model import Form, Link

__all__ = ["MIN_LINK", "Group", "cluster"]

MIN_LINK = 0.6  # belief from which a link may found or join a group
MIN_SYNONYM = 0.8  # belief from which a second name of a language may join beside an equally good one
TIE = 0.03  # beliefs that differ by less are equal
AUTHORS_WORD = ("gloss", "acronym pivot")


@dataclass(slots=True)
class Group:
    """Designations held to denote one concept.

    Args:
        forms: Its designations.
        links: The links that hold it together.
        flags: Why it needs a person's eye.
        glossed: Full names and acronyms of one language that an author wrote one behind the other.
    """

    forms: set[Form] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    glossed: set[tuple[Form, Form]] = field(default_factory=set)

    def of(self, language: str) -> list[Form]:
        """Return the designations of one language, Chinese scripts counting as one."""
        return sorted(form for form in self.forms if form[0].partition("-")[0] == language.partition("-")[0])


def cluster(
    links: Sequence[Link],
    *,
    abbreviations: Iterable[tuple[Form, Form]],
    translates: Callable[[Form, Form], bool],
    least: float = MIN_LINK,
) -> tuple[tuple[Group, ...], dict[Form, str]]:
    """Group designations by links.

    Args:
        links: Links, strongest first.
        abbreviations: Full name and acronym of one language, as glossed.
        translates: Tells whether two names of one language are wordings of one name (their parts are the same or synonymous).
        least: Belief from which a link is followed.

    Returns:
        Groups with at least two languages or a language and its acronym, in stable order; and for forms left over that had a
        link, why it was not followed.

    Source:
        Ours; greedy best-first agglomeration with exclusions.
    """
    abbreviations = sorted(set(abbreviations))
    state = _State(translates)
    ambiguous = _ambiguous(abbreviations)
    best: defaultdict[tuple[Form, str], float] = defaultdict(float)
    for link in links:
        for here, there in (link.terms, link.terms[::-1]):
            key = here, there[0]
            best[key] = max(best[key], link.score)
    doubtful = doubtful_glosses(links)
    for link in links:
        if link.score < least:
            break
        if any(form in ambiguous for form in link.terms):
            continue
        if link.terms in doubtful and link.has(*AUTHORS_WORD):
            state.refuse(link, doubtful[link.terms])
            continue
        state.follow(link, best)
    for full, acronym in abbreviations:
        state.abbreviate(full, acronym, ambiguous=full in ambiguous)
    groups = [group for group in state.groups() if len({form[0] for form in group.forms}) > 1]
    return tuple(groups), state.refused


def _ambiguous(abbreviations: Iterable[tuple[Form, Form]]) -> frozenset[Form]:
    """Full names that are glossed by more than one acronym: Quantum Industry Consortium (QuIC) and (QIC)."""
    acronyms: defaultdict[Form, set[str]] = defaultdict(set)
    for full, acronym in abbreviations:
        acronyms[full].add(fold(acronym[1]))
    return frozenset(full for full, found in acronyms.items() if len(found) > 1)


def _name_and_common_noun(one: Group, other: Group) -> bool:
    """Tell whether one group names a body by its acronym and the other has an English common noun: QuIC, industry alliances."""
    for named, common in ((one, other), (other, one)):
        if any(is_acronym(text) for _, text in named.of("en")) and kind_of(named.forms) == "organisation":
            nouns = [text for _, text in common.of("en") if not is_acronym(text)]
            if nouns and all(text.islower() for text in nouns):
                return True
    return False


class _State:
    """Groups under construction."""

    def __init__(self, translates: Callable[[Form, Form], bool]) -> None:
        self._translates = translates
        self._group_of: dict[Form, Group] = {}
        self.refused: dict[Form, str] = {}

    def groups(self) -> list[Group]:
        """Return the groups, each once, ordered by their designations."""
        unique = {id(group): group for group in self._group_of.values()}
        return sorted(unique.values(), key=lambda group: sorted(group.forms))

    def refuse(self, link: Link, reason: str) -> None:
        """Leave a link alone, and note why for those of its ends that are in no group."""
        for form in link.terms:
            if form not in self._group_of:
                self.refused.setdefault(form, reason)

    def follow(self, link: Link, best: Mapping[tuple[Form, str], float]) -> None:
        """Join the two ends of a link, unless that would put names together that nobody used for one thing."""
        left, right = link.terms
        groups = [self._group_of.get(left), self._group_of.get(right)]
        merged = Group(forms={left, right}, links=[link])
        for group in groups:
            if group is not None:
                merged.forms |= group.forms
        if groups[0] is not None and groups[0] is groups[1]:
            groups[0].links.append(link)
            return
        reason = self._objection(link, groups[0] or Group(forms={left}), groups[1] or Group(forms={right}), best)
        if reason:
            self.refuse(link, reason)
            return
        for group in groups:
            if group is not None:
                merged.links = [*group.links, *merged.links]
                merged.flags += group.flags
                merged.glossed |= group.glossed
        for form in merged.forms:
            self._group_of[form] = merged
            self.refused.pop(form, None)

    def _objection(self, link: Link, one: Group, other: Group, best: Mapping[tuple[Form, str], float]) -> str:
        """Say why two groups must not be joined by a link; empty where they may."""
        if not link.has(*AUTHORS_WORD) and _name_and_common_noun(one, other):
            return "a name is no common noun"
        for language in ("ja", "zh", "en"):
            ours, theirs = one.of(language), other.of(language)
            if not ours or not theirs:
                continue
            if all(fold(a[1]) == fold(b[1]) for a in ours for b in theirs):
                continue
            if link.has(*AUTHORS_WORD):
                continue
            tied = link.score >= MIN_SYNONYM and all(
                link.score >= best[here, there[0]] - TIE for here, there in (link.terms, link.terms[::-1])
            )
            synonyms = all(self._translates(a, b) for a in ours for b in theirs)
            if not (tied and synonyms):
                return "two equal candidates" if tied else "a better counterpart was found"
        return ""

    def abbreviate(self, full: Form, acronym: Form, *, ambiguous: bool) -> None:
        """Put a full name and its acronym of one language together; a full name of several acronyms goes to each."""
        group, own = self._group_of.get(acronym), self._group_of.get(full)
        if group is None and own is None:
            group = Group(forms={full, acronym}, glossed={(full, acronym)})
            self._group_of[acronym] = group
            self._group_of.setdefault(full, group)
            return
        target = group or own
        if target is None:
            return
        if ambiguous and group is not None:
            group.forms.add(full)
            group.glossed.add((full, acronym))
            group.flags.append(f"{full[1]} is the name of more than one concept")
            return
        if group is not None and own is not None and group is not own:
            clash = any(len(set(group.of(language)) | set(own.of(language))) > 1 for language in ("ja", "zh"))
            group.glossed.add((full, acronym))
            if clash:
                group.forms.add(full)
                return
            group.forms |= own.forms
            group.links += own.links
            group.glossed |= own.glossed
            for form in own.forms:
                self._group_of[form] = group
            return
        target.forms |= {full, acronym}
        target.glossed.add((full, acronym))
        self._group_of[full] = self._group_of[acronym] = target
