"""Make ``termalign/data/fold.tsv``, ``fold_loss.tsv`` and ``simplify.tsv`` from Unicode, OpenCC and ``fold_rules.toml``.

    python scripts/make_fold_table.py            write the tables
    python scripts/make_fold_table.py --check    compare them with what is checked in; exit 1 where they differ

A row of a table is ``han<TAB>from<TAB>to`` (characters, one to one), ``move<TAB>first-last<TAB>distance`` (code points in
hexadecimal, and how far they move), ``text<TAB>code point<TAB>what it becomes`` or ``drop<TAB>first-last``. In
``fold_loss.tsv`` it is ``groups<TAB>character of the key<TAB>group<TAB>group...`` (the characters that write one word, the
traditional one first) or ``stands<TAB>tag<TAB>character<TAB>first characters of the groups that it is written for``.
"""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import opencc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "termalign" / "data"
VERSION = 2
CONFIGS = ("t2s", "jp2t", "tw2t", "hk2t", "t2jp", "t2tw", "t2hk", "s2t")
IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
RADICALS = range(0x2E80, 0x2FE0)
SURROGATES = range(0xD800, 0xE000)
KANA = range(0x3040, 0x3100)
HANGUL = range(0xAC00, 0xD7A4)
TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F5), 0x30F5, 0x30F6, 0x30FD, 0x30FE)}
# A mark without its kana: it must not join the kana before it when the key is folded again.
LONE_VOICED = {
    0x3099: "\u309b",
    0x309A: "\u309c",
    0x309B: "\u309b",
    0x309C: "\u309c",
    0xFF9E: "\u309b",
    0xFF9F: "\u309c",
}
# Default_Ignorable_Code_Point without category Cf; and the noncharacter that pdfium writes for a hyphen at a line end.
IGNORABLE = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0, 0xFFFE} | {
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
}
N_ROW = 60  # characters in a ``han`` row


@cache
def rules() -> dict[str, Any]:
    """Read what we add."""
    return tomllib.loads((ROOT / "scripts" / "fold_rules.toml").read_text(encoding="utf-8"))


def pairs(table: str, key: str) -> list[tuple[str, str]]:
    """Read pairs of characters."""
    return [(pair[0], pair[1]) for pair in rules()[table][key].split()]


def is_simplified(character: str) -> bool:
    """Tell whether GB 2312 has the character."""
    return len(character.encode("gb2312", "ignore")) > 0


@cache
def ideographs() -> tuple[str, ...]:
    """List every assigned ideograph that is no compatibility character."""
    codes = (code for block in IDEOGRAPHS for code in block)
    return tuple(chr(code) for code in codes if unicodedata.category(chr(code)) == "Lo")


@cache
def steps(config: str) -> dict[str, str]:
    """Convert every ideograph by one OpenCC configuration, each on a line of its own so that no phrase rule applies."""
    converted = opencc.OpenCC(config).convert("\n".join(ideographs())).split("\n")
    changed = {left: right for left, right in zip(ideographs(), converted, strict=True) if left != right}
    return {left: right for left, right in changed.items() if len(right) == 1}


class Classes:
    """Equivalence classes of characters, grown by merging."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, character: str) -> str:
        """Find the root of a character's class."""
        while (up := self.parent.get(character, character)) != character:
            character = up
        return character

    def merge(self, left: str, right: str) -> None:
        """Hold two characters equal."""
        self.parent[max(self.find(left), self.find(right))] = min(self.find(left), self.find(right))

    def members(self) -> list[list[str]]:
        """List the classes with more than one member, in code point order."""
        classes = defaultdict(set)
        for character in sorted({*self.parent, *self.parent.values()}):
            classes[self.find(character)].add(character)
        return [sorted(members) for _, members in sorted(classes.items()) if len(members) > 1]


