"""JMdict: Japanese with glosses in many languages, one XML file, of which the English ones are read.

Ours beside ``formats/xml.py``, which refuses declared entities: JMdict declares a hundred, ``&n;`` for its grammar. They
are not expanded here; their names are the codes that EDICT has, and that is what an entry keeps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NoReturn
from xml.parsers import expat

from termalign.errors import DataError, Where
from termalign.formats.xml import LIMITS, XML_LANG
from termalign.lexicon.base import DICTIONARY_WEIGHT
from termalign.lexicon.japanese import EDRDG_LICENCE, Kana, Sense, word_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.lexicon.base import LexiconEntry

__all__ = ["JMDICT", "Jmdict"]

_CHUNK = 2**16
_MAX_ENTITY = 200  # characters; JMdict's longest has 66
_ROOT = re.compile(r"<!DOCTYPE\s+JMdict\b|<JMdict[\s>]")
_ENTITY = re.compile(r"&([A-Za-z0-9_.-]+);")
_TAGS = frozenset({"pos", "field", "misc"})
_LEAVES = _TAGS | {"keb", "reb", "re_restr", "stagk", "stagr", "gloss"}


@dataclass(slots=True)
class _Word:
    """One ``entry`` while it is read; ``pos`` holds on from sense to sense until another is stated."""

    written: list[str] = field(default_factory=list)
    kana: list[tuple[str, list[str]]] = field(default_factory=list)
    senses: list[Sense] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    leaves: dict[str, list[str]] = field(default_factory=dict)  # of the sense at hand

    def leaf(self, name: str, text: str) -> None:
        """Keep the text of an element."""
        if name == "keb":
            self.written.append(text)
        elif name == "reb":
            self.kana.append((text, []))
        elif name == "re_restr" and self.kana:
            self.kana[-1][1].append(text)
        else:
            self.leaves.setdefault(name, []).append(text)

    def end_sense(self) -> None:
        """Close the sense at hand."""
        found, self.leaves = self.leaves, {}
        self.pos = found.get("pos", self.pos)
        tags = (*self.pos, *found.get("field", ()), *found.get("misc", ()))
        only = frozenset((*found.get("stagk", ()), *found.get("stagr", ())))
        self.senses.append(Sense(tags, tuple(found.get("gloss", ())), only))

    def entries(self, part: str) -> Iterator[LexiconEntry]:
        """Make its entries."""
        kana = [Kana(text, frozenset(only)) for text, only in self.kana]
        return word_entries(self.written, kana, self.senses, part=part)


class _Reader:
    """Builds words from what expat reports."""

    def __init__(self, name: str) -> None:
        self._name, self._depth, self._n_text = name, 0, 0
        self._word = _Word()
        self._leaf: list[str] | None = None
        self.ready: list[_Word] = []
        self.parser = parser = expat.ParserCreate(None, " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.DefaultHandler = self._other  # with this one, expat hands references over and expands none
        parser.EntityDeclHandler = self._declared

    def fail(self, problem: str, fix: str) -> NoReturn:
        """Raise a fault at the place that the parser has come to."""
        raise DataError(problem, Where(file=self._name, line=self.parser.CurrentLineNumber), fix)

    def feed(self, chunk: bytes) -> None:
        """Parse one more piece; an empty one is the end."""
        try:
            self.parser.Parse(chunk, not chunk)
        except expat.ExpatError as exc:
            problem = f"not well-formed XML: {expat.ErrorString(exc.code)}"
            raise DataError(problem, Where(file=self._name, line=exc.lineno), "fetch the file again") from exc

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != "JMdict":
            self.fail(f"root element {name!r} is not JMdict", "give the XML file of JMdict")
        if self._depth > LIMITS.depth:
            self.fail(f"nested deeper than the limit of {LIMITS.depth}", "the file is not what it seems")
        if name == "entry":
            self._word = _Word()
        is_english = name != "gloss" or attributes.get(XML_LANG, "eng") == "eng"
        self._leaf = [] if name in _LEAVES and is_english else None
        self._n_text = 0

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._leaf is not None:
            text = "".join(self._leaf).strip()
            if text:
                self._word.leaf(name, text)
        elif name == "sense":
            self._word.end_sense()
        elif name == "entry":
            self.ready.append(self._word)
        self._leaf = None

    def _text(self, text: str) -> None:
        self._n_text += len(text)
        if self._n_text > LIMITS.text:
            self.fail(f"a text longer than the limit of {LIMITS.text} characters", "the file is not what it seems")
        if self._leaf is not None:
            self._leaf.append(text)

    def _other(self, text: str) -> None:
        match = _ENTITY.fullmatch(text) if self._leaf is not None else None
        if match:
            self._text(match[1])

    def _declared(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:  # noqa: FBT001 - expat's order
        # An attribute could still use an entity: none may refer to another one or to a file.
        if is_parameter or value is None or "&" in value or "%" in value or len(value) > _MAX_ENTITY:
            self.fail(f"entity {name!r} is more than a short text", "the file is not what it seems")


@dataclass(frozen=True, slots=True)
class Jmdict:
    """Reader of JMdict and JMdict_e.

    Args:
        weight: How far it is trusted.
        licence: The one it is published under.
    """

    weight: float = DICTIONARY_WEIGHT
    licence: str = EDRDG_LICENCE

    def recognises(self, head: str) -> bool:
        """Tell whether the document type or the root element says so."""
        return _ROOT.search(head) is not None

    def read(self, file: BinaryIO, *, name: str) -> Iterator[LexiconEntry]:
        """Read a dictionary as a stream.

        Args:
            file: The open file.
            name: Its name, in messages and entries.

        Yields:
            An entry per sense that has an English equivalent, in the order of the file.

        Raises:
            DataError: Not well-formed, not JMdict, beyond a limit, or with entities that are more than short texts.

        Source:
            J. Breen, JMdict document type definition, revision 1.09.
        """
        reader = _Reader(name)
        chunk = b"-"
        while chunk:
            chunk = file.read(_CHUNK)
            reader.feed(chunk)
            for word in reader.ready:
                yield from word.entries(name)
            reader.ready.clear()


JMDICT = Jmdict()
