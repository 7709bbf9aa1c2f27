from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from termalign import cli
from termalign.cli import COMMANDS, main
from termalign.errors import ConfigError, DataError, DataErrors, MissingExtraError, OutputError, TermalignError, Where

GLOSSARY = str(Path(__file__).parents[1] / "glossary" / "cases" / "glossary.jsonl")
PLAIN_C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}  # a locale whose encoding is ASCII
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")


def program(*words: str | bytes) -> list[str | bytes]:
    return [sys.executable, "-m", "termalign", *words]


def environment(**more: str) -> dict[str, str]:
    """The environment without what decides on encodings."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHONIO", "PYTHONUTF8", "LC_", "LANG"))
    }
    return kept | more


def command(name: str) -> click.Command:
    """Import a command; skip the test where its module is not there, or lacks a room that is not there."""
    try:
        module = import_module(f"termalign.cli.{name}")
    except ModuleNotFoundError as exc:
        if not (exc.name or "").startswith("termalign."):
            raise
        pytest.skip(f"{exc.name} is not there yet")
    found = getattr(module, name)
    assert isinstance(found, click.Command)
    return found


def ended(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as end:
        main(words)
    return end.value.code, *capsys.readouterr()


# ---- help, version, completion


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = command(name)
    code, out, err = ended(capsys, name, "--help")
    assert (code, err) == (0, "")
    examples = re.findall(rf"(?m)^ +termalign {name} .+$", out)
    assert "Examples:" in out
    assert examples
    options = {flag for parameter in found.params for flag in parameter.opts}
    for example in examples:
        assert {word for word in example.split() if re.match(r"--?[a-z]", word)} <= options
    assert all(one.help for one in found.params if isinstance(one, click.Option))
    assert ended(capsys, name, "-h")[1] == out


def test_the_help_lists_every_command_without_importing_any(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ended(capsys, "--help")
    assert code == 0
    assert "Examples:" in out
    assert "Exit codes: 0 done" in out
    for name, words in COMMANDS.items():
        assert re.search(rf"(?m)^  {name} +{re.escape(words)}$", out)
    script = "import sys\nfrom termalign.cli import main\ntry: main(['-h'])\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")
    assert {f"termalign.cli.{name}" for name in COMMANDS}.isdisjoint(done.stdout.split())


def test_without_a_command_help_is_shown_as_for_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ended(capsys)
    assert (code, out) == (2, "")
    assert "Usage: termalign" in err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from termalign import __version__  # noqa: PLC0415 - as the command does

    assert ended(capsys, "--version") == (0, f"termalign {__version__}\n", "")


@posix
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    done = subprocess.run(
        program(),
        env=os.environ | {"_TERMALIGN_COMPLETE": f"{shell}_source"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert "_TERMALIGN_COMPLETE" in done.stdout
    assert "termalign" in done.stdout


@posix
def test_completion_proposes_commands_options_and_tags() -> None:
    def proposed(words: str, number: int) -> list[str]:
        more = {"_TERMALIGN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
        done = subprocess.run(program(), env=os.environ | more, capture_output=True, check=True, encoding="utf-8")
        return done.stdout.splitlines()

    assert proposed("termalign loo", 1) == ["plain,lookup"]
    assert "plain,--glossary" in proposed("termalign lookup --g", 2)
    assert proposed("termalign lookup --to zh", 3) == ["plain,zh", "plain,zh-Hans", "plain,zh-Hant"]


# ---- usage errors


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["lokup", "Q"], "No such command 'lokup'. Did you mean 'lookup'?"),
        (["qqq"], "No such command 'qqq'."),
        (["lookup"], "Missing argument 'QUERY'."),
        (["lookup", "--bogus", "Q"], "No such option '--bogus'."),
        (["lookup", "Q", "--from", "jp"], "language tag 'jp'; write 'ja'"),
        (["lookup", "Q", "--from"], "Option '--from' requires an argument."),
        (["--bogus"], "No such option '--bogus'."),
    ],
)
def test_usage_errors(capsys: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    code, out, err = ended(capsys, *words)
    assert (code, out) == (2, "")
    assert message in err
    code, out, err = ended(capsys, *words, "--json")
    if words[-1] != "--from":
        assert (code, out) == (2, "")
        assert message in json.loads(err)["error"]["problem"]


def test_a_query_that_says_json_asks_for_none(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ended(capsys, "lookup", "-g", GLOSSARY, "--", "--json")
    assert (code, out) == (1, "--json: not found in 45 concepts\n")
    assert ended(capsys, "lookup", "-g", "nowhere", "--", "--json")[2].startswith("termalign: no glossary 'nowhere'")


# ---- errors of ours


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Put a command in the place of ``segment`` that raises an error."""

    @click.command()
    @click.option("--json", is_flag=True, expose_value=False)
    def segment() -> int:
        raise error

    monkeypatch.setattr(import_module("termalign.cli.segment"), "segment", segment)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConfigError("no such thing", "name one"), (2, "termalign: no such thing; name one\n", {"where": {}})),
        (MissingExtraError("needs x", "install x"), (2, "termalign: needs x; install x\n", {"fix": "install x"})),
        (
            DataError("broken", Where(file="a.tmx", line=4, path="tu[2]"), "mend it"),
            (
                3,
                "termalign: a.tmx:4 (tu[2]): broken; mend it\n",
                {"problem": "broken", "where": {"file": "a.tmx", "line": 4, "path": "tu[2]"}, "fix": "mend it"},
            ),
        ),
        (OutputError("full", Where(file="x")), (3, "termalign: x: full\n", {"problem": "full", "fix": ""})),
        (TermalignError("odd"), (3, "termalign: odd\n", {"problem": "odd", "where": {}, "fix": ""})),
        (
            OSError(28, "No space left", "out.tmx"),
            (3, "termalign: out.tmx: no space left", {"where": {"file": "out.tmx"}}),
        ),
        (DataError("\x1b[2J", Where(file="a\x07")), (3, "termalign: a\ufffd: \ufffd[2J\n", {"problem": "\x1b[2J"})),
    ],
)
def test_errors_and_their_exit_codes(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    expected: tuple[int, str, dict[str, object]],
) -> None:
    code, text, answer = expected
    failing(monkeypatch, error)
    monkeypatch.setattr(cli, "_let_go", lambda: None)
    got, out, err = ended(capsys, "segment")
    assert (got, out) == (code, "")
    assert text in err
    got, out, err = ended(capsys, "segment", "--json")
    assert (got, out) == (code, "")
    found = json.loads(err)["error"]
    assert set(found) == {"problem", "where", "fix"}
    assert {key: found[key] for key in answer} == answer