def representative(members: list[str]) -> str:
    """Choose the character that stands for a class: preferred, else in GB 2312, else what most members convert to."""
    to_simplified = steps("t2s")
    votes = Counter(to_simplified.get(member, member) for member in members)
    preferred = rules()["han"]["prefer"].split()
    return min(
        (member for member in members if member not in to_simplified),
        key=lambda member: (member not in preferred, not is_simplified(member), -votes[member], member),
        default=members[0],
    )


@cache
def links() -> dict[frozenset[str], str]:
    """List the pairs of characters that are held equal, each with the table that says so."""
    apart = {frozenset(pair) for pair in pairs("han", "exclude")}
    found = {frozenset(pair): "fold_rules.toml variants" for pair in pairs("han", "variants")}
    found |= {frozenset(step): f"OpenCC {config}" for config in reversed(CONFIGS) for step in steps(config).items()}
    return {pair: reason for pair, reason in found.items() if pair not in apart}


@cache
def han_table() -> dict[str, str]:
    """Map every Han character to the one that stands for its class."""
    classes = Classes()
    for left, right in map(sorted, links()):
        classes.merge(left, right)
    table = {member: representative(members) for members in classes.members() for member in members}
    for code in RADICALS:
        plain = dict(pairs("han", "radicals")).get(chr(code), unicodedata.normalize("NFKC", chr(code)))
        table[chr(code)] = table.get(plain, plain)
    return {left: right for left, right in table.items() if left != right}


def is_dropped(character: str) -> bool:
    """Tell whether the key leaves the character out."""
    lists = rules()["drop"]
    if character in lists["keep"]:
        return False
    listed = any(character in lists[key] for key in ("middle_dots", "dashes", "quotation", "registration"))
    category = unicodedata.category(character)
    # Arabic number signs and the like are format characters that are seen (Prepended_Concatenation_Mark).
    seen = category == "Cf" and unicodedata.bidirectional(character) in ("AN", "AL")
    ignored = category in ("Cc", "Cf", "Zs", "Zl", "Zp", "Pd", "Pi", "Pf") and not seen
    return listed or ignored or character.isspace() or ord(character) in IGNORABLE


def decompose(text: str) -> str:
    """Decompose by compatibility; kana and Hangul stay composed, so that a key has a character for each of theirs."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(
        character if ord(character) in KANA or ord(character) in HANGUL else unicodedata.normalize("NFKD", character)
        for character in composed
    )


@cache
def same() -> dict[str, str]:
    """Map signs and kana that are one."""
    return dict(pairs("same", "pairs")) | dict(pairs("same", "v_row"))


def fold_character(character: str) -> str:
    """Fold one raw character, from first principles."""
    if ord(character) in LONE_VOICED:
        return LONE_VOICED[ord(character)]
    if character in "™℠":
        return ""
    text, before = character, ""
    while text != before:
        before = text
        text = "".join("" if is_dropped(one) else same().get(one, one) for one in text)
        text = "".join(han_table().get(one, one) for one in decompose(text)).casefold()
        text = text.translate(TO_HIRAGANA)
    return text


def fold_table() -> dict[str, str]:
    """Map every character that its own key differs from."""
    codes = (code for code in range(sys.maxunicode + 1) if code not in SURROGATES)
    assigned = (chr(code) for code in codes if unicodedata.category(chr(code)) != "Cn" or code in IGNORABLE)
    return {character: key for character in assigned if (key := fold_character(character)) != character}


def runs(codes: Iterable[int]) -> Iterator[str]:
    """Write code points as ranges."""
    for _, group in groupby(enumerate(sorted(codes)), key=lambda item: item[1] - item[0]):
        members = [code for _, code in group]
        yield f"{members[0]:04X}-{members[-1]:04X}"


def is_ideograph(text: str) -> bool:
    """Tell whether the text is one Han character or radical."""
    return len(text) == 1 and (ord(text) in RADICALS or text in set_of_ideographs())


@cache
def set_of_ideographs() -> frozenset[str]:
    """Hold the ideographs for fast look-up."""
    return frozenset(ideographs())


def rows(table: dict[str, str]) -> Iterator[str]:
    """Write a table's rows."""
    han = sorted(item for item in table.items() if all(is_ideograph(text) for text in item))
    for start in range(0, len(han), N_ROW):
        sides = zip(*han[start : start + N_ROW], strict=True)
        yield "\t".join(["han", *("".join(side) for side in sides)])
    moved = defaultdict(list)
    written = dict(han)
    for character, key in table.items():
        if len(key) == 1 and character not in written:
            moved[ord(key) - ord(character)].append(ord(character))
    yield from (f"move\t{run}\t{distance}" for distance, codes in sorted(moved.items()) for run in runs(codes))
    yield from (f"text\t{ord(one):04X}\t{key}" for one, key in sorted(table.items()) if len(key) > 1)
    yield from (f"drop\t{run}" for run in runs(ord(one) for one, key in table.items() if not key))


