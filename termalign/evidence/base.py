"""What a source of evidence sees, and what it must offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from termalign.model import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termalign.encoders import Vectors
    from termalign.evidence.boundaries import SettledGloss
    from termalign.lexicon import Lexicon
    from termalign.model import Candidate, Evidence, Form, Sentence, TranslationUnit

__all__ = ["EvidenceSource", "Ground", "SourceFactory", "Termbase", "in_order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Termbase:
    """A glossary that the user trusts, as plain data.

    Args:
        concepts: The ids of its entries by language (the Chinese scripts as one, ``zh``) and key of a designation.
        verified: Those of them that somebody vouches for.
    """

    concepts: Mapping[tuple[str, str], frozenset[str]]
    verified: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All that evidence may be found in.

    Args:
        candidates: Every candidate by language and text.
        glosses: Names with a name in brackets behind them.
        canonical: The form under which a spelling is a candidate: the commonest spelling with the same key.
        units: Aligned segments, each with the candidates that stand in each of its languages.
        lexicon: Words and their translations.
        fragments: Candidates that are terms only by their counterpart; two of them are no pair worth weighing.
        words: The words of a candidate: dictionary forms in order, as the tokeniser of its language gives them.
        encoder: Vectors of terms, where the user has a sentence encoder.
        termbases: Glossaries that the user trusts, by name.
        sentences: All sentences of the documents, with their words.
    """

    candidates: Mapping[Form, Candidate]
    lexicon: Lexicon
    words: Callable[[Form], tuple[str, ...]]
    canonical: Callable[[Form], Form]
    glosses: tuple[SettledGloss, ...] = ()
    units: tuple[tuple[TranslationUnit, frozenset[Form]], ...] = field(default=())
    fragments: frozenset[Form] = frozenset()
    encoder: Vectors | None = None
    termbases: Mapping[str, Termbase] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)


@runtime_checkable
class EvidenceSource(Protocol):
    """One way of telling that two terms denote one concept."""

    @property
    def name(self) -> str:
        """Name in the ledger."""

    def pairs(self) -> Iterable[tuple[Form, Form]]:
        """Propose pairs worth weighing, each in the order of the tags; may be none, then the source only weighs others' pairs."""

    def weigh(self, left: Form, right: Form) -> Evidence | None:
        """Weigh a pair; the score is in [0, 1], ``None`` where the source knows nothing, which is not 0."""


RANKS = {str(tag): number for number, tag in enumerate(TAGS)}
SourceFactory = Callable[[Ground], EvidenceSource]


def in_order(left: Form, right: Form) -> tuple[Form, Form]:
    """Put two forms into the order of the tags (ja, zh-Hans, zh-Hant, en), then of their texts."""
    if (RANKS[left[0]], left[1]) <= (RANKS[right[0]], right[1]):
        return left, right
    return right, left
