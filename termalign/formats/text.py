"""Plain text and Markdown documents: the text that every offset points into."""

from __future__ import annotations

import re
from dataclasses import dataclass

from termalign.errors import DataError, Where
from termalign.formats.decoding import decode

__all__ = ["MARKDOWN", "MAX_LINE", "PLAIN_TEXT", "TextFormat"]

MAX_LINE = 2_000_000  # code points; a novel without line ends fits, a base64 dump of a disc does not

# First bytes of files that people rename to .txt, and what they are. Sources: the formats' own specifications.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls or .ppt)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh91AY&SY", "bzip2-compressed data"),
    (b"\xfd7zXZ\0", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ\x90\0", "a Windows program"),
    (b"SQLite format 3\0", "an SQLite database"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Names that a ZIP archive holds in clear, and the document that has them.
_ZIP_KINDS = (
    (b"word/document", "a Word document (.docx)"),
    (b"xl/workbook", "an Excel workbook (.xlsx)"),
    (b"ppt/presentation", "a PowerPoint presentation (.pptx)"),
    (b"opendocument.text", "an OpenDocument text (.odt)"),
    (b"application/epub+zip", "an e-book (.epub)"),
)
_BLANK = " \t\r\n\f\v\u3000\ufeff\u200b\x1a"  # white space, byte order marks, and the DOS end-of-file mark
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
MAX_CONTROL = 0.1  # share of control characters; text has next to none, machine code a fifth (ours)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFormat:
    """A reader of text files.

    Args:
        name: Name and version, for the record.
        suffixes: File name endings.
        max_line: Longest line that is read, in code points.
    """

    name: str
    suffixes: tuple[str, ...]
    max_line: int = MAX_LINE

    def read(self, raw: bytes, *, file: str) -> tuple[str, str]:
        """Decode a text file.

        Args:
            raw: Its bytes; how many are too many is the caller's business.
            file: Its name, in messages.

        Returns:
            Its text, a leading byte order mark removed, nothing else changed; and the encoding.

        Raises:
            DataError: The file is empty, is no text file, is in no known encoding, or has a line longer than
                ``max_line``; each with file, line and what to do.

        Source:
            Ours.
        """
        kind = _binary_kind(raw)
        if kind:
            fix = "open it in its own program and save it as plain text in UTF-8"
            raise DataError(f"not a text file but {kind}", Where(file=file), fix)
        text, encoding = decode(raw, file=file)
        if not text.strip(_BLANK):
            raise DataError(
                "the file is empty" if not raw else "the file holds no text", Where(file=file), "leave it out"
            )
        if len(_CONTROL.findall(text)) > MAX_CONTROL * len(text):
            fix = "give the text it was made from"
            raise DataError("binary data: mostly control characters", Where(file=file, line=1), fix)
        self._check_lines(text, file)
        return text, encoding

    def _check_lines(self, text: str, file: str) -> None:
        """Refuse a line that no splitter or aligner could work on."""
        if len(text) <= self.max_line:
            return
        for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
            if len(line) > self.max_line:
                problem = f"line of {len(line)} characters, longer than the limit of {self.max_line}"
                raise DataError(
                    problem, Where(file=file, line=number), "break the line, or raise the limit by --max-line"
                )


def _binary_kind(raw: bytes) -> str:
    """Name what the bytes are if they are a well-known kind of binary file, else return nothing."""
    if raw.startswith(_ZIP):
        return next((kind for name, kind in _ZIP_KINDS if name in raw), "a ZIP archive")
    start = raw.lstrip(b" \t\r\n\xef\xbb\xbf")[:16]  # some PDF files begin with a byte order mark or blank lines
    return next((kind for magic, kind in _MAGIC if raw.startswith(magic) or start.startswith(magic)), "")


PLAIN_TEXT = TextFormat(name="text/1", suffixes=(".txt", ".text"))
MARKDOWN = TextFormat(name="markdown/1", suffixes=(".md", ".markdown"))
