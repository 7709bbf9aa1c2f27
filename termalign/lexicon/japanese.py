"""What the Japanese-English dictionaries of the EDRDG share: spellings, kana and senses made into entries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from termalign.lexicon.base import LexiconEntry
from termalign.lexicon.glosses import equivalents, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["EDRDG_LICENCE", "Kana", "Sense", "word_entries"]

EDRDG_LICENCE = "CC-BY-SA-4.0"  # EDRDG General Dictionary Licence, statement of 2018


@dataclass(frozen=True, slots=True)
class Kana:
    """One reading.

    Args:
        text: In kana.
        only: Spellings that it belongs to; empty means all.
    """

    text: str
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense.

    Args:
        tags: Its grammar, field and usage, as codes or as JMdict's words.
        glosses: In English, as they stand.
        only: Spellings and readings that it belongs to; empty means all.
    """

    tags: tuple[str, ...]
    glosses: tuple[str, ...]
    only: frozenset[str] = frozenset()


def word_entries(
    written: Sequence[str], kana: Sequence[Kana], senses: Sequence[Sense], *, part: str
) -> Iterator[LexiconEntry]:
    """Make the entries of one word.

    Args:
        written: Spellings with Han characters, best first; may be empty.
        kana: Readings; of a word without spelling, its forms.
        senses: In their order.
        part: What the entries record as their part.

    Yields:
        An entry per sense that has an equivalent. Its Japanese forms are the spellings, without any the kana; a sense that
        is mostly written in kana has these first.
    """
    for sense in senses:
        texts = equivalents(sense.glosses)
        forms = dict.fromkeys(written)
        if not written or not _kana_tags().isdisjoint(sense.tags):
            forms = dict.fromkeys((*(one.text for one in kana), *written))
        kept = tuple(form for form in forms if not sense.only or form in sense.only) or tuple(forms)
        if texts and kept:
            readings = tuple(_reading(form, kana) for form in kept)
            yield LexiconEntry(
                forms=(("ja", kept), ("en", texts)),
                readings=readings if all(readings) else (),
                pos=_pos(sense.tags),
                domain=next((_fields()[tag] for tag in sense.tags if tag in _fields()), ""),
                part=part,
            )


def _reading(form: str, kana: Sequence[Kana]) -> str:
    """Return the first reading of a form; a form in kana is its own."""
    if any(form == one.text for one in kana):
        return form
    return next((one.text for one in kana if not one.only or form in one.only), "")


def _pos(tags: tuple[str, ...]) -> str:
    """Return the part of speech of the first tag that is one; empty where none is."""
    return next(filter(None, map(_pos_of, tags)), "")


@cache
def _pos_of(tag: str) -> str:
    """Return the part of speech that a tag stands for; empty where it is none."""
    exact: dict[str, str] = tables()["pos"]
    begins: dict[str, str] = tables()["pos_begins"]
    fitting = [start for start in begins if tag.startswith(start)]
    return exact.get(tag) or (begins[max(fitting, key=len)] if fitting else "")


@cache
def _fields() -> dict[str, str]:
    """Return our subject fields by theirs."""
    return dict(tables()["fields"])


@cache
def _kana_tags() -> frozenset[str]:
    """Return the tags of words that are mostly written in kana."""
    return frozenset(tables()["kana"]["tags"])
