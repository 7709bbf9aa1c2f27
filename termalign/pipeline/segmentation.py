"""The verb ``segment``: a text into sentences."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.errors import ConfigError, DataError, Where
from termalign.formats.srx import read_srx
from termalign.languages import LANGUAGES
from termalign.languages.identify import identify, language_of, profile, seems_to_be
from termalign.languages.srx import srx_splitter
from termalign.model import TAGS, Segment, canonical_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from termalign.model import Span, SrxRules

__all__ = ["check_rules", "read_rules", "resolve_language", "segment", "splitter"]


def resolve_language(text: str, language: str | None) -> str:
    """Find the tag of a text.

    Args:
        text: The text.
        language: A tag as a user writes it, ``zh`` and ``None`` included.

    Returns:
        ``ja``, ``zh-Hans``, ``zh-Hant`` or ``en``. ``zh`` is told by the text, simplified where it does not tell.

    Raises:
        ConfigError: A wrong tag, or no tag and a text without letters.
        DataError: No tag, and the text is in none of the three languages.
    """
    tag = canonical_tag(language) if language else ""
    if tag and tag != "zh":
        return tag
    if tag == "zh":
        return language_of(text, among=("zh",), default="zh-Hans")
    candidates = [found for found, _ in identify(text)]
    if not candidates and profile(text).has_letters:
        raise DataError(f"the text seems to be {seems_to_be(text)}", Where(), "give Japanese, Chinese or English text")
    if not candidates:
        raise ConfigError("the language of the text cannot be told", "name it: ja, zh-Hans, zh-Hant or en")
    return candidates[0]


def read_rules(srx: str | Path) -> SrxRules:
    """Read the segmentation rules of a CAT tool.

    Args:
        srx: An SRX 2.0 file.

    Returns:
        Its rules.

    Raises:
        DataError: It cannot be read, or is no SRX 2.0; with file and line.
    """
    path = Path(srx)
    try:
        with path.open("rb") as file:
            return read_srx(file, name=path.name)
    except OSError as exc:
        raise DataError(f"cannot be read: {exc.strerror}", Where(file=path.name), "name an SRX 2.0 file") from exc


def check_rules(rules: SrxRules) -> None:
    """Make sure that no rule for our languages is broken, so that later faults are those of documents.

    Args:
        rules: Rules of a user.

    Raises:
        DataError: One is; with file and line.
    """
    for tag in TAGS:
        with contextlib.suppress(ConfigError):  # no rules for this language: no fault where no document is in it
            srx_splitter(rules, tag)


def splitter(language: str, rules: SrxRules | None = None) -> Callable[[str], Sequence[Span]]:
    """Choose what splits the texts of a language.

    Args:
        language: Its tag.
        rules: Rules of a user; ``None`` means ours.

    Returns:
        A function from text to spans.

    Raises:
        ConfigError: The user's rules have none for the language.
        DataError: They are broken.
    """
    return LANGUAGES.get(language).sentences if rules is None else srx_splitter(rules, language)


def segment(text: str, *, language: str | None = None, srx: str | Path | None = None) -> tuple[Segment, ...]:
    """Split a text into sentences.

    Args:
        text: Any text; line ends and all, as read.
        language: BCP 47 tag; ``None`` means that the text tells.
        srx: SRX 2.0 file whose rules replace ours, so that segments equal those of the CAT tool it is from. Each line is
            then a text of its own, as in such tools, unless a rule speaks of line ends itself.

    Returns:
        Sentences with ``start``, ``end`` and ``text == text[start:end]``, trimmed of white space, in order; together they lose
        only white space (CONTRACTS.md section 5). Empty for a text without characters.

    Raises:
        ConfigError: A wrong tag, or no tag and a text without letters; an SRX file without rules for the language.
        DataError: No tag, and the text is in none of the three languages; a broken SRX file.
    """
    rules = None if srx is None else read_rules(srx)
    if not text.strip():
        return ()
    tag = resolve_language(text, language)
    spans = splitter(tag, rules)(text)
    return tuple(
        Segment(language=tag, text=text[span.start : span.end], spans=(span,), start=span.start) for span in spans
    )
