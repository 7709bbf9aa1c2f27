"""What stands before a parser and takes out of its way what is known to be sound."""

from __future__ import annotations

import codecs
import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termalign.formats.xml_stream import XmlStream

__all__ = ["MAX_REST", "FastLane"]

MAX_REST = 2**18  # characters without the end of a unit: then the parser looks at them
# What a parser refuses, or reads as something else, and a pattern does not see.
_CONTROL = bytes([*range(9), 11, 12, *range(14, 32)])
_LONE_RETURN = re.compile("\r(?!\n)")


class FastLane(ABC):
    """Takes the bytes of a file as text, as long as they are UTF-8 with nothing odd in it; all else goes to the parser.

    Args:
        stream: Parses what is left.
    """

    def __init__(self, stream: XmlStream) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")() if stream.is_utf8 else None
        self._rest = ""  # text that waits for the end of its unit

    def pass_on(self, chunk: bytes) -> None:
        """Take the next bytes."""
        if self._decoder is None:
            self._stream.feed(chunk)
            return
        try:
            text = self._decoder.decode(chunk)
        except UnicodeDecodeError:
            self._give_up(self._decoder.getstate()[0] + chunk)
            return
        if _is_odd(chunk, text):
            self._give_up(text.encode("utf-8") + self._decoder.getstate()[0])
            return
        self._take(self._rest + text)

    def close(self) -> None:
        """Parse what is left, and the end."""
        if self._decoder is not None:
            self._give_up(self._decoder.getstate()[0])
        self._stream.feed(b"", final=True)

    @abstractmethod
    def _take(self, text: str) -> None:
        """Work through text, as far as there are whole units in it, and keep the rest."""

    @abstractmethod
    def _parse(self, text: str) -> None:
        """Give text to the parser."""

    def _feed(self, blank: bytes, n: int) -> None:
        """Give the parser blanks in the place of units that it has not seen, in pieces: memory does not grow with their number."""
        parser = self._stream.parser
        handler, parser.CharacterDataHandler = parser.CharacterDataHandler, None  # between units, blanks mean nothing
        while n:
            size = min(n, MAX_REST)
            self._stream.feed(blank * size)
            n -= size
        parser.CharacterDataHandler = handler

    def _give_up(self, raw: bytes) -> None:
        """Leave everything from here on to the parser."""
        self._decoder = None
        self._parse(self._rest)
        self._rest = ""
        self._stream.feed(raw)


def _is_odd(chunk: bytes, text: str) -> bool:
    """Tell whether there is something in a stretch, given as bytes and decoded, that patterns of sound units do not see."""
    if len(chunk.translate(None, _CONTROL)) != len(chunk) or "\ufffe" in text or "\uffff" in text:
        return True
    return "\r" in text and _LONE_RETURN.search(text) is not None
