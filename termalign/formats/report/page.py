"""The page as a whole: head, sections, and the policy that keeps script out."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from termalign.formats.report.concepts import anchors, cards, controls, in_order
from termalign.formats.report.labels import part
from termalign.formats.report.markup import EMPTY, Html, element, escape_attribute, left_out
from termalign.formats.report.summary import summary
from termalign.formats.report.tables import abstained, documents, policies, settings, skipped, units
from termalign.formats.report.trust import calibration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termalign.formats.report.data import ReportData
    from termalign.model import Concept

__all__ = ["write_report"]

_BODY = "<!-- sections -->"
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def write_report(data: ReportData, file: BinaryIO) -> None:
    """Write the page for people.

    Args:
        data: What it shows.
        file: Where to; the caller opens and replaces it. UTF-8, one self-contained HTML file, the same bytes for the same
            data, with no script but its own: a Content-Security-Policy names the hashes of its style and its script.

    Source:
        Content Security Policy Level 3, section 2.3.1 (hash sources); the page is ours.
    """
    style, script = part("style.css"), part("script.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    values = {"policy": policy, "version": escape_attribute(data.version), "style": style, "script": script}
    before, _, after = part("page.html").partition(_BODY)
    chunks = chain([_filled(before, values)], _sections(data), [_filled(after, values)])
    file.writelines(chunk.encode("utf-8") for chunk in chunks)


def _sections(data: ReportData) -> Iterator[str]:
    """Write the sections one after the other, so that a large page is never held as a whole."""
    concepts = in_order(data.concepts, data.gains)[: data.max_concepts]
    links = anchors(concepts)
    parts: tuple[tuple[str, int | None, Iterable[Html]], ...] = (
        ("Summary", None, (summary(data),)),
        ("Concepts", len(data.concepts), _concepts(data, concepts, links)),
        ("By document", len(data.documents), (documents(data, concepts, links),)),
        ("Parallel sentences", data.all_units, (units(data),)),
        ("Left alone", len(data.abstained), (abstained(data.abstained),)),
        ("Policies", len(data.policies), (policies(data),)),
        ("Calibration", None, (calibration(data),)),
        ("Skipped inputs", len(data.skipped), (skipped(data.skipped),)),
        ("Settings", None, (settings(data.settings, data.version),)),
    )
    yield _navigation([(title, n) for title, n, _ in parts])
    yield "<main>\n"
    for title, _, content in parts:
        yield f'<section id="{_name(title)}" aria-labelledby="{_name(title)}-title">\n'
        yield element("h2", title, id=f"{_name(title)}-title")
        for chunk in content:
            yield f"{chunk}\n"
        yield "</section>\n"
    yield "</main>\n"


def _concepts(data: ReportData, concepts: Sequence[Concept], links: Sequence[str]) -> Iterator[Html]:
    """Write the section of concepts."""
    if not concepts:
        yield element("p", "No concept was found.", class_="none")
        return
    yield controls(concepts)
    yield left_out(len(data.concepts), len(concepts), "concept", "glossary.jsonl") or EMPTY
    yield Html('<div id="concept-list">')
    yield from cards(data, concepts, links)
    yield Html("</div>")


def _navigation(titles: Sequence[tuple[str, int | None]]) -> Html:
    """Write the links to the sections."""
    links = [
        element("a", title, None if n is None else element("small", f" {n:,}"), href=f"#{_name(title)}")
        for title, n in titles
    ]
    return element("nav", *links, aria_label="Sections")


def _name(title: str) -> str:
    """Name a section by its title; no anchor of a concept can be the same, they begin with ``c-``."""
    return title.lower().replace(" ", "-")


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Fill the slots of the page, all at once: a value that looks like a slot is none."""
    return _SLOT.sub(lambda found: values[found[1]], template)


def _hash(inline: str) -> str:
    """Return the hash source of an inline element."""
    digest = hashlib.sha256(inline.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
