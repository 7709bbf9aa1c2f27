"""The languages that a user names against those that texts are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.errors import ConfigError
from termalign.languages.identify import identify
from termalign.model import canonical_tag, same_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.model import Document

__all__ = ["check_languages"]


def check_languages(documents: Sequence[Document], tags: Sequence[str | None]) -> None:
    """Refuse a text none of which can be in the language that the user named.

    Args:
        documents: The texts.
        tags: For each the tag that the user named, or ``None``; there may be more tags than texts.

    Raises:
        ConfigError: A text is in another language; the fix tells whether it is that of another text.
    """
    wanted = [canonical_tag(tag) if tag else "" for tag in tags[: len(documents)]]
    seen = [[found for found, _ in identify(one.text)] for one in documents]
    for document, tag, found in zip(documents, wanted, seen, strict=True):
        if not tag or not found or _can_be(tag, found):
            continue
        is_swapped = any(other and _can_be(other, found) for other in wanted)
        fix = (
            "swap the files, or the languages with --from and --to" if is_swapped else f"name its language: {found[0]}"
        )
        raise ConfigError(f"{document.path} is not in {tag}: it seems to be in {found[0]}", fix)


def _can_be(tag: str, candidates: Sequence[str]) -> bool:
    """Tell whether a text may be in a language; ``zh`` is any Chinese."""
    return any(one.startswith(f"{tag}-") or same_language(one, tag) for one in candidates)
