"""Which line ends of a raw text end a sentence: at headings and list items, before empty lines, after …… ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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
MEASURED = 1000  # code points; a longer line is no heading, and how long it is need not be known exactly
FULL_SHARE = 0.8  # of the widest line; a line so wide was wrapped by hand rather than ended

_CJK = f"[{HAN}{KANA}]"
_ENDS = r"\n\r\x0b\x1c-\x1e\x85\u2028\u2029"
_OTHER_ENDS = ("\r", "\x0b", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")


class _Ends(NamedTuple):
    """Patterns of a line, of a line end, and of empty lines."""

    line: re.Pattern[str]
    end: re.Pattern[str]
    empty: re.Pattern[str]


# CR LF is one line end. Most texts have none but LF, for which patterns that begin with one character are much faster.
_ANY = _Ends(
    re.compile(f"[^{_ENDS}]+"),
    re.compile(f"[{_ENDS}]"),
    re.compile(rf"[{_ENDS}](?:(?:(?<=\r)\n)?+[^\S{_ENDS}]*[{_ENDS}]\s*|(?<=\u2029)\s*)"),
)
_LF = _Ends(re.compile(r"[^\n]+"), re.compile(r"\n"), re.compile(r"\n[^\S\n]*\n\s*"))
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
# How most lines begin that have no mark: a word, but not a numeral nor one of the words above.
_UNMARKED = re.compile(
    rf"(?![Aa]bs|ABS|[Kk]ey|KEY)[A-Za-z][A-HJ-UWYZa-hj-uwyz]|[ぁ-ん]|(?!{_CHINESE_NUMBER}|[第摘关關要概注])[\u4e00-\u9fff]"
)
_FINISHED = re.compile(r"[。｡．！？!?.](?:[」』”’\"'）)】》〉\]］]|\[\d[\d,，\-–]*\])*\s*\Z")
_ELLIPSIS = re.compile(r"(?:[…‥⋯]|\.{3})[」』”’\"'）)]*\s*\Z")
# Last characters of a line: what may be the end of a sentence, of dots of omission; what wants another line; what a list follows.
_STOPS = frozenset("。｡．！？!?.")
_CLOSERS = frozenset("」』”’\"'）)】》〉]］")
_LAST_OMITTED = frozenset("…‥⋯」』”’\"'）)")
_OPEN_END = frozenset("，,、；;：:・·-—–(（「『“‘《〈&＆/／")
_BEFORE_LIST = frozenset("：:；;，,、.。．)）")
_QUOTED = re.compile(r"\s*[「『“\"‘].*[」』”\"’]\s*\Z")
_QUOTE_OPENS = re.compile(r"\s*[「『“\"‘—]")
_QUOTE_CLOSES = frozenset('」』”"’')
# 图3.1 系统架构, 表1：投资额; 图3 所示 and 表1 に示す are no captions.
_CAPTION = re.compile(
    r"\s*(?:[图圖図表]|写真|照片|Figure|Fig\.|Table)\s?[0-9０-９A-Z]{1,3}(?:[.\-－–][0-9０-９]{1,3})*(?:[.:：．]\s*|\s)"
    r"(?![\s为為是显顯示给給所中的列展表ぁ-ん])\S"
)
_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*\s+")
_LABELLED = re.compile(r"\s*(?:[^\s：:，。、！？,.!?「“]{1,8}[：:]\s*[^\s“「『‘\"]|[A-Z][A-Za-z.\- ]{1,20}: [^\s“\"‘])")
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z]\w*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not empty.

    Args:
        start: Where it begins.
        end: Where it ends.
        text: Its text.
        width: In columns.
        last: Its last character but white space.
        counted: Whether it begins with a number or letter that counts items.
        standalone: Whether it is a Markdown heading, a row of a table or a rule: one line, always.
        marked: Whether it is a heading or list item by a mark of its own.
    """

    start: int
    end: int
    text: str
    width: int
    last: str
    counted: bool
    standalone: bool
    marked: bool

    @property
    def finished(self) -> bool:
        """Whether its end is that of a sentence."""
        if self.last in _STOPS:
            return True
        return self.last in _CLOSERS and _FINISHED.search(self.text) is not None

    @property
    def omitting(self) -> bool:
        """Whether it ends in dots of omission."""
        if self.last == ".":
            return self.text.rstrip().endswith("...")
        return self.last in _LAST_OMITTED and _ELLIPSIS.search(self.text) is not None

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def _width(text: str) -> int:
    """Measure a line; a long one by its beginning."""
    size = len(text)
    if size > MEASURED:
        return _width(text[:MEASURED]) * size // MEASURED
    return size if text.isascii() else len(text.encode("gbk", "replace"))  # GBK has two bytes for a wide character


