"""What a line looks like: a heading, a list item, a caption, a page number, the end of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from termalign.languages.repair.lines import layout_words
from termalign.languages.repair.spacing import CJK, CJK_MARKS, width

__all__ = [
    "Shape",
    "Style",
    "ends_clause",
    "ends_item",
    "ends_sentence",
    "goes_on",
    "has_clause",
    "is_date",
    "is_page_number",
    "is_prose",
    "is_rule",
    "is_unfinished",
    "label_of",
    "opens_bracket",
    "shape_of",
    "starts_anew",
    "starts_inside",
]

MAX_HEADING = 80  # columns; a longer line is text, whatever its number
MIN_WORDED = 4  # characters of a line whose last word counts
MIN_PROSE = 60  # columns of a line that is a sentence and no title


class Style(StrEnum):
    """How the beginning of a line is marked."""

    PLAIN = ""
    HEADING = "heading"  # by its own kind: #, 第一章, 1.1
    NUMBER = "number"  # a heading or a list item: 1. （一） ①
    BULLET = "bullet"
    CAPTION = "caption"
    REFERENCE = "reference"  # an entry of a bibliography: [1]
    LABEL = "label"  # a word that runs in: Abstract:


@dataclass(frozen=True, slots=True)
class Shape:
    """The mark at the beginning of a line.

    Args:
        style: What kind of mark.
        length: Characters of the mark, with the space behind it.
        form: The kind of numbering, by which sisters are known; empty for no mark.
        weak: Whether the mark may also stand in a sentence that was wrapped before it (2014, 3.5).
    """

    style: Style = Style.PLAIN
    length: int = 0
    form: str = ""
    weak: bool = False


_PLAIN = Shape()
_DIGITS = "0-9０-９"
_HAN_DIGITS = "一二三四五六七八九十百〇零壱弐参"
_ROMAN = r"(?:[IVX]{1,5}|[ivx]{1,5}|[\u2160-\u217f]{1,4})"
# Form, pattern, style, weak. The first that fits counts; a mark of one form may follow one of another ("- ・").
_FORMS = tuple(
    (form, re.compile(pattern), style, weak)
    for form, pattern, style, weak in (
        ("hash", r"#{1,6}\s+", Style.HEADING, False),
        ("bullet", r"[-*+–—•●○■□◆◇▪▫‣∙◦·⚫※☆★►▶➢✓✔]\s+|o(?:\s{2,}|\t)|[•●○■□◆◇▪▫‣∙◦⚫►▶➢](?=\S)", Style.BULLET, False),
        ("dot", r"・\s*(?=\S)", Style.BULLET, True),
        ("note", r"\*{1,3}(?=[^\s*][^*]*$)", Style.BULLET, False),
        (
            "chapter",
            rf"第\s*[{_DIGITS}{_HAN_DIGITS}]+\s*(?:(?:章|节|節|编|編|篇)(?:[\s:：、.．]+|(?=[{CJK}]))|(?:部分|部)[\s:：、.．]+)",
            Style.HEADING,
            False,
        ),
        ("article", rf"第\s*[{_DIGITS}{_HAN_DIGITS}]+\s*(?:条|條|款|项)(?:[\s:：、.．]+)", Style.NUMBER, False),
        (
            "level",
            rf"(?!0)[{_DIGITS}]{{1,2}}(?:[.．][{_DIGITS}]{{1,2}}){{1,4}}(?:[.．]?\s+|[.．]?(?=[{CJK}]))",
            Style.HEADING,
            True,
        ),
        ("point", rf"[{_DIGITS}]{{1,2}}(?:[.．](?![{_DIGITS}])|、)\s*(?=\S)", Style.NUMBER, True),
        ("half", rf"(?:[{_DIGITS}]{{1,2}}|[a-zA-Z]|{_ROMAN})[)）]\s*(?=\S)", Style.NUMBER, False),
        (
            "round",
            rf"[（(]\s*(?:[{_DIGITS}]{{1,2}}|[{_HAN_DIGITS}]{{1,3}}|[a-zA-Z]|{_ROMAN})\s*[)）]\s*(?=\S)",
            Style.NUMBER,
            False,
        ),
        ("han", rf"[{_HAN_DIGITS}]{{1,3}}(?:、|[.．])\s*(?=\S)", Style.NUMBER, False),
        (
            "circle",
            r"[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]\s*[.．、]?\s*(?=\S)",
            Style.NUMBER,
            False,
        ),
        (
            "roman",
            rf"(?:[IVX]{{1,5}}[.．、]\s+|[IVX]{{1,5}}[.．、](?=[{CJK}])|[\u2160-\u217f]{{1,4}}[.．、]?\s*(?=\S))",
            Style.HEADING,
            True,
        ),
        ("letter", r"[A-Z][.．]\s+(?=\S)", Style.NUMBER, True),
        ("bare", rf"(?!0)[{_DIGITS}]{{1,2}}(?:\s+(?=[{CJK}A-Z])|(?=[{CJK}]))", Style.HEADING, True),
        ("foot", r"\[\^[^\[\]\s]+\]:\s*(?=\S)", Style.REFERENCE, False),
        ("entry", r"[\[［〔][0-9０-９]{1,3}[\]］〕]\s*(?=\S)", Style.REFERENCE, True),
    )
)
# What a mark can begin with: most lines begin with none of these.
_MAY_MARK = re.compile(
    rf"[{_DIGITS}{_HAN_DIGITS}IVXivx\u2160-\u217f\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289"
    r"#\-*+–—•●○■□◆◇▪▫‣∙◦·⚫※☆★►▶➢✓✔o・第（(\[［〔]|[a-zA-Z][)）.．]"
)
_CAPTION = re.compile(
    rf"(?:図表|图表|圖表|附表|附图|附圖|付表|別表|别表|表|图|圖|図|Table|Figure|Fig\.|Chart|Box)\s*(?:[{_DIGITS}]{{1,3}}|[{_HAN_DIGITS}]{{1,2}}|[A-Z](?=[.\-]?\d|\s|[:：]))"
    rf"(?:[-.．–—][{_DIGITS}]{{1,2}})*(?:\s*[:：.．]\s*|\s+|(?=[{CJK}“「『《]))(?=\S)"
)
# What may not follow a mark directly: the number is then spoken of, (1)～(3)で.
_SPOKEN_OF = re.compile(
    "(?:[~～〜\\-—–、，,。.・)）]|(?:で|に|の|を|は|が|と|も|から|まで)(?=.)|[和与及至到](?=[（(\\d]))"
)
_CITED = r"(?:\s*[\[［][0-9０-９,，、\-–~～\s]{1,20}[\]］])?"
_STOP = re.compile(rf"(?:[。．｡！？!?…‥]|(?<![A-Z0-9])\.)[」』）)\]”’\"'》〉】*_`]*{_CITED}[*_]*\s*[■□◆●]?$")
# "in 2019." and "by NIST." end a sentence, the initial in "J." does not.
_NAME_STOP = re.compile(rf"(?<![^\s(（])[^\s(（]*[A-Z0-9]{{2}}\.[”’\"')\]]*{_CITED}$")
_UNFINISHED = re.compile(r"[，、,；;（(「『《〈“‘【\[&+=/—―]$|(?<=\s)[-–]$")
_OPEN_CLAUSE = re.compile(r"[，、,（(「『《〈“‘【\[]$")
_LAST_WORD = re.compile(r"(?:^|[^A-Za-z])([A-Za-z]{1,7})$")
_INSIDE = re.compile(r"[，、。；：）」』”’》〉】！？…％]|[,;)\]!?%](?:\s|$|[^\x00-\x7f])|[.:](?:\s|$)")
_CLOSERS = frozenset("\"')]}.")  # alone on a line, the end of the line before
_PAIRS = {"（": "）", "(": ")", "「": "」", "『": "』", "《": "》", "“": "”", "【": "】", "〈": "〉", "[": "]"}
_BRACKETS = re.compile("[" + re.escape("".join([*_PAIRS, *_PAIRS.values()])) + "]")
_CLAUSE = re.compile(r"[，、。；：！？]|[,;:.](?=\s|[^\x00-\x7f]|$)")
_NO_LETTER = re.compile(r"[\W_]+")
_BOXED = re.compile(r"[<＜〈【〔［\[][^<>＜＞〈〉【】〔〕［］\[\]]{1,60}[>＞〉】〕］\]]")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_LIST_END = re.compile(r"[；;：:]$")
_PAGE_NUMBERS = re.compile(
    r"[-–—－•]+\s*\d{1,4}\s*[-–—－•]+|第\s*\d{1,4}\s*(?:页|頁|ページ)(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*(?:页|頁|ページ))?|共\s*\d{1,4}\s*[页頁]\s*[,，]?\s*第\s*\d{1,4}\s*[页頁]"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-–—]\s*[ivxlc]{1,6}\s*[-–—]|\d{1,4}\s*ページ",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和)\s*(?:元|\d{1,2})|(?:19|20|１９|２０)[0-9０-９]{2})\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|(?:19|20)\d{2}[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
)


def shape_of(text: str) -> Shape:
    """Tell how a line is marked at its beginning.

    Args:
        text: The line without indentation.

    Returns:
        Its mark; of several in a row (``- ①``) the style of the last and the length of all.

    Source:
        Ours; sections are numbered after GB/T 1.1-2020 and JIS Z 8301, lists as Markdown writes them.
    """
    if label_of(text) is not None:
        return Shape(Style.LABEL, 0, "label")
    if _BOXED.fullmatch(text):
        return Shape(Style.HEADING, 1, "box")
    if _IMAGE.fullmatch(text):
        return Shape(Style.CAPTION, 0, "image")
    if (caption := _CAPTION.match(text)) and not text.startswith(tuple(layout_words()["no_caption"]), caption.end()):
        return Shape(Style.CAPTION, caption.end(), "caption")
    found, at = _PLAIN, 0
    for _ in range(3):
        shape = _mark(text, at)
        if shape is _PLAIN or (shape.weak and at and shape.form in {"bare", "entry"}):
            break
        found = Shape(shape.style, shape.length, found.form + shape.form, found.weak if at else shape.weak)
        at = shape.length
        if shape.form not in {"bullet", "hash"}:
            break
    return found


def _mark(text: str, at: int) -> Shape:
    """Find one mark at ``at``; its length counts from the beginning of the line."""
    for form, pattern, style, weak in _FORMS if _MAY_MARK.match(text, at) else ():
        match = pattern.match(text, at)
        if match is None:
            continue
        if style in {Style.HEADING, Style.NUMBER} and form != "hash" and not _is_mark(text, match, form):
            continue
        return Shape(style, match.end(), form, weak)
    return _PLAIN


def _is_mark(text: str, match: re.Match[str], form: str) -> bool:
    """Tell a number that orders from one that counts, dates or is spoken of."""
    rest = text[match.end() :]
    if not rest or (not match[0][-1:].isspace() and _SPOKEN_OF.match(rest)):
        return False
    if (
        form in {"level", "bare"}
        and rest[0] in layout_words()["units"]
        and not rest.startswith(tuple(layout_words()["no_units"]))
    ):
        return False
    return form not in {"bare", "chapter"} or (
        width(text) <= MAX_HEADING and not ends_sentence(text) and not _UNFINISHED.search(text)
    )


def label_of(text: str) -> re.Match[str] | None:
    """Find a label such as ``Abstract:`` or ``【摘要】`` at the beginning of a text, or alone.

    Args:
        text: A line or a paragraph.

    Returns:
        A match over the label and what separates it from the text; its group ``boxed`` or ``plain`` is the word.

    Source:
        The words are ours.
    """
    return _label().match(text)


@cache
def _label() -> re.Pattern[str]:
    """Return a pattern for a label at the beginning of a paragraph, or alone."""
    names = sorted(layout_words()["labels"], key=len, reverse=True)
    spelled = "|".join(_spelled(name) for name in names)
    opening, closing = r"[【\[［〈<＜「『（(]", r"[】\]］〉>＞」』）)]"
    behind = r"(?:\s*[:：﹕—–]|\.(?=\s)|[^\S\r\n]{2}|\u3000|\s*$)"
    return re.compile(
        rf"\s*(?:{opening}\s*(?P<boxed>{spelled})\s*{closing}\s*[:：]?|(?P<plain>{spelled}){behind})\s*", re.IGNORECASE
    )


def _spelled(name: str) -> str:
    """Return a pattern for a label, its characters spaced or not."""
    if name.isascii():
        return r"\s+".join(re.escape(word) for word in name.split())
    return r"\s*".join(map(re.escape, name))


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with a stop, closing marks and a reference mark behind it allowed."""
    tail = text[-60:]
    return _STOP.search(tail) is not None or _NAME_STOP.search(tail) is not None


