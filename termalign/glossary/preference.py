"""Which designation of a language is preferred, and why; which ones are back-translations and never are.

Authors back-translate: 内务和通讯部 stands in a Chinese text for 総務省, over the English Ministry of Internal Affairs and
Communications, though 总务省 is what everybody else writes. Such a name is known by its company: another name of the same
language is built like the name in the body's own language, and it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.glossary.kinds import NAMED, kind_of
from termalign.languages.characters import has_latin, is_acronym
from termalign.model import TermStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from termalign.glossary.cluster import Group
    from termalign.glossary.witnesses import Witnesses
    from termalign.model import Candidate, Form

__all__ = ["Preferred", "by_preference"]

LIKE = (
    0.9  # of the form of a name to one in another language (shared characters, translated parts): it follows that name
)
UNLIKE = 0.6  # it does not follow that name
FORMS = frozenset({"han", "composition"})
# What decides, the first first. Each is a cost: less is better.
CRITERIA = (
    "a full name",
    "in the script of the language",
    "no back-translation",
    "vouched for by a policy",
    "in more independent documents",
    "marked as a name by quotation marks, title marks or a gloss",
    "met outside glosses too",
    "surer evidence",
    "met more often",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferred:
    """A designation in the order of preference.

    Args:
        form: Language and text.
        status: Preferred, admitted, or deprecated.
        extra: ``authority`` and ``reason`` where there is something to say.
    """

    form: Form
    status: TermStatus
    extra: tuple[tuple[str, str], ...] = ()


def by_preference(
    tag: str,
    group: Group,
    *,
    candidates: Mapping[Form, Candidate],
    witnesses: Witnesses,
    vouched: Collection[Form] = (),
) -> tuple[Preferred, ...]:
    """Put the designations of a language into order.

    Args:
        tag: The language.
        group: The concept.
        candidates: The candidates by form, for signs and places.
        witnesses: Which documents say something first, and which repeat it.
        vouched: Designations that a policy vouches for.

    Returns:
        The preferred one first. Where there is a choice, its reason names the first of :data:`CRITERIA` by which it is ahead of
        the next; a back-translation is admitted, or deprecated where the name it stands beside is in more documents, with the
        reason.

    Source:
        ISO 704:2022, 7.4 (principles of preference) for the idea; the criteria are ours.
    """
    forms = [form for form in group.forms if form[0] == tag]
    backs = _back_translations(forms, group)
    costs = {
        form: (
            *_costs_of_form(form, is_back=form in backs),
            form not in vouched,
            *_costs_of_use(form, group, candidate=candidates.get(form), witnesses=witnesses),
        )
        for form in forms
    }
    order = sorted(forms, key=lambda form: (costs[form], form[1]))
    found: list[Preferred] = []
    for number, form in enumerate(order):
        extra: tuple[tuple[str, str], ...] = ()
        status = TermStatus.ADMITTED if number else TermStatus.PREFERRED
        if number and form in backs:
            own = backs[form]
            if costs[own][_DOCUMENTS] < costs[form][_DOCUMENTS]:
                status = TermStatus.DEPRECATED
            extra = (
                ("authority", "backTranslation"),
                ("reason", f"{own[1]} is built like the name in the other language"),
            )
        elif not number and len(order) > 1:
            extra = (("reason", f"ahead of {order[1][1]}: {_decisive(costs[form], costs[order[1]])}"),)
        found.append(Preferred(form=form, status=status, extra=extra))
    return tuple(found)


_DOCUMENTS = CRITERIA.index("in more independent documents")


def _costs_of_form(form: Form, *, is_back: bool) -> tuple[bool, ...]:
    """Return what the form of a designation costs, one number per criterion."""
    own_script = form[0] == "en" or not (has_latin(form[1]) and form[1].isascii())
    return is_acronym(form[1]), not own_script, is_back


def _costs_of_use(form: Form, group: Group, *, candidate: Candidate | None, witnesses: Witnesses) -> tuple[float, ...]:
    """Return what the use of a designation in the documents costs, one number per criterion."""
    belief = max((link.score for link in group.links if form in link.terms), default=0.0)
    glosses = sum(one.n for link in group.links if form in link.terms for one in link.evidence if one.source == "gloss")
    documents = witnesses.documents_of(candidate) if candidate else 0
    count = candidate.count if candidate else 0
    return -documents, -len(candidate.signs if candidate else ()), count <= glosses, -belief, -count


def _decisive(costs: tuple[float, ...], others: tuple[float, ...]) -> str:
    """Name the first criterion in which two designations differ."""
    pairs = zip(CRITERIA, costs, others, strict=True)
    return next((name for name, cost, other in pairs if cost != other), "in the order of their texts")


def _back_translations(forms: list[Form], group: Group) -> dict[Form, Form]:
    """Find the names of bodies that follow the name in the other East Asian language less than another one does."""
    if len(forms) < 2 or forms[0][0] == "en" or kind_of(group.forms) not in NAMED:  # noqa: PLR2004 - a choice
        return {}
    full = sorted(form for form in forms if not is_acronym(form[1]))
    likeness = {form: _likeness(form, group) for form in full}
    own = max(full, key=lambda form: (likeness[form], form), default=None)
    if own is None or likeness[own] < LIKE:
        return {}
    return {form: own for form in full if likeness[form] <= UNLIKE}


def _likeness(form: Form, group: Group) -> float:
    """Tell how far a Japanese or Chinese name is built like one in the other of these languages; 0 where no link says so."""
    return max(
        (
            one.score
            for link in group.links
            if form in link.terms and not any(end[0] == "en" for end in link.terms)
            for one in link.evidence
            if one.source in FORMS
        ),
        default=0.0,
    )
