"""Nothing calls the network: every command runs where opening a socket ends the process, its workers too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from piles import ROOT, start, write_pile

if TYPE_CHECKING:
    from pathlib import Path

    from piles import Done

# Python tells an audit hook of every socket and every name that is looked up, before it happens, and even from C.
GUARD = """
import os, sys
def guard(event, arguments):
    if event.startswith("socket."):
        os.write(2, f"{event}{arguments!r}\\n".encode())
        os._exit(99)
sys.addaudithook(guard)
"""


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables under which every interpreter, those of workers too, ends where it opens a socket."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, offline: dict[str, str]) -> tuple[Path, Done]:
    """A workspace, and what the build that made it said."""
    folder = tmp_path_factory.mktemp("built")
    done = start("build", write_pile(folder / "pile"), "-o", folder / "out", "--jobs", "2", variables=offline)
    return folder, done


def test_the_guard_works(offline: dict[str, str]) -> None:
    for attempt in ("socket.socket()", "socket.getaddrinfo('localhost', 80)"):
        done = start("--version", variables=offline, program=f"import socket\n{attempt}")
        assert done.code == 99
        assert done.err.startswith("socket.")


def test_the_guard_stands_in_workers(offline: dict[str, str]) -> None:
    program = """
import joblib, sys
def audited(event):
    try:
        sys.audit(event)
    except BaseException:
        pass
print(joblib.Parallel(n_jobs=2)(joblib.delayed(audited)("socket.connect") for _ in range(2)))
"""
    done = start("--version", variables=offline, program=program)
    assert done.code != 0
    assert "socket.connect" in done.err


def test_a_build_opens_no_socket(built: tuple[Path, Done]) -> None:
    folder, done = built
    assert (done.code, done.err) == (0, "")
    assert (folder / "out" / "report.html").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "pile"],
        ["lookup", "NPPP", "-g", "out"],
        ["segment", "pile/ports.ja.txt"],
        ["align", "pile/ports.ja.txt", "pile/ports.zh.txt", "-o", "a.jsonl"],
        ["export", "out", "-o", "a.terms.tsv"],
        ["export", "out", "-o", "a.tmx"],
        ["export", "out", "-o", "a.tbx"],
    ],
    ids=" ".join,
)
def test_the_other_commands_open_no_socket(
    built: tuple[Path, Done], offline: dict[str, str], arguments: list[str]
) -> None:
    folder, _ = built
    assert start(*arguments, cwd=folder, variables=offline).code == 0
