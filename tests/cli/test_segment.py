"""``termalign segment``: one sentence a line, or the JSON of CONTRACTS.md section 5."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from piles import call, start

if TYPE_CHECKING:
    from pathlib import Path

JAPANESE = (
    "港湾の脱炭素化\n\n𠮷田港では試験が行われている。彼は「行く。」と言った。\nエネルギーへの\n転換が課題である。\n"
)
SENTENCES = [
    "港湾の脱炭素化",
    "𠮷田港では試験が行われている。",
    "彼は「行く。」と言った。",
    "エネルギーへの\n転換が課題である。",
]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(JAPANESE, encoding="utf-8", newline="")
    return path


def test_text_is_one_sentence_a_line(text: Path) -> None:
    done = call("segment", text)
    assert (done.code, done.err) == (0, "")
    lines = done.out.removesuffix("\n").split("\n")
    assert lines[:3] == SENTENCES[:3]
    assert "".join(lines[3].split()) == "エネルギーへの転換が課題である。"
    assert len(lines) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_json_has_offsets_into_the_text_as_read(tmp_path: Path, encoding: str, end: str) -> None:
    text = JAPANESE.replace("\n", end)
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    done = call("segment", tmp_path / "a.txt", "--json", "--lang", "ja")
    assert (done.code, done.err, done.out.count("\n")) == (0, "", 1)
    (sentences,) = json.loads(done.out).values()
    assert list(json.loads(done.out)) == ["sentences"]
    assert [list(one) for one in sentences] == [["start", "end", "text"]] * 4
    assert [one["text"] for one in sentences] == [one.replace("\n", end) for one in SENTENCES]
    assert all(one["text"] == text[one["start"] : one["end"]] for one in sentences)


def test_standard_input_is_read_as_a_file(text: Path) -> None:
    for arguments in (["--json"], []):
        piped = start("segment", "-", *arguments, stdin=JAPANESE.encode("utf-16"))
        assert (piped.code, piped.err) == (0, "")
        assert piped.out == call("segment", text, *arguments).out


def test_a_text_without_letters_needs_its_language(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("12.5\n", encoding="utf-8")
    done = call("segment", tmp_path / "a.txt")
    assert (done.code, done.err) == (
        2,
        "termalign: the language of the text cannot be told; name it: ja, zh-Hans, zh-Hant or en\n",
    )
    assert call("segment", tmp_path / "a.txt", "--lang", "zh").out == "12.5\n"


@pytest.mark.parametrize(
    ("name", "raw", "where", "problem"),
    [
        ("empty.txt", b"", {"file": "empty.txt"}, "the file is empty"),
        ("nul.txt", "一行\n二\0行\n".encode(), {"file": "nul.txt", "line": 2}, "NUL byte: not a text file"),
        ("renamed.txt", b"%PDF-1.7\n", {"file": "renamed.txt"}, "not a text file but a PDF document"),
        (
            "long.txt",
            "一".encode() * 101,
            {"file": "long.txt", "line": 1},
            "line of 101 characters, longer than the limit of 100",
        ),
        (
            "korean.txt",
            "양자 컴퓨터는 미래의 기술이다.\n".encode(),
            {"file": "korean.txt"},
            "the text seems to be Korean",
        ),
    ],
)
def test_bad_data_is_one_clear_error(
    tmp_path: Path, name: str, raw: bytes, where: dict[str, object], problem: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    place = name + (f":{where['line']}" if "line" in where else "")
    done = call("segment", name, "--max-line", "100", cwd=tmp_path)
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    assert done.err.startswith(f"termalign: {place}: {problem}")
    done = call("segment", name, "--max-line", "100", "--json", cwd=tmp_path)
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    (error,) = json.loads(done.err).values()
    assert error["where"] == where
    assert error["problem"].startswith(problem)
    assert error["fix"]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "standard input: empty; "),
        ("一\n二\0".encode(), "standard input:2: NUL byte"),
        ("一".encode() * 101, "standard input:1: line of 101 characters, longer than the limit of 100; "),
        ("양자 컴퓨터는 미래의 기술이다.\n".encode(), "standard input: the text seems to be Korean; "),
    ],
)
def test_bad_data_on_standard_input(raw: bytes, problem: str) -> None:
    done = start("segment", "-", "--max-line", "100", stdin=raw)
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    assert done.err.startswith(f"termalign: {problem}")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["missing.txt"], "no file or folder 'missing.txt'"),
        (["x" * 300], "no file or folder 'xxx"),
        (["."], "'.' is a folder"),
        (["a.txt", "--lang", "jp"], "write 'ja'"),
        (["a.txt", "--lang", "ko"], "none of Japanese, Chinese, English"),
        ([], "Missing argument 'FILE'"),
    ],
)
def test_wrong_use(text: Path, arguments: list[str], problem: str) -> None:
    done = call("segment", *arguments, cwd=text.parent)
    assert (done.code, done.out) == (2, "")
    assert problem in done.err
    assert "Traceback" not in done.err


RULES = (
    '<srx version="2.0"><header cascade="no"/><body><languagerules><languagerule languagerulename="a">\n'
    "<rule><beforebreak>{}</beforebreak></rule></languagerule></languagerules>"
    '<maprules><languagemap languagepattern="ja.*" languagerulename="a"/></maprules></body></srx>'
)


def test_rules_of_a_cat_tool(tmp_path: Path) -> None:
    text, srx = tmp_path / "a.txt", tmp_path / "r.srx"
    text.write_text("量子；計算。通信", encoding="utf-8")
    srx.write_text(RULES.format("；"), encoding="utf-8")
    assert call("segment", str(text), "--lang", "ja", "--srx", str(srx)).out == "量子；\n計算。通信\n"
    done = call("segment", str(text), "--lang", "en", "--srx", str(srx))
    assert (done.code, done.err.count("r.srx has no rules for en")) == (2, 1)
    srx.write_text(RULES.format("(；"), encoding="utf-8")
    done = call("segment", str(text), "--lang", "ja", "--srx", str(srx), "--json")
    assert (done.code, json.loads(done.err)["error"]["where"]["line"]) == (3, 2)
    done = call("segment", str(text), "--lang", "ja", "--srx", str(tmp_path / "none.srx"))
    assert (done.code, done.err.count("none.srx")) == (3, 1)
