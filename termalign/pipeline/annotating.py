"""The verb ``annotate``: the terms of a glossary in a text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.glossary.glossary import Glossary
from termalign.model import canonical_tag
from termalign.pipeline.inputs import read_documents
from termalign.pipeline.segmentation import resolve_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.model import Annotation

__all__ = ["annotate", "annotate_text"]


def annotate(
    file: str | Path,
    *,
    glossary: str | Path | Sequence[str | Path] = (),
    language: str | None = None,
    suppressed: bool = False,
    boundaries: str = "words",
) -> Annotation:
    """Find the terms of glossaries in a document.

    Args:
        file: A document.
        glossary: As for :func:`termalign.lookup`.
        language: Tag of the whole text; ``zh`` is told by the text; ``None`` means that each paragraph tells.
        suppressed: Whether to list what is written like a term and is a part of other words.
        boundaries: ``words`` tells where words end by a list, ``tokens`` by the tokenisers, which is slower.

    Returns:
        The text as decoded, without a byte order mark, and the hits. For a text in memory, and for many of them, load a
        :class:`Glossary` once and call its ``annotate``.

    Raises:
        ConfigError: No such file or glossary, a wrong tag, another name of boundaries.
        DataError: The document or a glossary cannot be read.
    """
    text = read_documents([file]).documents[0].text
    return annotate_text(
        text,
        glossary=glossary,
        language=language,
        suppressed=suppressed,
        boundaries=boundaries,
        document=Path(file).name,
    )


def annotate_text(
    text: str,
    *,
    glossary: Glossary | str | Path | Sequence[str | Path] = (),
    language: str | None = None,
    suppressed: bool = False,
    boundaries: str = "words",
    document: str = "",
) -> Annotation:
    """Find the terms of glossaries in a text that was read already; ``document`` names it, else as :func:`annotate`."""
    sources = (glossary,) if isinstance(glossary, str | Path) else glossary
    found = sources if isinstance(sources, Glossary) else Glossary.load(*sources)
    tag = resolve_language(text, language) if language and canonical_tag(language) == "zh" else language
    made = found.annotate(text, language=tag, suppressed=suppressed, boundaries=boundaries)
    return replace(made, document=document)
