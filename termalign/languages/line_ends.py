"""Which line ends of a raw text end a sentence: at headings and list items, before empty lines, after …… ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.languages.characters import HAN, KANA
from termalign.languages.sentence_rules import rules_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.languages.sentence_rules import Rules

__all__ = ["line_blocks"]

# Width in columns; two for a CJK character.
MIN_BODY = 40  # of the line after a heading without a mark of its own
MAX_HEADING = 60  # of such a heading
HEADING_SHARE = (
    2  # the line after it is so many times as wide, while lines of a hard wrap are about equally wide (ours)
)
MIN_COLUMN = 30  # of the widest line; text is not wrapped by hand into narrower columns
FULL_SHARE = 0.8  # of the widest line; a line so wide was wrapped by hand rather than ended

_CJK = f"[{HAN}{KANA}]"
_ENDS = r"\n\r\x0b\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(f"[^{_ENDS}]+")
_LINE_END = re.compile(f"[{_ENDS}]")
# CR LF is one line end. The class comes first, for speed.
_EMPTY_LINES = re.compile(rf"[{_ENDS}](?:(?:(?<=\r)\n)?+[^\S{_ENDS}]*[{_ENDS}]\s*|(?<=\u2029)\s*)")
_HASH = re.compile(r"\s*(?:#{1,6}\s|\|)")
_RULE = re.compile(r"\s*([=\-_*~])\1{2,}\s*\Z")
_BULLET = re.compile(r"\s*(?:[-*+]\s|[•‣◦▪▫■□◆◇●○◎▶►➢✓✔]\s*\S)")
_CHINESE_NUMBER = "[一二三四五六七八九十百〇壹貳叁參肆伍陸柒捌玖拾贰陆]"
_COUNT = rf"(?:[0-9０-９]{{1,3}}|[A-Za-zＡ-Ｚａ-ｚ]|[ivxIVX]{{1,5}}|{_CHINESE_NUMBER}{{1,3}}|[ァ-ンア-ン㋐-㋾])"
# A number or letter that counts items; also ・, which may as well stand inside a name that a line end cuts.
_COUNTED = re.compile(
    rf"\s*(?:{_COUNT}[.．)）、](?=\s|{_CJK}|[“「『（(])|[（(〔\[]{_COUNT}[）)〕\]]|[①-⑳㉑-㊿❶-❿⒈-⒛⑴-⒇㈠-㈩Ⅰ-Ⅻⅰ-ⅻ]"
    rf"|(?:{_CHINESE_NUMBER}{{1,3}}|[ァ-ン])[\u3000 ](?=\S)|[0-9０-９]{{1,2}}\u3000(?=\S)|[・·]\s*\S|第[0-9０-９一二三四五六七八九十百]{{1,4}}[章節节条條编編部款回]"
    rf"|[0-9０-９]{{1,2}}(?:[.．][0-9０-９]{{1,2}}){{1,3}}[.．]?(?:\s|(?=(?![万亿億兆千百倍年月日円元美個个]){_CJK}))|[※注]|(?:摘\s*要|关键词|關鍵詞|关键字|關鍵字|キーワード|要旨|概要|[Aa]bstract|ABSTRACT|[Kk]ey ?[Ww]ords|KEYWORDS)\s*[:：])"
)
_FINISHED = re.compile(r"[。｡．！？!?.](?:[」』”’\"'）)】》〉\]］]|\[\d[\d,，\-–]*\])*\s*\Z")
_ELLIPSIS = re.compile(r"(?:[…‥⋯]|\.{3})[」』”’\"'）)]*\s*\Z")
_OPEN_END = re.compile(r"[，,、；;：:・·\-—–(（「『“‘《〈&＆/／]\s*\Z")
_BEFORE_LIST = re.compile(r"[：:；;，,、.。．)）]\s*\Z")
_QUOTED = re.compile(r"\s*[「『“\"‘].*[」』”\"’]\s*\Z")
_QUOTE_OPENS = re.compile(r"\s*[「『“\"‘—]")
_QUOTE_CLOSES = re.compile(r"[」』”\"’]\s*\Z")
_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*\s+")
_LABELLED = re.compile(r"\s*(?:[^\s：:，。、！？,.!?「“]{1,8}[：:]\s*[^\s“「『‘\"]|[A-Z][A-Za-z.\- ]{1,20}: [^\s“\"‘])")
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z]\w*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not empty: where it stands, and its text."""

    start: int
    end: int
    text: str

    @property
    def width(self) -> int:
        return len(self.text.strip().encode("gbk", "replace"))  # GBK has two bytes for a wide character

    @property
    def counted(self) -> bool:
        return _COUNTED.match(self.text) is not None

    @property
    def marked(self) -> bool:
        """Whether it is a heading or list item by a mark of its own."""
        return self.counted or self.standalone or _BULLET.match(self.text) is not None

    @property
    def standalone(self) -> bool:
        """Whether it is a Markdown heading, a row of a table or a rule: one line, always."""
        return _HASH.match(self.text) is not None or _RULE.match(self.text) is not None

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def line_blocks(text: str, group: str) -> Iterator[tuple[int, int]]:
    """Cut a text at the line ends that end a sentence.

    Args:
        text: Text as read or repaired, on any number of lines.
        group: Language group: ``ja``, ``zh``, ``en``.

    Yields:
        Start and end of stretches that hold all but white space, in order; line ends inside them end nothing.

    Source:
        CONTRACTS.md section 5; how a heading without a mark is told from a wrapped line is ours.
    """
    start = 0
    for gap in _EMPTY_LINES.finditer(text):
        yield from _paragraph(text, start, gap.start(), group)
        start = gap.end()
    yield from _paragraph(text, start, len(text), group)


