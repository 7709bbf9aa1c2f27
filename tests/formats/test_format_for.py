from __future__ import annotations

import subprocess
import sys
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

import pytest

from termalign.errors import UnknownNameError
from termalign.formats import BITEXT_FORMATS, DOCUMENT_FORMATS, GLOSSARY_FORMATS, format_for
from termalign.registry import Entry, Registry

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("registry", "path", "name"),
    [
        (GLOSSARY_FORMATS, "x.terms.tsv", "terms.tsv"),
        (GLOSSARY_FORMATS, "DIR/Glossary.JSONL", "jsonl"),
        (GLOSSARY_FORMATS, PureWindowsPath("C:\\x\\g.tbx"), "tbx"),
        (BITEXT_FORMATS, PurePosixPath("a.b/x.terms.tsv"), "tsv"),
        (DOCUMENT_FORMATS, "戦略.ja.txt", "txt"),
        (DOCUMENT_FORMATS, "README.markdown", "md"),
    ],
)
def test_the_longest_ending_wins(registry: Registry[Any], path: str, name: str) -> None:
    assert format_for(registry, path) is registry.get(name)


@pytest.mark.parametrize("path", ["a.docx", "txt", "", "a.txt/b", "-"])
def test_an_unknown_ending_says_which_there_are(path: str) -> None:
    with pytest.raises(UnknownNameError, match=r"no document format for .*; name it \*\.txt, \*\.text, \*\.md"):
        format_for(DOCUMENT_FORMATS, path)


def test_a_format_of_another_package_is_found() -> None:
    registry: Registry[object] = Registry("bitext format", {"tsv": Entry("builtins:str", suffixes=(".tsv",))})
    registry.add("long", Entry("builtins:dict", suffixes=(".long.tsv",)))
    assert format_for(registry, "a.long.tsv") is dict


@pytest.mark.parametrize(
    ("registry", "path", "absent"),
    [
        ("GLOSSARY_FORMATS", "g.jsonl", "lxml chardet numpy pandas csv xml.parsers.expat"),
        ("BITEXT_FORMATS", "a.tmx", "lxml chardet numpy pandas"),
        ("DOCUMENT_FORMATS", "a.txt", "lxml chardet numpy pandas"),
    ],
)
def test_imports_what_fits_and_nothing_heavy(registry: str, path: str, absent: str, root: Path) -> None:
    program = (
        f"import sys\nfrom termalign.formats import {registry}, format_for\n"
        "before = [name for name in sys.modules if name.startswith('termalign.formats.')]\n"
        f"format_for({registry}, {path!r})\n"
        f"print(before, [name for name in {absent.split()!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['termalign.formats.base'] []"