def test_several_faults(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    faults = [DataError("one", Where(file="a", line=1)), DataError("two", Where(file="a", line=2))]
    failing(monkeypatch, DataErrors("a: 2 faults", faults))
    code, _, err = ended(capsys, "segment")
    assert (code, err) == (3, "termalign: a: 2 faults\n  a:1: one\n  a:2: two\n")
    answer = json.loads(ended(capsys, "segment", "--json")[2])
    assert answer["error"]["problem"] == "one"
    assert [fault["where"]["line"] for fault in answer["errors"]] == [1, 2]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException) -> None:
    failing(monkeypatch, error)
    code, out, err = ended(capsys, "segment")
    assert (code, out, err.strip()) == (130, "", "interrupted")


def test_a_fault_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        main(["segment"])


# ---- as a process


@posix
def test_an_interrupt_ends_with_130_and_one_word() -> None:
    with subprocess.Popen(
        program("lookup", "-", "-g", GLOSSARY, "--json"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"QKD\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["outcome"] == "exact"  # answered while the input is still open
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.decode().split() == ["interrupted"]


@posix
def test_a_closed_pipe_is_silent() -> None:
    with subprocess.Popen(
        program("lookup", "-", "-g", GLOSSARY), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate(b"QKD\n" * 5000, timeout=20)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            program("lookup", "QKD", "-g", GLOSSARY), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert done.stderr.decode().startswith("termalign: output: no space left on device")
    assert len(done.stderr.splitlines()) == 1


@posix
def test_files_and_pipes_get_utf_8_whatever_the_locale_and_arguments_are_read_as_utf_8() -> None:
    query = "半導体".encode()
    done = subprocess.run(
        program("lookup", query, "-g", GLOSSARY), env=environment(**PLAIN_C), capture_output=True, check=True
    )
    assert done.stdout.decode("utf-8").startswith("半導体  (ja, exact)")
    done = subprocess.run(
        program("lookup", b"\xff\xfe", "-g", GLOSSARY), env=environment(**PLAIN_C), capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"is not UTF-8" in done.stderr


@posix
@pytest.mark.parametrize(("encoding", "expected"), [("cp932", "半導体"), ("latin-1", r"\u534a\u5c0e\u4f53")])
def test_an_encoding_that_the_user_names_is_kept(encoding: str, expected: str) -> None:
    more = environment(PYTHONIOENCODING=encoding, LC_ALL="C.UTF-8")
    done = subprocess.run(program("lookup", "半導体", "-g", GLOSSARY), env=more, capture_output=True, check=True)
    assert done.stdout.decode(encoding).startswith(expected)
    words = program("lookup", "𠮷野家", "-g", GLOSSARY, "--json")
    done = subprocess.run(words, env=more, capture_output=True, check=True)
    assert json.loads(done.stdout.decode("ascii"))["query"] == "𠮷野家"


@posix
def test_a_console_that_is_not_utf_8_shows_what_it_can() -> None:
    pty = import_module("pty")
    reader, writer = pty.openpty()
    done = subprocess.run(
        program("lookup", "QKD", "-g", GLOSSARY),
        env=environment(PYTHONIOENCODING="latin-1:strict"),
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    shown = io.BytesIO()
    while True:
        try:
            part = os.read(reader, 65536)
        except OSError:
            break
        if not part:
            break
        shown.write(part)
    os.close(reader)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"quantum key distribution" in shown.getvalue()
    assert rb"\u91cf\u5b50" in shown.getvalue()


@posix
def test_standard_input_that_is_closed_is_empty() -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *program("lookup", "-", "-g", GLOSSARY)], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