def _paragraph(text: str, start: int, end: int, group: str) -> Iterator[tuple[int, int]]:
    """Cut lines between which no line is empty."""
    if _LINE_END.search(text, start, end) is None:
        yield start, end
        return
    rules = rules_for(group)
    lines = [_Line(match.start(), match.end(), match[0]) for match in _LINE.finditer(text, start, end)]
    lines = [line for line in lines if line.text.strip()]
    widest = max((line.width for line in lines), default=0)
    first, is_first = 0, True
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is None or _ends(line, following, rules=rules, widest=widest, is_first=is_first):
            yield lines[first].start, line.end
            first, is_first = index + 1, True
        else:
            is_first = _FINISHED.search(line.text) is not None


def _ends(line: _Line, following: _Line, *, rules: Rules, widest: int, is_first: bool) -> bool:
    """Tell whether the end of a line ends a sentence."""
    if line.standalone or following.standalone or _ELLIPSIS.search(line.text):
        return True
    if line.marked or following.marked:
        return _ends_item(line, following, rules=rules, widest=widest)
    if is_first and line.width <= MAX_HEADING and _LABELLED.match(line.text) and _LABELLED.match(following.text):
        return _OPEN_END.search(line.text) is None
    if _QUOTE_CLOSES.search(line.text) and _QUOTE_OPENS.match(following.text):
        return True
    if _QUOTED.match(line.text) and not _FINISHED.search(line.text):
        rest = following.text.lstrip()
        goes_on = rules.after_closing.match(rest) or (not is_first and rules.after_introduced.match(rest))
        return not (goes_on or rules.saying.match(rest) or rest[:1].islower())
    return is_first and _is_heading(line, following, rules)


def _ends_item(line: _Line, following: _Line, *, rules: Rules, widest: int) -> bool:
    """Tell whether the end of a line ends a sentence where it or the next one is a heading or list item by its mark."""
    finished = _FINISHED.search(line.text) is not None
    if following.marked:
        in_list = line.marked or finished or _BEFORE_LIST.search(line.text) is not None
        return not following.counted or in_list or _may_be_heading(line, rules)
    wrapped = following.indent > line.indent or following.text.lstrip()[:1].islower()
    wrapped = wrapped or line.width >= max(MIN_COLUMN * FULL_SHARE, FULL_SHARE * widest)
    return finished or not (wrapped or _OPEN_END.search(line.text))


def _may_be_heading(line: _Line, rules: Rules) -> bool:
    """Tell whether a line has nothing that speaks against a heading."""
    text = line.text.rstrip()
    return (
        line.width <= MAX_HEADING
        and not _FINISHED.search(text)
        and not _OPEN_END.search(text)
        and not rules.unfinished.search(text)
    )


def _is_heading(line: _Line, following: _Line, rules: Rules) -> bool:
    """Tell whether a line is a heading without a mark: short, complete, before a body that is much wider."""
    if following.width < max(MIN_BODY, HEADING_SHARE * line.width) or not _may_be_heading(line, rules):
        return False
    if rules.group != "en":
        return True
    text, body = _NUMBER.sub("", line.text.strip()), following.text.lstrip()
    in_title_case = text[:1].isupper() and all(word in rules.small_words for word in _SMALL_WORD.findall(text))
    return in_title_case and not body[:1].islower()
