"""Findings as SARIF 2.1.0, which editors and code hosts show beside the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from termalign.formats.validation.rules import RULES
from termalign.model import VERSION, FindingSeverity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termalign.model import FileFinding

__all__ = ["sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {FindingSeverity.ERROR: "error", FindingSeverity.WARNING: "warning", FindingSeverity.INFO: "note"}


def sarif(findings: Iterable[FileFinding]) -> dict[str, Any]:
    """Make a SARIF log.

    Args:
        findings: In their order.

    Returns:
        A JSON object with one run; its rules are all that there are, so that a rule keeps its index.

    Source:
        SARIF 2.1.0 (OASIS Standard incorporating Approved Errata 01), sections 3.13, 3.14, 3.27, 3.30 and 3.49.
    """
    rules = [
        {
            "id": name,
            "shortDescription": {"text": info.text},
            "defaultConfiguration": {"level": _LEVELS[info.severity]},
        }
        for name, info in RULES.items()
    ]
    indices = {name: number for number, name in enumerate(RULES)}
    driver = {"name": "termalign", "version": VERSION, "rules": rules}
    results = [_result(one, indices[one.rule]) for one in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: FileFinding, index: int) -> dict[str, Any]:
    """Return one result."""
    region = {"startLine": finding.line} | ({"startColumn": finding.column} if finding.column else {})
    artifact = {"uri": quote(finding.file.replace("\\", "/"))}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}; {finding.fix}"},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
