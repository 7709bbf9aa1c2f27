"""A small pile of documents in the three languages, and the command line run on it."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DOCUMENTS", "QUICK", "ROOT", "Done", "call", "environment", "files", "start", "write_pile"]

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "tests" / "pipeline" / "cases" / "pile"
QUICK = ("--lexicon", "places")  # the small lexicon: for tests to which it does not matter what is found
# Documents of the pile that are written in the encoding of their time and place.
ENCODINGS = {"notice.ja.txt": "cp932", "review.zh.md": "gb18030", "letter.zh-Hant.txt": "utf-16"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


def call(*arguments: str | Path, cwd: Path | None = None) -> Done:
    """Run the command line in this process: the same code, without the second that an interpreter takes to start."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        stack.enter_context(contextlib.chdir(cwd or Path.cwd()))
        code: object = None
        try:
            main([str(one) for one in arguments])
        except SystemExit as exc:
            code = exc.code
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    assert isinstance(code, int)
    return Done(code=code, out=texts[0], err=texts[1])


def environment(changes: Mapping[str, str] = {}) -> dict[str, str]:
    """Make an environment in which a new interpreter finds the package."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "", **changes}


def start(
    *arguments: str | Path,
    cwd: Path | None = None,
    variables: Mapping[str, str] = {},
    stdin: bytes = b"",
    program: str = "",
) -> Done:
    """Run the command line in a process of its own, ``program`` before it."""
    head = ["-c", f"{program}\nfrom termalign.cli import main\nmain()"] if program else ["-m", "termalign"]
    done = subprocess.run(
        [sys.executable, *head, *map(str, arguments)],
        cwd=cwd,
        env=environment(variables),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Done(code=done.returncode, out=done.stdout.decode("utf-8"), err=done.stderr.decode("utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write_pile(folder: Path) -> Path:
    """Write the documents of the pile into a folder, some in other encodings and with other line ends, one deeper than the others."""
    for path in sorted(DOCUMENTS.iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.name in ENCODINGS:
            text = text.replace("\n", "\r\n")
        target = folder / "letters" / path.name if path.name.startswith("letter") else folder / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode(ENCODINGS.get(path.name, "utf-8")))
    return folder
