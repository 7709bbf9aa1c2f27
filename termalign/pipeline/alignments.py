"""Which runs of segments are versions of one text, and the translation units they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from termalign.lexicon import Lexicon
    from termalign.model import AnalysedDocument, TranslationUnit

__all__ = ["align_pile"]


def align_pile(
    documents: Sequence[AnalysedDocument],
    *,
    lexicon: Lexicon,
    pairs: Sequence[Path] = (),
    tell: Callable[[str, int, int], None] | None = None,
) -> tuple[TranslationUnit, ...]:
    del documents, lexicon, pairs, tell
    return ()
