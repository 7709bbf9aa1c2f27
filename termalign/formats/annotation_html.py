"""A text with the terms of a glossary marked: one page that needs nothing else, where pointing at a term shows its concept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from termalign.formats.report.markup import Html, element, escape, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.model import Annotation, TermSpan

__all__ = ["annotation_page"]

_STYLE = """
body { font: 1.05rem/1.9 system-ui, "Noto Sans CJK JP", "Hiragino Sans", "Microsoft YaHei", sans-serif; max-width: 50rem;
  margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
h1 { font-size: 1.1rem } main { white-space: pre-wrap; overflow-wrap: anywhere }
.term { position: relative; border-bottom: 2px solid #2a7; background: #2a71 }
.term.deprecated, .term.superseded { border-color: #c33; background: #c331 }
.note { display: none; position: absolute; left: 0; top: 1.7em; z-index: 1; width: max-content; max-width: 22rem; padding: .5rem .7rem;
  background: #fff; border: 1px solid #999; border-radius: .3rem; box-shadow: 0 2px 8px #0003; font-size: .85rem; line-height: 1.5;
  white-space: normal }
.term:hover .note, .term:focus .note { display: block }
.note b { font-weight: 600 } .note i { color: #666; font-style: normal }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } .note { background: #2b2b2b } }
"""


def annotation_page(annotation: Annotation) -> str:
    """Write a page.

    Args:
        annotation: A text and the terms in it.

    Returns:
        An HTML document without scripts; the text is all there, and nothing in it can become markup.

    Source:
        HTML Living Standard; the tooltips are style sheets alone.
    """
    name = annotation.document or "text"
    style = Html(f"<style>{_STYLE}</style>")
    head = join([Html('<meta charset="utf-8">'), element("title", f"{name}: terms"), style])
    n_spans = len({(span.start, span.end) for span in annotation.spans})
    title = element("h1", f"{name}: {n_spans} term{'' if n_spans == 1 else 's'}")
    body = element("body", title, element("main", join(_marked(annotation))))
    return f"<!DOCTYPE html>\n<html>{element('head', head)}{body}</html>\n"


def _marked(annotation: Annotation) -> Iterator[Html]:
    """Yield the text in pieces, terms among them."""
    done = 0
    for (start, end), spans in groupby(annotation.spans, key=lambda span: (span.start, span.end)):
        yield escape(annotation.text[done:start])
        yield _term(annotation.text[start:end], list(spans))
        done = end
    yield escape(annotation.text[done:])


def _term(text: str, spans: Sequence[TermSpan]) -> Html:
    """Mark a term, with a note on each concept that it stands for."""
    notes = [element("span", join(_note(span)), class_="note") for span in spans]
    return element(
        "span", text, *notes, class_=f"term {spans[0].designation.status.value}", tabindex=0, lang=spans[0].language
    )


def _note(span: TermSpan) -> Iterator[Html]:
    """Yield what is worth knowing of a concept: its names in all languages, what the name met is worth, its id."""
    for language, designations in span.concept.terms:
        names = " / ".join(
            one.text + ("" if one.status.value == "preferred" else f" ({one.status.value})") for one in designations
        )
        yield element("b", f"{language} ")
        yield element("span", names, lang=language)
        yield Html("<br>")
    yield element("i", f"{span.concept.status.value}, {span.designation.status.value} here, {span.concept.id}")