def _line(match: re.Match[str]) -> _Line | None:
    """Look at a line; ``None`` where it is empty."""
    text = match[0]
    bare = text.strip()
    if not bare:
        return None
    width = _width(bare)
    if _UNMARKED.match(bare):
        return _Line(match.start(), match.end(), text, width, bare[-1], counted=False, standalone=False, marked=False)
    counted = _COUNTED.match(text) is not None
    standalone = _HASH.match(text) is not None or _RULE.match(text) is not None
    marked = counted or standalone or _BULLET.match(text) is not None
    return _Line(match.start(), match.end(), text, width, bare[-1], counted, standalone, marked)


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
    ends = _ANY if any(mark in text for mark in _OTHER_ENDS) else _LF
    rules, start = rules_for(group), 0
    for gap in ends.empty.finditer(text):
        yield from _paragraph(text, (start, gap.start()), rules, ends)
        start = gap.end()
    yield from _paragraph(text, (start, len(text)), rules, ends)


def _paragraph(text: str, span: tuple[int, int], rules: Rules, ends: _Ends) -> Iterator[tuple[int, int]]:
    """Cut lines between which no line is empty."""
    if ends.end.search(text, *span) is None:
        yield span
        return
    lines = [line for line in map(_line, ends.line.finditer(text, *span)) if line is not None]
    widest = max((line.width for line in lines), default=0)
    first, is_first = 0, True
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is None or _ends(line, following, rules=rules, widest=widest, is_first=is_first):
            yield lines[first].start, line.end
            first, is_first = index + 1, True
        else:
            is_first = line.finished


def _ends(line: _Line, following: _Line, *, rules: Rules, widest: int, is_first: bool) -> bool:
    """Tell whether the end of a line ends a sentence."""
    if line.standalone or following.standalone or line.omitting:
        return True
    if line.marked or following.marked:
        return _ends_item(line, following, rules=rules, widest=widest)
    if is_first and line.width <= MAX_HEADING and _LABELLED.match(line.text) and _LABELLED.match(following.text):
        return line.last not in _OPEN_END
    if line.last in _QUOTE_CLOSES and _QUOTE_OPENS.match(following.text):
        return True
    if line.last in _QUOTE_CLOSES and _QUOTED.match(line.text) and not line.finished:
        rest = following.text.lstrip()
        goes_on = rules.after_closing.match(rest) or (not is_first and rules.after_introduced.match(rest))
        return not (goes_on or rules.saying.match(rest) or rest[:1].islower())
    return is_first and (_is_caption(line, rules, widest) or _is_heading(line, following, rules))


def _ends_item(line: _Line, following: _Line, *, rules: Rules, widest: int) -> bool:
    """Tell whether the end of a line ends a sentence where it or the next one is a heading or list item by its mark."""
    finished = line.finished
    if following.marked:
        in_list = line.marked or finished or line.last in _BEFORE_LIST
        return not following.counted or in_list or _may_be_heading(line, rules)
    wrapped = following.indent > line.indent or following.text.lstrip()[:1].islower()
    wrapped = wrapped or line.width >= max(MIN_COLUMN * FULL_SHARE, FULL_SHARE * widest)
    return finished or not (wrapped or line.last in _OPEN_END)


def _may_be_heading(line: _Line, rules: Rules) -> bool:
    """Tell whether a line has nothing that speaks against a heading."""
    is_open = line.width > MAX_HEADING or line.finished or line.last in _OPEN_END
    return not is_open and not rules.unfinished.search(line.text.rstrip())


def _is_caption(line: _Line, rules: Rules, widest: int) -> bool:
    """Tell whether a line names a figure or a table: a word, a number, a title, and room left at its end."""
    if rules.group == "en" or _CAPTION.match(line.text) is None:
        return False
    return line.width < FULL_SHARE * widest and _may_be_heading(line, rules)


def _is_heading(line: _Line, following: _Line, rules: Rules) -> bool:
    """Tell whether a line is a heading without a mark: short, complete, before a body that is much wider."""
    if following.width < max(MIN_BODY, HEADING_SHARE * line.width) or not _may_be_heading(line, rules):
        return False
    if rules.group != "en":
        return True
    text, body = _NUMBER.sub("", line.text.strip()), following.text.lstrip()
    in_title_case = text[:1].isupper() and all(word in rules.small_words for word in _SMALL_WORD.findall(text))
    return in_title_case and not body[:1].islower()
