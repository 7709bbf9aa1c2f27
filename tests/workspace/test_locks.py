from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from termalign.errors import ConfigError, OutputError
from termalign.workspace.locks import LOCK_NAME, locked

if TYPE_CHECKING:
    from pathlib import Path

TRY = """
import sys
from pathlib import Path
from termalign.errors import ConfigError
from termalign.workspace.locks import locked
try:
    with locked(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.read()
except ConfigError as exc:
    print(exc)
"""


def other(folder: Path) -> subprocess.Popen[str]:
    """Start a process that tries to hold a folder and, where it does, keeps it until its input ends."""
    words = [sys.executable, "-c", TRY, str(folder)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def test_a_second_process_is_refused_while_the_first_holds_the_folder(tmp_path: Path) -> None:
    with locked(tmp_path):
        out, _ = other(tmp_path).communicate(timeout=20)
        assert out == f"another process is writing to {tmp_path.name}; wait for it to end\n"
    out, _ = other(tmp_path).communicate(timeout=20)
    assert out == "held\n"


def test_we_are_refused_while_another_process_holds_it_and_a_crash_releases_it(tmp_path: Path) -> None:
    with other(tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(ConfigError, match="another process is writing"), locked(tmp_path):
            pytest.fail("both hold it")
        process.kill()
        process.wait(timeout=20)
    with locked(tmp_path):
        pass


def test_a_failing_block_releases_it(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path):
        assert [one.name for one in tmp_path.iterdir()] == [LOCK_NAME]


def test_other_folders_are_free(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with locked(tmp_path), locked(tmp_path / "other"):
        pass


def test_a_folder_that_is_not_there_or_not_ours(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written to"), locked(tmp_path / "nowhere"):
        pytest.fail("it was held")
    if os.name == "posix" and os.geteuid() != 0:
        tmp_path.chmod(0o500)
        with pytest.raises(OutputError, match="cannot be written to"), locked(tmp_path):
            pytest.fail("it was held")