def render(lines: Iterable[str]) -> str:
    """Write a table with its header."""
    made = f"opencc {opencc.__version__}; unicode {unicodedata.unidata_version}"
    return "\n".join([f"# table {VERSION}; {made}; scripts/make_fold_table.py", *lines, ""])


@cache
def merged() -> dict[str, list[list[str]]]:
    """List the groups of the classes that unite different words, by the character of the key, every member in its place."""
    table = han_table()
    found: dict[str, list[list[str]]] = {}
    for row in rules()["merged"]["groups"].split():
        groups = [list(group) for group in row.split("/")]
        (key,) = {table.get(one, one) for group in groups for one in group}
        found[key] = groups
    written = {one.partition(":")[0] for stands in rules()["merged"]["stands"].values() for one in stands.split()}
    for member in sorted(one for one, key in table.items() if key in found and ord(one) not in RADICALS):
        groups = found[table[member]]
        if not any(member in group for group in groups) and member not in written:
            near(member, groups).append(member)
    return found


def near(member: str, groups: list[list[str]]) -> list[str]:
    """Find the one group that a variant is held equal to by a step of its own."""
    plain = [group for group in groups if unicodedata.normalize("NFKC", member) in group]
    beside = plain or [group for group in groups if any(frozenset((member, one)) in links() for one in group)]
    if len(beside) != 1:
        raise SystemExit(f"fold_rules.toml: put {member} into one of the groups {groups}")
    return beside[0]


def loss_rows() -> Iterator[str]:
    """Write the rows of ``fold_loss.tsv``."""
    table = han_table()
    for key, groups in sorted(merged().items()):
        yield "\t".join(["groups", key, *map("".join, groups)])
    for tag, stands in rules()["merged"]["stands"].items():
        for one in stands.split():
            character, _, heads = one.partition(":")
            every = "".join(group[0] for group in merged()[table.get(character, character)])
            yield "\t".join(["stands", tag, character, heads or every])


def tables() -> dict[str, str]:
    """Render the tables by file name."""
    to_simplified = {left: right for left, right in steps("t2s").items() if len(right) == 1}
    texts = {"fold.tsv": rows(fold_table()), "fold_loss.tsv": loss_rows(), "simplify.tsv": rows(to_simplified)}
    return {name: render(lines) for name, lines in texts.items()}


def main(arguments: list[str]) -> int:
    """Write or compare the tables."""
    stale = 0
    for name, text in tables().items():
        path = DATA / name
        if "--check" in arguments:
            same_bytes = path.exists() and path.read_bytes() == text.encode("utf-8")
            stale += not same_bytes
            print(f"{path.relative_to(ROOT)}: {'as made' if same_bytes else 'differs'}")
        else:
            path.write_bytes(text.encode("utf-8"))
            print(f"{path.relative_to(ROOT)}: {len(text.splitlines())} rows")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
