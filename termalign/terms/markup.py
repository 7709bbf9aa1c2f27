"""Code and markup in running text: identifiers, options, addresses, placeholders, residue of markup. None of it is a term."""

from __future__ import annotations

import re

from termalign.languages.characters import has_cjk

__all__ = ["code_spans", "is_identifier"]

MAX_CODE = 200  # code points between two backticks; what is longer is a lost backtick
# Without one of these there is nothing to look for.
_TRIGGER = re.compile(r"[`<{%$\\@]|\(\)|\]\(|\[!|=[\"']|(?<!\w)[-/~.][A-Za-z/.\-]|[A-Za-z]/")
_SPAN = re.compile(
    rf"""
      (?: :[a-z][a-z0-9:+.\-]{{0,40}}: )? (?P<ticks>`{{1,3}})[^`]{{1,{MAX_CODE}}}(?P=ticks)(?!`)   # :func:`open`, ``None``
    | </?[A-Za-z][^<>]{{0,{MAX_CODE}}}>                        # <div class="x">
    | (?<![A-Za-z\-])(?:![a-z]{{1,40}}\ {{1,4}})?[A-Za-z\-]{{1,40}}=(?:"[^"]{{0,{MAX_CODE}}}"|'[^']{{0,{MAX_CODE}}}')   # !div class="x"
    | (?<![\w.])@[A-Za-z][A-Za-z0-9_\-]*                       # @name
    | \[![A-Za-z][^\]\n]{{0,{MAX_CODE}}}\]                     # [!NOTE]
    | (?<=\])\([^()\s]{{1,{MAX_CODE}}}\)                       # [text](target)
    | \$\{{[^{{}}]{{0,80}}\}} | \{{[A-Za-z0-9_.!:\[\]<>=\-]{{0,80}}\}}   # ${{HOME}}, {{0}}, {{name!r:>10}}
    | %\([A-Za-z0-9_]{{1,80}}\)[\#0\- +]*[0-9]*(?:\.[0-9]+)?[a-zA-Z]    # %(name)s
    | %[\#0\-+]*[0-9]*(?:\.[0-9]+)?[sdifrxXcouegEG](?![A-Za-z0-9])      # %s, %05d
    | \\[A-Za-z]+(?:\{{[^{{}}]{{0,80}}\}})*                    # \ket{{0}}
    | (?<![A-Za-z0-9_.])[A-Za-z_][A-Za-z0-9_.]*\(\)                              # open()
    | (?<![\w\-])--?[A-Za-z][A-Za-z0-9\-]*(?:=\S+)?            # --verbose, -o
    | (?<![\w.])[~.]{{0,2}}/[A-Za-z0-9_.\-]+(?:/[A-Za-z0-9_.\-]*)+      # /usr/bin, ./configure/x
    | (?<![\w./\-])[a-z0-9_.\-]+(?:/[a-z0-9_.\-]+){{2,}}         # src/core/run.py
    """,
    re.VERBOSE,
)
_DOTTED = re.compile(r"[a-z_$][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}", re.ASCII)
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?")  # U.S, i.e


def code_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Find code and markup in a text.

    Args:
        text: A sentence.

    Returns:
        Start and end of each stretch, from left to right. What stands between backticks is code unless it is in Japanese or
        Chinese.

    Source:
        Ours, after the marks of reStructuredText, Markdown, HTML, LaTeX, printf and ``str.format``.

    >>> text = "Call open() with :opt:`-v` for %(name)s."
    >>> [text[start:end] for start, end in code_spans(text)]
    ['open()', ':opt:`-v`', '%(name)s']
    """
    if not _TRIGGER.search(text):
        return ()
    return tuple(found.span() for found in _SPAN.finditer(text) if not (found["ticks"] and has_cjk(found[0])))


def is_identifier(word: str) -> bool:
    """Tell whether a word is a name of program text, a file or an address.

    Args:
        word: A word as the tokenisers leave it.

    Returns:
        True for ``PyList_New``, ``os.path``, ``setup.py``, ``a@b.org`` and URLs; false for ``Node.js``, ``U.S.``, ``3.11``.

    Source:
        Ours.

    >>> [is_identifier(word) for word in ("PyList_New", "os.path", "Node.js", "Q-LEAP", "U.S.")]
    [True, True, False, False, False]
    """
    if "_" in word or "@" in word or "://" in word or word.startswith("www."):
        return True
    return "." in word and _DOTTED.fullmatch(word) is not None and not _INITIALS.fullmatch(word)
