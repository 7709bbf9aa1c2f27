"""The published schemas as oracles: DTD, XML Schema and RELAX NG by lxml, Schematron by Saxon."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

SCH = "{http://purl.oclc.org/dsdl/schematron}"
TBX = "urn:iso:std:iso:30042:ed-2"
MODULES = {
    "http://www.tbxinfo.net/ns/min": "Min.rng",
    "http://www.tbxinfo.net/ns/basic": "Basic.rng",
    "http://www.tbxinfo.net/ns/linguist": "Linguist.rng",
}


def stylesheet(path: Path) -> str:
    """Turn Schematron into XSLT: a mode for each pattern, in which the first rule that fits a node wins."""
    root = etree.parse(str(path)).getroot()
    spaces = "".join(f' xmlns:{ns.get("prefix")}="{ns.get("uri")}"' for ns in root.iter(f"{SCH}ns"))
    modes, templates = [], []
    for number, pattern in enumerate(root.iter(f"{SCH}pattern")):
        mode = f"p{number}"
        modes.append(f'<xsl:apply-templates select="/" mode="{mode}"/>')
        templates.append(f'<xsl:mode name="{mode}" on-no-match="shallow-skip"/>')
        templates.append(f'<xsl:template match="/" mode="{mode}"><xsl:apply-templates mode="{mode}"/></xsl:template>')
        templates.append(
            f'<xsl:template match="*" mode="{mode}" priority="-9"><xsl:apply-templates select="@*|*" mode="{mode}"/></xsl:template>'
        )
        for rank, rule in enumerate(pattern.iter(f"{SCH}rule")):
            tests = [one.get("test") or "" for one in rule.iter(f"{SCH}assert")]
            checks = "".join(f'<xsl:if test="not({escaped(test)})"><f>{escaped(test)}</f></xsl:if>' for test in tests)
            templates.append(
                f'<xsl:template match="{escaped(rule.get("context") or "")}" mode="{mode}" priority="{1000 - rank}">'
                f'{checks}<xsl:apply-templates select="@*|*" mode="{mode}"/></xsl:template>'
            )
    return (
        f'<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"{spaces}>'
        f'<xsl:template match="/"><r>{"".join(modes)}</r></xsl:template>{"".join(templates)}</xsl:stylesheet>'
    )


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


class Schemas:
    """The schemas in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        saxon = pytest.importorskip("saxonche", reason="Schematron needs saxonche")
        self._processor: Any = saxon.PySaxonProcessor(license=False)
        self.dtd = etree.DTD(str(folder / "tmx14.dtd"))
        self.xsd = etree.XMLSchema(etree.parse(str(folder / "tmx14.xsd")))
        self.rng = etree.RelaxNG(etree.parse(str(folder / "TBXcoreStructV03.rng")))
        self._compiled: dict[str, Any] = {}

    @cache  # noqa: B019 - lives as long as the test session
    def module(self, name: str) -> etree.RelaxNG:
        # Alone, an element of a module has no ids around it to refer to: what is left is the form of the reference.
        text = (self.folder / name).read_text(encoding="utf-8").replace('type="IDREF"', 'type="NCName"')
        return etree.RelaxNG(etree.fromstring(text.encode()))

    def schematron(self, name: str, root: etree._Element) -> bool:
        """Whether a tree passes a Schematron file."""
        if name not in self._compiled:
            compiler = self._processor.new_xslt30_processor()
            self._compiled[name] = compiler.compile_stylesheet(stylesheet_text=stylesheet(self.folder / name))
        node = self._processor.parse_xml(xml_text=etree.tostring(root, encoding="unicode"))
        return "<f>" not in str(self._compiled[name].transform_to_string(xdm_node=node))

    def tmx(self, root: etree._Element) -> dict[str, bool]:
        return {"dtd": self.dtd.validate(root), "xsd": self.xsd.validate(root)}

    def tbx(self, root: etree._Element) -> dict[str, bool]:
        """The core structure, and the dialect with its modules."""
        raw = etree.tostring(root)
        is_dct = root.get("style") == "dct"
        names = ["TBX-Basic_DCT.sch", "Basic.sch", "Min.sch"] if is_dct else ["TBX-Basic_DCA.sch"]
        sch = all(self.schematron(name, root) for name in names)
        if is_dct:
            sch = sch and all(self._fits_module(node) for node in root.iter("{*}*") if namespace(node) != TBX)
        return {"rng": self.rng.validate(etree.fromstring(raw)), "sch": sch}

    def _fits_module(self, node: etree._Element) -> bool:
        name = MODULES.get(namespace(node))
        if name is None or name == "Linguist.rng":
            return False
        return bool(self.module(name).validate(etree.fromstring(etree.tostring(node, with_tail=False))))


def namespace(node: etree._Element) -> str:
    return etree.QName(node).namespace or ""
