"""Evidence from termbases: the pair stands in a glossary that the user trusts.

The evidence names the termbase, so that an export can leave out or attribute what stands on nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from termalign.evidence.base import in_order
from termalign.languages import LANGUAGES
from termalign.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.evidence.base import Ground
    from termalign.model import Form

__all__ = ["TermbaseSource"]

VERIFIED, PROPOSED = 1.0, 0.8  # the score of an entry that somebody vouches for, and of one that nobody does


class TermbaseSource:
    """Terms that one entry of a termbase holds.

    Args:
        ground: Termbases, and the candidates that may stand in them.
    """

    name = "termbase"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._termbases = [(name, ground.termbases[name]) for name in sorted(ground.termbases)]

    def _key(self, form: Form) -> tuple[str, str]:
        """Return language and key of a term, the Chinese scripts as one."""
        candidate = self._ground.candidates.get(form)
        key = candidate.folded if candidate else LANGUAGES.get(form[0]).fold(form[1])
        return form[0].partition("-")[0], str(key)

    def pairs(self) -> Iterator[tuple[Form, Form]]:
        """Propose the candidates of two languages that one entry of a termbase holds."""
        found: set[tuple[Form, Form]] = set()
        for _, termbase in self._termbases:
            entries: defaultdict[str, list[Form]] = defaultdict(list)
            for form in sorted(self._ground.candidates):
                for concept in termbase.concepts.get(self._key(form), ()):
                    entries[concept].append(form)
            found.update(
                in_order(one, other)
                for forms in entries.values()
                for number, one in enumerate(forms)
                for other in forms[number + 1 :]
                if one[0][:2] != other[0][:2]
            )
        yield from sorted(found)

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair.

        Args:
            left: A term.
            right: A term of another language.

        Returns:
            Evidence with 1 as score where an entry that is verified holds both, less where it is only proposed; the names of
            the termbases and the ids of the entries in the detail, the names also under the key ``termbase``. ``None`` where
            no termbase has an entry with both.
        """
        left, right = in_order(left, right)
        if left[0][:2] == right[0][:2]:
            return None
        score, names, details, n = 0.0, [], [], 0
        for name, termbase in self._termbases:
            shared = sorted(
                frozenset(termbase.concepts.get(self._key(left), ()))
                & frozenset(termbase.concepts.get(self._key(right), ()))
            )
            if shared:
                names.append(name)
                details.append(f"{name} {', '.join(shared)}")
                n += len(shared)
                score = max(score, VERIFIED if any(one in termbase.verified for one in shared) else PROPOSED)
        if not names:
            return None
        return Evidence(
            source=self.name,
            score=score,
            terms=(left, right),
            n=n,
            detail="; ".join(details),
            extra=(("termbase", ", ".join(names)),),
        )
