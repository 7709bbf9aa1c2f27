"""Policies: when a link counts as verified without a person.

A policy looks at one link and names the evidence that settles it, or declines. An entry is verified where settled links, and
what authors say, hold all of its designations together. The verdict is computed anew in each build and disappears with its
ground. How often each policy was right, and on what it was judged, stands in ``data/policies.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.evidence.han import is_false_friend
from termalign.glossary.kinds import NAMED, kind_of
from termalign.languages.characters import HAN, has_cjk, is_acronym
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from termalign.glossary.cluster import Group
    from termalign.glossary.witnesses import Witnesses
    from termalign.model import Evidence, Form, Link

__all__ = ["MIN_PRECISION", "POLICIES", "Policy", "Precision", "Verdict", "joins_compounds", "judge"]

BY_AUTHORS = ("gloss", "acronym pivot")  # sources in which an author says what a name stands for
MIN_PRECISION = 0.98  # of a policy that may verify: people quote what it vouches for
MIN_GLOSS = 0.85  # of a gloss that the words do not speak against: 默认值（True） and its like have half
MIN_LIKENESS = 0.75  # of form beside a spelt-out gloss, or an acronym where the ends of one name are marked
MIN_LIKENESS_UNMARKED = (
    0.85  # where no marks show the ends of a name, it may be a piece: 网关接口 of 通用网关接口 (CGI)
)
MAX_NESTED = 0.8  # of the places of both names that lie inside longer ones: 发展量子, development of quantum are pieces
MIN_ALIKE = 0.9  # likelihood that two names are one by sound, beside a gloss
MIN_PARTS = 0.95  # of two names that translates part by part: all of it, but for spellings the lexicon does not have
MIN_CHARACTERS = (
    0.7  # of the Han characters of two names whose parts translate each other: two parts of three are the same
)
MIN_CJK = 4  # characters of a name that is more than one word in Japanese or Chinese; words have two mostly
MIN_WORDS = 2  # of one in English
MIN_COUNT = 3  # a string met once or twice may end where its sentence happened to; names of bodies and the like have a head word
_LIST = re.compile(f"[{HAN}]{{2}}[・·、][{HAN}]{{2}}")  # 技術・人材 is two things and 技术人才 one


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What policies settle.

    Args:
        policy: The name of the policy, of several that of the least precise.
        version: Its version.
        precision: Its measured precision, in [0, 1].
        judged: How many verdicts that was measured on.
        forms: The designations that settled links vouch for.
        because: Ids of the evidence.
    """

    policy: str
    version: int
    precision: float
    judged: int
    forms: frozenset[Form]
    because: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the shape of ``verified_by`` (CONTRACTS.md section 1), with the precision and what it was measured on."""
        return {
            "policy": self.policy,
            "version": self.version,
            "because": list(self.because),
            "precision": round(self.precision, 4),
            "judged": self.judged,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How often a policy was right on some data.

    Args:
        on: The data and the settings of the build.
        judged: How many links that it settled were judged by eye.
        right: How many of them join names of one concept.
    """

    on: str
    judged: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A rule under which a link is verified.

    Args:
        name: Its name in ``verified_by``.
        version: Raised whenever the rule changes; the measurements are of this version.
        rule: In one sentence, for the report.
        settles: Returns the evidence that settles a link, empty where the policy declines.
    """

    name: str
    version: int
    rule: str
    settles: Callable[[Link, Witnesses], tuple[Evidence, ...]]

    @property
    def measured(self) -> tuple[Precision, ...]:
        """How often it was right, by data; empty where nobody measured this version."""
        return _measurements().get((self.name, self.version), ())

    @property
    def judged(self) -> int:
        """How many of the links that it settled were judged."""
        return sum(one.judged for one in self.measured)

    @property
    def precision(self) -> float:
        """The share of the judged links that were right; 0.0 where none was judged."""
        return sum(one.right for one in self.measured) / self.judged if self.judged else 0.0

    def stated(self) -> str:
        """Return the rule with its measured precision, for people."""
        right = sum(one.right for one in self.measured)
        return f"{self.rule} Right in {right} of {self.judged} judged links ({'; '.join(one.on for one in self.measured)})."


@cache
def _measurements() -> dict[tuple[str, int], tuple[Precision, ...]]:
    """Read what was measured of each policy, by name and version."""
    raw = tomllib.loads((files("termalign") / "data" / "policies.toml").read_text(encoding="utf-8"))
    return {
        (name, row["version"]): tuple(Precision(**one) for one in row["measured"])
        for name, row in raw.items()
        if "version" in row
    }


def _is_compound(form: Form) -> bool:
    """Tell whether a name is more than a word: single words have several senses, and their translations too."""
    language, text = form
    if not (text[:1].isalnum() and (text[-1:].isalnum() or text[-1:] in "#+)")):
        return False  # cut out of something: -bit strings
    if language == "en":
        return sum(any(map(str.isalpha, word)) for word in text.split(" ")) >= MIN_WORDS
    return len(text) >= MIN_CJK and has_cjk(text) and not _LIST.search(text)


def _gloss(link: Link) -> list[Evidence]:
    return [one for one in link.evidence if one.source == "gloss"]


def _has_parts(link: Link, witnesses: Witnesses) -> list[Evidence]:
    """Return the evidence that two compounds, of which one at least stands by itself, translate each other part by part."""
    are_pieces = all(witnesses.nested.get(form, 0.0) >= MAX_NESTED for form in link.terms)
    if are_pieces or link.terms in witnesses.phrases or not joins_compounds(link):
        return []
    return _parts(link)


def joins_compounds(link: Link) -> bool:
    """Tell whether a link joins two compounds whose parts translate each other.

    Args:
        link: The link.

    Returns:
        True where the form of the two names leaves it to what is known of them to verify the link.
    """
    return bool(_parts(link)) and all(map(_is_compound, link.terms))


def _parts(link: Link) -> list[Evidence]:
    return [one for one in link.evidence if one.source == "composition" and round(one.score, 4) >= MIN_PARTS]


def _two_glosses(link: Link, witnesses: Witnesses) -> tuple[Evidence, ...]:
    if not _has_a_character_for_each_letter(link):
        return ()
    return tuple(one for one in _gloss(link) if one.score >= MIN_GLOSS and witnesses.documents(one) > 1)


def _has_a_character_for_each_letter(link: Link) -> bool:
    """Tell whether a name has no fewer characters than its acronym letters, each of which stands for a word: 基类 is not all of ABC."""
    (_, one), (_, other) = link.terms
    short, full = (one, other) if is_acronym(one) else (other, one)
    return not is_acronym(short) or len(fold(full)) >= len(fold(short))


def _pivot_and_form(link: Link, witnesses: Witnesses) -> tuple[Evidence, ...]:
    units = [one for one in link.evidence if one.source == "cooccurrence"]
    pivot = [one for one in link.evidence if one.source == "acronym pivot" and (units or witnesses.documents(one) > 1)]
    least = MIN_LIKENESS_UNMARKED if witnesses.marked.isdisjoint(link.terms) else MIN_LIKENESS
    likeness = [one for one in link.evidence if one.source in {"han", "composition"} and one.score >= least]
    return (*pivot, *units, *likeness) if pivot and likeness else ()


def _gloss_and_form(link: Link, _: Witnesses) -> tuple[Evidence, ...]:
    least = {"composition": MIN_LIKENESS, "reading": MIN_ALIKE}
    likeness = [one for one in link.evidence if one.source in least and one.score >= least[one.source]]
    return (*_gloss(link), *likeness) if _gloss(link) and likeness else ()


def _parts_and_units(link: Link, witnesses: Witnesses) -> tuple[Evidence, ...]:
    units = [one for one in link.evidence if one.source == "cooccurrence"]
    parts = _has_parts(link, witnesses)
    return (*parts, *units) if parts and units else ()


def _parts_and_characters(link: Link, witnesses: Witnesses) -> tuple[Evidence, ...]:
    parts = _has_parts(link, witnesses)
    same = [one for one in link.evidence if one.source == "han" and round(one.score, 4) >= MIN_CHARACTERS]
    if not (parts and same) or _holds_false_friend(*(fold(text) for _, text in link.terms)):
        return ()
    is_attested = all(witnesses.counts.get(form, 0) >= MIN_COUNT for form in link.terms)
    return (*parts, *same) if is_attested or kind_of(link.terms) in NAMED else ()


def _holds_false_friend(ja: str, zh: str) -> bool:
    """Tell whether two folded names hold a word that both write alike and that means something else: 高等学校."""
    stretches = {ja[start:end] for end in range(2, len(ja) + 1) for start in range(end - 1)}
    return any(stretch in zh and is_false_friend(stretch, stretch) for stretch in stretches)


# The least doubtful first: a link is settled by the first of them that does not decline.
POLICIES: tuple[Policy, ...] = (
    Policy(
        name="two-glosses",
        version=2,
        rule="Authors of two independent documents gloss the one name by the other, no words speak against it, and an acronym has no more letters than the name characters.",
        settles=_two_glosses,
    ),
    Policy(
        name="pivot-and-form",
        version=3,
        rule="The two names are glossed by one acronym, in independent documents or in sentences that say the same, and are built alike, the more so where no marks show where they begin and end.",
        settles=_pivot_and_form,
    ),
    Policy(
        name="gloss-and-form",
        version=2,
        rule="An author glosses the one name by the other, spelt out, and the parts of both translate each other, or both sound alike.",
        settles=_gloss_and_form,
    ),
    Policy(
        name="parts-and-units",
        version=2,
        rule="Both names are compounds, no phrases and not both pieces of longer ones, the parts of the one translate the parts of the other without remainder, and both stand in sentences that say the same.",
        settles=_parts_and_units,
    ),
    Policy(
        name="parts-and-characters",
        version=2,
        rule="Both names are compounds, no phrases and not both pieces of longer ones, the parts of the one translate the parts of the other without remainder, most Han characters are the same, none of them makes a false friend, and both were met several times or name a body, law, strategy or programme.",
        settles=_parts_and_characters,
    ),
)


def judge(group: Group, *, witnesses: Witnesses) -> Verdict | None:
    """Let the policies look at a group of designations.

    Args:
        group: Designations with the links that hold them together.
        witnesses: What is known beside the links.

    Returns:
        The verdict over every designation that settled links vouch for; ``None`` where no policy of at least
        :data:`MIN_PRECISION` settles a link, where the group is flagged, and where settled links and the words of authors do
        not hold all designations together: people quote all of a verified entry, so nothing that only looks alike may stand
        in it.
    """
    if group.flags:
        return None
    trusted = [policy for policy in POLICIES if policy.precision >= MIN_PRECISION]
    settled: list[tuple[Link, Policy, tuple[Evidence, ...]]] = []
    for link in group.links:
        found = next(((policy, because) for policy in trusted if (because := policy.settles(link, witnesses))), None)
        if found:
            settled.append((link, *found))
    told = {link.terms for link in group.links if link.has(*BY_AUTHORS)} | group.glossed
    if not settled or not _hold_together(group.forms, {link.terms for link, *_ in settled} | told):
        return None
    weakest = min((policy for _, policy, _ in settled), key=lambda policy: (policy.precision, policy.name))
    return Verdict(
        policy=weakest.name,
        version=weakest.version,
        precision=weakest.precision,
        judged=weakest.judged,
        forms=frozenset(form for link, *_ in settled for form in link.terms),
        because=tuple(dict.fromkeys(one.id for *_, because in settled for one in because)),
    )


def _hold_together(forms: Iterable[Form], pairs: Iterable[tuple[Form, Form]]) -> bool:
    """Tell whether pairs join all forms, directly or over others."""
    wanted = set(forms)
    reached = {min(wanted)}
    pairs = list(pairs)
    while True:
        more = {form for pair in pairs if reached & set(pair) for form in pair} - reached
        if not more:
            return wanted <= reached
        reached |= more
