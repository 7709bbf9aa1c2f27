"""Policies: when a link counts as verified without a person.

A policy looks at one group of designations and names the evidence that settles it, or declines. Its verdict is computed anew
in each build and disappears with its ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from termalign.glossary.cluster import Group
    from termalign.model import Evidence, Form, Link

__all__ = ["POLICIES", "Policy", "Verdict", "judge"]

BY_AUTHORS = ("gloss", "acronym pivot")  # sources in which an author says what a name stands for
MIN_LIKENESS = 0.75  # of form (shared characters or translated parts) beside a pivot over an acronym
MIN_ALIKE = 0.9  # likelihood that two names are one by sound, beside a gloss


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a policy settles.

    Args:
        policy: Its name.
        version: Its version.
        forms: The designations it vouches for.
        because: Ids of the evidence.
    """

    policy: str
    version: int
    forms: frozenset[Form]
    because: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the shape of ``verified_by`` (CONTRACTS.md section 1)."""
        return {"policy": self.policy, "version": self.version, "because": list(self.because)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A rule under which a link is verified.

    Args:
        name: Its name in ``verified_by``.
        version: Raised whenever the rule changes.
        rule: In one sentence, for the report.
        settles: Returns the evidence that settles a link, empty where the policy declines.
    """

    name: str
    version: int
    rule: str
    settles: Callable[[Link, Mapping[str, str]], tuple[Evidence, ...]]


def _independent(evidence: Evidence, copies: Mapping[str, str]) -> int:
    """Count the documents that bear evidence, near-copies once."""
    return len({copies.get(place.document, place.document) for place in evidence.where})


def _two_glosses(link: Link, copies: Mapping[str, str]) -> tuple[Evidence, ...]:
    return tuple(one for one in link.evidence if one.source == "gloss" and _independent(one, copies) > 1)


def _pivot_and_form(link: Link, copies: Mapping[str, str]) -> tuple[Evidence, ...]:
    pivot = [one for one in link.evidence if one.source == "acronym pivot" and _independent(one, copies) > 1]
    likeness = [one for one in link.evidence if one.source in {"han", "composition"} and one.score >= MIN_LIKENESS]
    return (*pivot, *likeness) if pivot and likeness else ()


def _gloss_and_form(link: Link, _: Mapping[str, str]) -> tuple[Evidence, ...]:
    gloss = [one for one in link.evidence if one.source == "gloss"]
    least = {"composition": MIN_LIKENESS, "reading": MIN_ALIKE}
    likeness = [one for one in link.evidence if one.source in least and one.score >= least[one.source]]
    return (*gloss, *likeness) if gloss and likeness else ()


POLICIES: tuple[Policy, ...] = (
    Policy(
        name="two-glosses",
        version=1,
        rule="Authors of two independent documents gloss the one name by the other.",
        settles=_two_glosses,
    ),
    Policy(
        name="pivot-and-form",
        version=1,
        rule="Two independent documents gloss the two names by one acronym, and the names are built alike.",
        settles=_pivot_and_form,
    ),
    Policy(
        name="gloss-and-form",
        version=2,
        rule="An author glosses the one name by the other, spelt out, and the parts of both translate each other, or both sound alike.",
        settles=_gloss_and_form,
    ),
)


def judge(group: Group, *, copies: Mapping[str, str]) -> Verdict | None:
    """Let the policies look at a group of designations.

    Args:
        group: Designations with the links that hold them together.
        copies: Document id to the id of the first of its near-copies.

    Returns:
        The verdict of the first policy that settles a link, over every designation it vouches for; ``None`` where none does,
        where the group is flagged, and where it holds a designation that no author names in this sense: people quote all of
        a verified entry, so nothing that only looks alike may stand in it.
    """
    if group.flags:
        return None
    for policy in POLICIES:
        settled = [(link, policy.settles(link, copies)) for link in group.links]
        settled = [(link, because) for link, because in settled if because]
        if settled:
            forms = frozenset(form for link, _ in settled for form in link.terms)
            named = {form for link in group.links if link.has(*BY_AUTHORS) for form in link.terms}
            if not group.forms <= forms | named:
                return None
            because = tuple(dict.fromkeys(one.id for _, found in settled for one in found))
            return Verdict(policy=policy.name, version=policy.version, forms=forms, because=because)
    return None