def is_unfinished(text: str) -> bool:
    """Tell whether a line ends with a mark or a word behind which a sentence goes on."""
    tail = text[-10:]
    if _UNFINISHED.search(tail):
        return True
    if word := _LAST_WORD.search(tail):
        return word[1] in layout_words()["unfinished_words"]
    words = layout_words()
    may_go_on = len(text) > MIN_WORDED and text.endswith(tuple(words["unfinished_ends"]))
    return may_go_on and not text.endswith(tuple(words["finished_ends"]))


def ends_item(text: str) -> bool:
    """Tell whether a line ends as an item of a list does, or as the line above a list."""
    return _LIST_END.search(text) is not None


def starts_inside(text: str) -> bool:
    """Tell whether a line begins with a mark that no sentence begins with."""
    return text in _CLOSERS or (_INSIDE.match(text) is not None and not _BOXED.fullmatch(text))


def starts_anew(text: str) -> bool:
    """Tell whether a line begins with a word that begins a sentence."""
    return text.startswith(tuple(layout_words()["starters"]))


def goes_on(text: str) -> bool:
    """Tell whether a line begins with a particle or an ending, which belongs to the word before."""
    return text.startswith(tuple(layout_words()["continuations"]))


def opens_bracket(text: str) -> str:
    """Return the mark that would close the bracket or quotation that ``text`` leaves open; empty for none."""
    stack: list[str] = []
    for match in _BRACKETS.finditer(text):
        char = match[0]
        if char in _PAIRS:
            stack.append(_PAIRS[char])
        elif char in stack:
            del stack[stack.index(char) :]
    return stack[-1] if stack else ""


def is_prose(text: str) -> bool:
    """Tell whether a line is running text: long, with a mark between its clauses."""
    return width(text) >= MIN_PROSE and _CLAUSE.search(text) is not None


def ends_clause(text: str) -> bool:
    """Tell whether a line ends with a comma or an opening bracket."""
    return _OPEN_CLAUSE.search(text) is not None


def has_clause(text: str) -> bool:
    """Tell whether a mark between clauses stands in the line."""
    return _CLAUSE.search(text) is not None


def is_rule(text: str) -> bool:
    """Tell whether a line is only marks: a rule, an ornament."""
    return (
        _NO_LETTER.fullmatch(text) is not None
        and text not in _CLOSERS
        and not (_INSIDE.match(text) and re.match(f"[{CJK_MARKS}”’)]", text))
    )


def is_page_number(text: str) -> bool:
    """Tell whether a line is shaped like a page number; a bare number is not."""
    return _PAGE_NUMBERS.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Tell whether a text is a date and nothing else."""
    return _DATE.fullmatch(text) is not None
