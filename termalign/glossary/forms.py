"""The forms of designations that are sought in a text, and whether what was found is one of them.

Keys (:func:`termalign.languages.fold.fold`) drop spaces, hyphens, marks and ー, so equal keys only make a stretch of text a
suspect: ``the rapist`` has the key of ``therapist``, 量子「計算」 that of 量子計算, シリコーン that of シリコン.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from termalign.glossary.number import numbers
from termalign.languages.characters import HAN, HIRAGANA, KANA, LATIN, has_cjk, has_latin
from termalign.languages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.model import Designation

__all__ = ["FOLDED", "SAME", "VERY", "Form", "forms", "likeness", "skeleton"]

# How like a stretch of text is to a designation: the very spelling; the same but for width, case and spaces; the same key.
VERY, SAME, FOLDED = 0, 1, 2

_ALNUM = f"{LATIN}0-9０-９"
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\r?\n|\r[^\S\r\n]*\r")
_JOINT = "[\\s\\-‐‑‒–−·・‧•]"  # what may stand between the parts of a term in Latin letters, one for another
_LISTING_DOT = re.compile(f"([{HAN}{HIRAGANA}])\\s?[·・‧•･]\\s?(?=([{HAN}{HIRAGANA}]))")
_LATIN_JOINT = re.compile(f"(?<=[{_ALNUM}]){_JOINT}+(?=[{_ALNUM}])")
_NUMBER_JOINT = re.compile(f"(?<=[{LATIN}])-(?=[0-9])")  # Society 5.0, Society5.0; COVID-19, COVID19
_OTHER_JOINT = re.compile("[\\s·・‧•･]+")
# A length mark that spelling may leave out stands behind a word's second kana or later, after the vowels a, i and u:
# サーバー, メモリー, レビュー, but not シリコーン, ビール, ケーキ. Source: the practice of JIS Z 8301:2008 annex G.
_A_I_U = "アイウカキクサシスタチツナニヌハヒフマミムヤユラリルワガギグザジズダヂヅバビブパピプァィゥャュ"
_OPTIONAL_LENGTH = re.compile(f"(?<=[ァ-ヴー][ァ-ヴー][{_A_I_U}])ー")


class Form(NamedTuple):
    """A form in which a designation is sought.

    Args:
        number: Of its concept.
        language: Tag of the designation.
        designation: The designation.
        text: The form: the designation, or an English one in the other number.
    """

    number: int
    language: str
    designation: Designation
    text: str

    @property
    def is_latin(self) -> bool:
        """Whether it is sought in texts of every language: Latin letters, and neither Han characters nor kana."""
        return has_latin(self.text) and not has_cjk(self.text)

    @property
    def keeps_case(self) -> bool:
        """Whether only its own capitals are the designation: ``IT`` is not ``it``."""
        return self.designation.type == "acronym" or dict(self.designation.extra).get("caseSensitive") is True


def forms(number: int, language: str, designation: Designation) -> Iterator[Form]:
    """Yield the forms of a designation.

    Args:
        number: Of its concept.
        language: Its tag.
        designation: The designation.

    Yields:
        The designation itself, then an English one in the other number. None for a designation whose key is empty.
    """
    first = Form(number, language, designation, designation.text)
    if not fold(designation.text):
        return
    yield first
    if first.is_latin:
        for other in numbers(designation.text)[1:]:
            yield first._replace(text=other)


def likeness(form: Form, found: str) -> int | None:
    """Tell how like a stretch of text is to a form with the same key.

    Args:
        form: The form.
        found: The stretch.

    Returns:
        :data:`VERY`, :data:`SAME` or :data:`FOLDED`, smaller is liker; ``None`` where it is something else: a mark stands in
        it, an empty line, spaces between other letters than in the form, small letters for capitals of an acronym, a length
        mark that makes another word.
    """
    if found == form.text:
        return VERY
    if _EMPTY_LINE.search(found) or not _dots(found) <= _dots(form.text):
        return None
    mine, its = _plain(form.text), _plain(found)
    if form.keeps_case or form.is_latin:
        same = its == mine if form.keeps_case else its.casefold() == mine.casefold()
        return SAME if same else None
    if its.casefold() == mine.casefold():
        return SAME
    return FOLDED if _skeleton(mine) == _skeleton(its) else None


def skeleton(text: str) -> str:
    """Return what spellings of one word have in common: more than a key, since length marks that tell words apart are left."""
    return _skeleton(_plain(text))


@lru_cache(maxsize=65536)  # the forms of a glossary come again and again
def _plain(text: str) -> str:
    """Take width, unseen characters and spaces out, but for the places where parts of Latin words join."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    text = _NUMBER_JOINT.sub("", _LATIN_JOINT.sub("-", text))
    return _OTHER_JOINT.sub("", text)


def _dots(text: str) -> frozenset[str]:
    """Collect the middle dots that part Han characters or hiragana, each with the characters around it: 研究・開発 is two words."""
    return frozenset(fold(found[1]) + fold(found[2]) for found in _LISTING_DOT.finditer(text))


def _skeleton(plain: str) -> str:
    """Take out of a plain text what spellings of one word differ in, and leave the marks and length marks that tell words apart."""
    if has_cjk(plain):
        plain = _OPTIONAL_LENGTH.sub("", _katakana(plain))
        plain = _CJK_HYPHEN.sub("", plain)
    return "".join(fold(char) or char for char in plain.casefold())


_CJK_HYPHEN = re.compile(f"(?<=[{HAN}{KANA}])[\\-‐‑‒–−]|[\\-‐‑‒–−](?=[{HAN}{KANA}])")


def _katakana(text: str) -> str:
    """Write hiragana as katakana, so that one rule serves both."""
    return "".join(chr(ord(char) + 0x60) if "\u3041" <= char <= "\u3096" else char for char in text)
