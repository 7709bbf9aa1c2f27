"""SRX files as values, and what is wrong with them, each fault with its line."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from termalign.errors import DataError, DataErrors
from termalign.formats.srx import read_srx

if TYPE_CHECKING:
    from termalign.model import SrxRules

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" xmlns:x="urn:x" version="2.0">
<header segmentsubflows="yes" cascade="yes">
<formathandle type="start" include="no"/><formathandle type="end" include="yes"/><x:options trim="yes"/>
</header>
<body>
<languagerules>
<languagerule languagerulename="one">
<rule break="no"><beforebreak>\\bDr\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
<rule><beforebreak> \\. </beforebreak></rule>
</languagerule>
<languagerule languagerulename="two"/>
</languagerules>
<maprules>
<languagemap languagepattern="en.*" languagerulename="one"/>
<languagemap languagepattern=".*" languagerulename="two"/>
</maprules>
</body>
</srx>
"""


def read(text: str) -> SrxRules:
    return read_srx(io.BytesIO(text.encode()), name="a.srx")


def test_maps_hold_their_rules_in_order() -> None:
    rules = read(GOOD)
    assert rules.cascade
    assert [(one.pattern, len(one.rules), one.line) for one in rules.maps] == [("en.*", 2, 15), (".*", 0, 16)]
    keeping, breaking = rules.maps[0].rules
    assert (keeping.breaks, keeping.before, keeping.after, keeping.line) == (False, r"\bDr\.", r"\s", 9)
    assert (breaking.breaks, breaking.before, breaking.after) == (True, r" \. ", ""), "white space counts"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('version="2.0"', 'version="1.0"', 2, "'1.0'"),
        (' version="2.0"', "", 2, "without a version"),
        (' cascade="yes"', "", 3, "without cascade"),
        ('cascade="yes"', 'cascade="maybe"', 3, "'maybe'"),
        ('type="end"', 'type="stop"', 4, "'stop'"),
        ('break="no"', 'break="never"', 9, "'never'"),
        ('<languagerule languagerulename="one">', "<languagerule>", 8, "without a languagerulename"),
        ('languagerulename="two"/>\n</languagerules>', 'languagerulename="one"/>\n</languagerules>', 12, "a second"),
        ('"en.*" languagerulename="one"', '"en.*" languagerulename="three"', 15, "'three'"),
        ("</rule>\n<rule>", "<rule>", 10, "mismatched tag"),
        ("<body>", "<body>&x;", 6, " entity"),
        ("<srx", "<!DOCTYPE srx [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><srx", 2, "declares the entity"),
    ],
)
def test_a_fault_has_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    with pytest.raises((DataError, DataErrors)) as caught:
        read(GOOD.replace(old, new, 1))
    first = caught.value.exceptions[0] if isinstance(caught.value, DataErrors) else caught.value
    assert isinstance(first, DataError)
    assert (first.where.file, first.where.line) == ("a.srx", line)
    assert said in str(first)


def test_a_file_without_maps_is_refused() -> None:
    with pytest.raises(DataError, match="languagemap"):
        read('<srx version="2.0"><header cascade="no"/><body/></srx>')
    with pytest.raises(DataError, match="root element"):
        read("<tmx/>")
