"""Full stops of Latin script: an abbreviation, an initial, the number of an item, or the end of a sentence."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termalign.languages.characters import HAN, KANA, LATIN

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["begins_sentence", "begins_small", "ends_plainly", "stop_ends"]

_BEFORE_STOP = re.compile(rf"[{LATIN}0-9０-９.'’&\-]{{1,30}}\Z")
_PLAIN_WORD = re.compile(r"[(\[\"“‘*_`]*([A-Za-z]+(?:['’-][A-Za-z]+)*(?<=[A-Za-z][A-Za-z]))")
_DOTTED = re.compile(rf"(?:[{LATIN}]{{1,2}}\.)+[{LATIN}]{{1,3}}")  # U.S, p.m, Ph.D, M.Sc
_COUNT = r"\d{1,3}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivxIVX]{1,5}"
_ENUMERATOR = re.compile(rf"(?:{_COUNT}|[QA]\d{{1,3}})")
_IN_LIST = re.compile(rf"\s*[(（]?(?:{_COUNT})[.)）]\s")
_BEFORE_ITEM = re.compile(r"(?:[:;,]\s+|[，：；、]\s*)\Z")  # 5:30 is no item
_SMALL_ITEM = re.compile(r"(?:[a-z]|[ivx]{1,5})[.)]\s")
_NUMBERED = re.compile(r"[\d#(（\[]|(?!I\s+[a-z])(?:[IVXLC]+|[A-Z]\d{0,3})(?:[.\-]\d+)*(?![\w'’])")
_ITEM = re.compile(r"\(?[A-Za-z0-9]{1,3}\)\s")
_INNER_CAPITAL = re.compile(r"[a-z]{1,3}[A-Z]")  # iPhone, eBay, mRNA
_CODE = re.compile(r"[a-z][a-z0-9.]*(?:_|\()[\w)]")  # to_list, print()
_INITIAL = re.compile(r"[A-Z]\.")
_FIRST_WORD = re.compile(rf"[\"'“‘(\[「『]*([{LATIN}]*)")
_CJK = re.compile(f"[{HAN}{KANA}]")
_AMOUNT = re.compile(r"[0-9]\s?°?\Z")
_LABEL = re.compile(r"\s*([A-Za-z]+)\.?")
_LABEL_NUMBER = re.compile(r"[A-Z]?[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}[a-z]?|[IVX]{1,5}|[A-Z]")
_HOUR = re.compile(r"[ap]\.?m")
MAX_ADVERBIAL = 3  # words of "By 8 a.m.", which opens a sentence and is none
MAX_WORD = 30  # code points


@cache
def _table() -> Mapping[str, frozenset[str]]:
    """Read the lists of abbreviations."""
    text = (files("termalign") / "data" / "abbreviations.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


@cache
def _known() -> frozenset[str]:
    """Return every word whose stop needs a closer look."""
    return frozenset().union(*(words for name, words in _table().items() if name not in {"starters", "labels"}))


def ends_plainly(text: str, begin: int, stop: int, following: str) -> bool:
    """Tell whether a mark surely ends a sentence, as most do: after a common word, before a capital.

    Args:
        text: The text.
        begin: Where the sentence begins.
        stop: Where the mark stands.
        following: The character after the space after it.

    Returns:
        Whether the end is sure; where not, :func:`stop_ends` has to look.

    Source:
        Ours: a shortcut that decides as the full rule does.
    """
    if not "A" <= following <= "Z":
        return False
    space = text.rfind(" ", begin + 1, stop)  # the first word of a sentence may be the number of an item
    if space < 0 or stop - space > MAX_WORD:
        return False
    if text[stop - 1] in ")]" and text[stop] == ".":
        return True
    found = _PLAIN_WORD.fullmatch(text, space + 1, stop)
    if found is None:
        return False
    word = found[1]
    return (text[stop] == "." or word.islower()) and word.lower() not in _known()


def begins_small(text: str) -> bool:
    """Tell whether a text begins with a small letter that begins no sentence: ``iPhone``, ``to_list`` and ``a)`` do."""
    return text[:1].islower() and not (_INNER_CAPITAL.match(text) or _CODE.match(text) or _ITEM.match(text))


def begins_sentence(text: str) -> bool:
    """Tell whether a text begins with a word that mostly begins sentences, with its capital."""
    first = _FIRST_WORD.match(text)
    return first is not None and first[1][:1].isupper() and first[1].lower() in _table()["starters"]


def stop_ends(before: str, after: str, *, is_uncased: bool = False) -> bool:
    """Tell whether a full stop of Latin script ends a sentence.

    Args:
        before: The sentence up to the stop, without it.
        after: What follows white space after it.
        is_uncased: Whether the sentence does without capitals, so that the next one may, too.

    Returns:
        Whether it ends one; not after an abbreviation, an initial or the number of a list item.

    Source:
        Ours; abbreviations in classes as in Kiss & Strunk (2006), Unsupervised Multilingual Sentence Boundary
        Detection, Computational Linguistics 32(4), sentence starters as there.
    """
    if begins_small(after) and not is_uncased and not (_SMALL_ITEM.match(after) and _IN_LIST.match(before)):
        return False
    found = _BEFORE_STOP.search(before)
    word = found[0].strip("'’-") if found else ""
    if not word or _CJK.match(word[-1]):
        return True
    ahead = before[: len(before) - len(word)]
    rest = ahead.rstrip()
    if _opens(word, ahead, rest):
        return False
    if len(word) == 1 and ahead and ahead[-1] in "/+#&~=@":
        return True  # I/O is no initial
    return _word_ends(word, rest, after)


def _opens(word: str, ahead: str, rest: str) -> bool:
    """Tell whether a word is a number, a label or an abbreviation that opens what follows: 1., Table 2., P.S."""
    if _ENUMERATOR.fullmatch(word) and (not rest or (word.isdigit() and _BEFORE_ITEM.search(ahead))):
        return True
    label = _LABEL.fullmatch(rest)
    if label is not None and label[1].lower() in _table()["labels"] and _LABEL_NUMBER.fullmatch(word):
        return True
    return not rest and _DOTTED.fullmatch(word) is not None


def _word_ends(word: str, rest: str, after: str) -> bool:
    """Tell whether the stop after a word ends a sentence before a capital or another script."""
    table, small, is_small = _table(), word.lower(), word[0].islower()
    first = _FIRST_WORD.match(after)
    next_word = first[1] if first else ""
    starts = next_word.lower() in table["starters"] and not _INITIAL.match(after)
    if len(word) == 1 and _AMOUNT.search(rest):
        ends = True  # 40 °C, 5 V
    elif small in table["never"] or (small in table["titles"] and not is_small) or word == "v":
        ends = False
    elif small in table["mostly"]:
        ends = next_word[:1].isupper()
    elif small in table["numbered"] and _NUMBERED.match(after):
        ends = is_small and small in table["words"]
    elif small in table["numbered"]:
        ends = starts or small == "no" or (is_small and len(small) > 1)
    elif _HOUR.fullmatch(small):
        ends = starts or (next_word in table["honorifics"] and len(rest.split()) > MAX_ADVERBIAL)
    else:
        ends = starts or not _is_short_form(word)
    return ends


def _is_short_form(word: str) -> bool:
    """Tell whether a word is an initial or an abbreviation that may end a sentence."""
    table, small = _table(), word.lower()
    is_initial = len(word) == 1 and word.isupper()
    is_listed = small in table["perhaps"] or (small in table["capital"] and word[0].isupper())
    return is_initial or is_listed or _DOTTED.fullmatch(word) is not None
