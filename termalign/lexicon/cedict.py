"""CC-CEDICT: Chinese-English, one word a line, ``Traditional Simplified [pin1 yin1] /gloss/gloss/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from termalign.errors import DataError, Where
from termalign.formats.faults import Faults
from termalign.lexicon.base import DICTIONARY_WEIGHT, LexiconEntry
from termalign.lexicon.files import read_text
from termalign.lexicon.glosses import equivalents, is_verbal

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CEDICT", "Cedict"]

_LINE = re.compile(r"([^ \t]+) ([^ \t]+) \[[^\]]*\] /(.*)/\s*")


@dataclass(frozen=True, slots=True)
class Cedict:
    """Reader of CC-CEDICT.

    Args:
        weight: How far it is trusted.
        licence: The one it is published under.
    """

    weight: float = DICTIONARY_WEIGHT
    licence: str = "CC-BY-SA-4.0"

    def recognises(self, head: str) -> bool:
        """Tell whether the first line that is no comment is of this form."""
        lines = (line for line in head.split("\n") if line.strip() and not line.startswith("#"))
        return _LINE.fullmatch(next(lines, "")) is not None

    def read(self, file: BinaryIO, *, name: str) -> Iterator[LexiconEntry]:
        """Read a dictionary.

        Args:
            file: The open file, UTF-8 or another encoding that can be told.
            name: Its name, in messages and entries.

        Yields:
            An entry per gloss that holds an equivalent, in the order of the file: glosses between ``/`` are senses,
            those between ``;`` are synonyms. A word of which only remarks are said has none.

        Raises:
            DataError: A line of another form, after what is sound.
            DataErrors: Several of them.

        Source:
            CC-CEDICT wiki, "Format:Syntax".
        """
        faults = Faults(name)
        for number, line in enumerate(read_text(file, name=name, codecs=("utf-8-sig",)).split("\n"), 1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _LINE.fullmatch(line)
            if match is None:
                problem = "not 'Traditional Simplified [pinyin] /gloss/'"
                faults.add(DataError(problem, Where(file=name, line=number), "mend or remove the line"))
                continue
            forms = (("zh-Hans", (match[2],)), ("zh-Hant", (match[1],)))
            for gloss in match[3].split("/"):
                texts = equivalents((gloss,))
                if texts:
                    pos = "v" if is_verbal(gloss) else ""
                    yield LexiconEntry(forms=(*forms, ("en", texts)), pos=pos, part=name)
        faults.raise_all()


CEDICT = Cedict()
