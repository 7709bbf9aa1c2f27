"""Code and markup are no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.terms.markup import code_spans, is_identifier


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Call PyObject_Call() or os.getcwd().", ["PyObject_Call()", "os.getcwd()"]),
        ("Use --verbose or -o FILE.", ["--verbose", "-o"]),
        ("The file /usr/lib/python and ./a/b.", ["/usr/lib/python", "./a/b."]),
        ("src/core/run.py holds it.", ["src/core/run.py"]),
        ("See :func:`open` and ``None``.", [":func:`open`", "``None``"]),
        ("%(name)s has %d items, 35% of {0} and ${HOME}.", ["%(name)s", "%d", "{0}", "${HOME}"]),
        ('<div class="x">text</div> [!NOTE]', ['<div class="x">', "</div>", "[!NOTE]"]),
        ('!div class="nextstepaction"', ['!div class="nextstepaction"']),
        ("[Install](xref:install) it", ["(xref:install)"]),
        (r"The state $\ket{0}$ is", [r"\ket{0}"]),
        ("Thanks to @someone!", ["@someone"]),
        ("関数`open`を使う。", ["`open`"]),
        ("いわゆる`量子技術`である。", []),
        ("量子-古典ハイブリッド、input/output、Q-LEAP (2018)", []),
        ("A state-of-the-art AND/OR gate at 5% (see 2).", []),
        ("", []),
    ],
)
def test_code_is_found(text: str, code: list[str]) -> None:
    assert [text[start:end] for start, end in code_spans(text)] == code


@given(st.text(alphabet="`<>{}%$\\()[]!-/.@=\"' ab量", max_size=60))
def test_stretches_ascend_inside_the_text(text: str) -> None:
    places = [place for span in code_spans(text) for place in span]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("PyList_New", True),
        ("__init__", True),
        ("os.path", True),
        ("setup.py", True),
        ("a@b.org", True),
        ("https://a.org/b", True),
        ("Microsoft.Quantum.Canon", True),
        ("Node.js", False),
        ("U.S.", False),
        ("i.e.", False),
        ("3.11", False),
        ("Q-LEAP", False),
        ("量子", False),
    ],
)
def test_names_of_program_text_are_told_from_names(word: str, expected: bool) -> None:  # noqa: FBT001
    assert is_identifier(word) is expected


@pytest.mark.parametrize("piece", ["a", "a-", ":a", "`", "a.", "/a", "<a", "{a", "%0", "-a", "a=", "\\a", "![a"])
def test_long_lines_take_no_longer_than_they_are(piece: str) -> None:
    assert code_spans(piece * 50_000 + " --x") is not None
