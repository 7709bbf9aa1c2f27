"""Termbases of the user in TBX, as a layer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.formats.tbx import TBX
from termalign.lexicon.base import LexiconEntry
from termalign.model import TermStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TBX_TERMS", "TbxTerms"]

_ROOT = re.compile(r"<(?:\w+:)?(?:tbx|martif)[\s>]")
_REFUSED = (TermStatus.DEPRECATED, TermStatus.SUPERSEDED)
_POS = {"noun": "n", "verb": "v", "adjective": "adj", "adverb": "adv"}  # picklist of TBX-Basic


@dataclass(frozen=True, slots=True)
class TbxTerms:
    """Reader of TBX.

    Args:
        weight: How far it is trusted: as the core, it is the user's own.
        licence: Not ours to know.
    """

    weight: float = 1.0
    licence: str = ""

    def recognises(self, head: str) -> bool:
        """Tell by the root element."""
        return _ROOT.search(head) is not None

    def read(self, file: BinaryIO, *, name: str) -> Iterator[LexiconEntry]:
        """Read a termbase.

        Args:
            file: The open file.
            name: Its name, in messages and entries.

        Yields:
            An entry per concept, in the order of the file: preferred designations first, deprecated and superseded ones
            last, since documents use them all the same.

        Raises:
            DataError: Not TBX, or a fault in it, after what is sound.
            DataErrors: Several of them.
        """
        for concept in TBX.read(file, name=name):
            forms = tuple(
                (tag, tuple(one.text for one in sorted(found, key=lambda one: _rank(one.status))))
                for tag, found in concept.terms
            )
            said = {dict(one.extra).get("pos") for _, found in concept.terms for one in found} - {None}
            pos = _POS.get(str(next(iter(said))), "") if len(said) == 1 else ""
            yield LexiconEntry(forms=forms, pos=pos, domain=concept.subject, part=name)


def _rank(status: TermStatus) -> int:
    """Return what comes first."""
    return 0 if status is TermStatus.PREFERRED else 2 if status in _REFUSED else 1


TBX_TERMS = TbxTerms()
