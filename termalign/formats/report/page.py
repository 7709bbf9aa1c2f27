"""The page as a whole: head, sections, and the policy that keeps script out."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, BinaryIO

from termalign.formats.report.concepts import anchors, cards, controls, in_order, left_out
from termalign.formats.report.data import MAX_CONCEPTS
from termalign.formats.report.labels import part
from termalign.formats.report.markup import EMPTY, Html, element, escape, join
from termalign.formats.report.summary import summary
from termalign.formats.report.tables import abstained, documents, policies, settings, skipped, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.formats.report.data import ReportData

__all__ = ["write_report"]

_BODY = "<!-- sections -->"


def write_report(data: ReportData, file: BinaryIO) -> None:
    """Write the page for people.

    Args:
        data: What it shows.
        file: Where to; the caller opens and replaces it. UTF-8, one self-contained HTML file, the same bytes for the same
            data, with no script but its own: a Content-Security-Policy names the hashes of its style and its script.

    Source:
        Content Security Policy Level 3, section 4.2.3 (hashes of inline elements); the page is ours.
    """
    style, script = part("style.css"), part("script.js")
    before, _, after = part("page.html").partition(_BODY)
    values = {
        "policy": f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'",
        "version": escape(data.version),
        "style": style,
        "script": script,
    }
    for chunk in (_filled(before, values), *_sections(data), _filled(after, values)):
        file.write(chunk.encode("utf-8"))


def _sections(data: ReportData) -> Iterator[str]:
    """Write the sections one after the other, so that a large page is never held as a whole."""
    concepts = in_order(data.concepts)
    shown, links = concepts[:MAX_CONCEPTS], anchors(concepts[:MAX_CONCEPTS])
    parts = (
        ("summary", "Summary", None),
        ("concepts", "Concepts", len(concepts)),
        ("documents", "By document", len(data.documents)),
        ("units", "Parallel sentences", len(data.units)),
        ("abstained", "Left alone", len(data.abstained)),
        ("policies", "Policies", len(data.policies)),
        ("skipped", "Skipped inputs", len(data.skipped)),
        ("settings", "Settings", None),
    )
    titles = {name: title for name, title, _ in parts}
    yield _navigation(parts)
    yield _section("summary", titles, summary(data))
    yield from _concepts(data, titles, shown, links)
    yield _section("documents", titles, documents(data, shown, links))
    yield _section("units", titles, units(data))
    yield _section("abstained", titles, abstained(data.abstained))
    yield _section("policies", titles, policies(data))
    yield _section("skipped", titles, skipped(data.skipped))
    yield _section("settings", titles, settings(data.settings, data.version))
