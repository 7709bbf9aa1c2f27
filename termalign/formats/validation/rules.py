"""The names of the rules, what they say, how much they matter, and which schema states them."""

from __future__ import annotations

from dataclasses import dataclass

from termalign.model import FindingSeverity

__all__ = ["RULES", "RuleInfo"]

ERROR, WARNING, INFO = FindingSeverity


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule.

    Args:
        severity: How much a breach matters.
        text: What the rule asks for, in one sentence.
        schemas: The schemas that state it too, by the kind of their language: ``dtd``, ``xsd``, ``rng``, ``sch``; none
            for a rule that no schema states.
    """

    severity: FindingSeverity
    text: str
    schemas: frozenset[str] = frozenset()


_TMX, _TBX = frozenset({"dtd", "xsd"}), frozenset({"rng"})
_XSD, _DIALECT = frozenset({"xsd"}), frozenset({"sch"})

RULES: dict[str, RuleInfo] = {
    "well-formed": RuleInfo(ERROR, "The file is well-formed XML in the encoding it declares.", _TMX | _TBX | _DIALECT),
    "too-many-findings": RuleInfo(ERROR, "Further findings are not listed."),
    "language-tag": RuleInfo(ERROR, "Language tags are registered BCP 47 tags."),
    "language-tag-case": RuleInfo(WARNING, "Language tags are written in the case that BCP 47 recommends."),
    "tmx-element": RuleInfo(ERROR, "Elements stand where TMX 1.4 allows them.", _TMX),
    "tmx-missing-element": RuleInfo(ERROR, "Elements that TMX 1.4 requires are there.", _TMX),
    "tmx-text": RuleInfo(ERROR, "Text stands only where TMX 1.4 allows it.", _TMX),
    "tmx-attribute": RuleInfo(ERROR, "Attributes are those that TMX 1.4 has.", _TMX),
    "tmx-required-attribute": RuleInfo(ERROR, "Attributes that TMX 1.4 requires are there.", _TMX),
    "tmx-value": RuleInfo(ERROR, "Attributes have the values that TMX 1.4 allows.", _TMX),
    "tmx-old-lang": RuleInfo(ERROR, "A variant names its language in xml:lang; lang is of TMX 1.1.", _XSD),
    "tmx-language-form": RuleInfo(ERROR, "xml:lang has the form of a language tag.", _XSD),
    "tmx-date": RuleInfo(ERROR, "Dates are written YYYYMMDDThhmmssZ."),
    "tmx-source-language": RuleInfo(ERROR, "Every unit has a variant in the source language, unless that is *all*."),
    "tmx-usage-count": RuleInfo(ERROR, "usagecount is a number."),
    "tmx-pairing": RuleInfo(ERROR, "Every bpt has one ept after it, both with the same unique number i."),
    "tmx-matching": RuleInfo(ERROR, "x is a number, unique in its segment, and the same in all variants of a unit."),
    "tmx-empty-segment": RuleInfo(WARNING, "A segment has text; importers drop a unit with an empty side."),
    "tmx-duplicate-id": RuleInfo(WARNING, "Every tuid stands once."),
    "tmx-one-side": RuleInfo(WARNING, "A unit has variants in at least two languages."),
    "tbx-element": RuleInfo(ERROR, "Elements stand where TBX allows them.", _TBX),
    "tbx-missing-element": RuleInfo(ERROR, "Elements that TBX requires are there.", _TBX),
    "tbx-text": RuleInfo(ERROR, "Text stands only where TBX allows it.", _TBX),
    "tbx-attribute": RuleInfo(ERROR, "Attributes are those that TBX has.", _TBX),
    "tbx-required-attribute": RuleInfo(ERROR, "Attributes that TBX requires are there.", _TBX),
    "tbx-value": RuleInfo(ERROR, "Attributes and dates have values of the form that TBX asks for.", _TBX),
    "tbx-duplicate-id": RuleInfo(ERROR, "Every id stands once.", _TBX),
    "tbx-dangling-reference": RuleInfo(ERROR, "A reference points to an id in the file.", _TBX),
    "tbx-dialect": RuleInfo(
        WARNING, "The dialect is a public one, so that its data categories can be checked.", _DIALECT
    ),
    "tbx-style": RuleInfo(ERROR, "Data categories are written in the style that the root declares.", _DIALECT),
    "tbx-category": RuleInfo(ERROR, "Data categories are those of the dialect.", _DIALECT),
    "tbx-level": RuleInfo(ERROR, "Data categories stand at their levels.", _DIALECT),
    "tbx-category-value": RuleInfo(ERROR, "Data categories have values of their picklists.", _DIALECT),
    "tbx-category-content": RuleInfo(
        ERROR, "A data category in DCT style has the content its module gives it.", _DIALECT
    ),
    "tbx-target": RuleInfo(ERROR, "A target is an id in the file or an address that begins with http.", _DIALECT),
    "tbx-inline": RuleInfo(ERROR, "Inline codes sc and ec say whether their other half is there.", _DIALECT),
    "tbx-group-bug": RuleInfo(ERROR, "The schemas of the modules refuse this group around this category.", _DIALECT),
    "tbx-misplaced": RuleInfo(WARNING, "A data category in DCT style stands at a level that only its text forbids."),
    "tbx-note-category": RuleInfo(WARNING, "Categories of adminNote and descripNote are those of the dialect."),
    "tbx-transaction-value": RuleInfo(ERROR, "A transaction is an origination or a modification."),
    "tbx-duplicate-language": RuleInfo(ERROR, "An entry has one section for each language."),
    "tbx-duplicate-term": RuleInfo(WARNING, "A language section has each term once."),
    "tbx-two-preferred": RuleInfo(WARNING, "A language section has at most one preferred term."),
    "tbx-empty-term": RuleInfo(ERROR, "A term has text."),
    "tbx-blanks": RuleInfo(WARNING, "A term has no blanks or line ends around it."),
    "tbx-external-target": RuleInfo(WARNING, "An external reference is an address that begins with http."),
}
