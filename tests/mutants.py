"""Files that are nearly right: trees of XML changed in one to three places, the same ones for the same seed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
VALUES = [
    "", "1", "c1", "c9", "1a", "a b", " c1 ", "ja", "zh_CN", "zh-traditional1", "zh-Hans", "x-own", "-", "begin", "middle", "sentence",
    "word", "1.4", "1.4b", "dca", "dct", "TBX-Own", "noun", " noun", "preferredTerm-admn-sts", "preferred", "acronym", "initialism",
    "source", "context", "definition", "subjectField", "reading", "termType", "partOfSpeech", "administrativeStatus",
    "crossReference", "customerSubset", "externalCrossReference", "xGraphic", "transactionType", "responsibility",
    "https://example.org/x", "http://", "urn:a:b", "a%zz", "yes", "no", "bold", "blinking", "20261120T000000Z", "*all*",
]  # fmt: skip
TEXTS = [
    "", "noun", "2026-11-20", "2026-11-20T10:00:00Z", "2026-02-30", "20261120T000000Z", "preferred", "preferredTerm-admn-sts",
    "origination", "creation", "fullForm", " fullForm ", "量子",
]  # fmt: skip
NAMES = [
    "id", "type", "target", "lang", "i", "x", "pos", "segtype", "tuid", "o-tmf", "style", "isolated", "startRef", "note", XML_LANG,
    "version", "datatype", "changeid",
]  # fmt: skip


def mutant(root: etree._Element, random: Random) -> etree._Element:
    """A copy with one to three changes."""
    tree = copy.deepcopy(root)
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        nodes = list(tree.iter("{*}*"))
        change = random.choice(
            [
                rename,
                remove,
                unwrap,
                double,
                move,
                swap,
                set_value,
                set_value,
                set_attribute,
                drop_attribute,
                set_text,
                loose_text,
                graft,
            ]
        )
        change(random.choice(nodes), nodes, random)
    return tree


def rename(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    if node.getparent() is not None:  # the root says what a file is
        node.tag = random.choice(nodes).tag


def remove(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    del nodes, random
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def unwrap(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    """Put the children of an element into its place."""
    del nodes, random
    parent = node.getparent()
    if parent is not None:
        at = parent.index(node)
        for child in reversed(list(node)):
            parent.insert(at, child)
        parent.remove(node)


def double(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    del nodes, random
    if node.getparent() is not None:
        node.addnext(copy.deepcopy(node))


def move(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    """Put an element into another one, at any place."""
    target = random.choice(nodes)
    if node.getparent() is None or any(target is one for one in node.iter()):
        return
    target.insert(random.randint(0, len(target)), node)


def graft(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    """Copy an element into another one."""
    target = random.choice(nodes)
    if node.getparent() is not None:
        target.insert(random.randint(0, len(target)), copy.deepcopy(node))


def swap(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    del nodes, random
    sibling = node.getnext()
    if sibling is not None:
        sibling.addnext(node)


def set_value(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    del nodes
    names = [name for name in map(str, node.attrib) if not (node.getparent() is None and name == "type")]
    if names:
        node.set(random.choice(names), random.choice(VALUES))


def set_attribute(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    del nodes
    node.set(random.choice(NAMES) if node.getparent() is not None else "style", random.choice(VALUES))


def drop_attribute(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    del nodes
    if node.keys():
        del node.attrib[random.choice(node.keys())]


def set_text(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    del nodes
    node.text = random.choice(TEXTS)


def loose_text(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    del nodes
    node.tail = random.choice(["loose", "\n", " ", "量"]) if node.getparent() is not None else None
