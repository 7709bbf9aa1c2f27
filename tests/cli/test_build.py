"""``termalign build`` as a user meets it: what it prints, its exit codes, and bad input of every kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from piles import QUICK, Done, call, files, write_pile

if TYPE_CHECKING:
    from pathlib import Path

JAPANESE = "量子技術は重要である。\n次の世代の計算機に使われる。\n"
CHINESE = "量子技术十分重要。\n它将用于下一代计算机。\n"
KOREAN = "양자 컴퓨터는 미래의 기술이다. 우리는 연구를 계속한다.\n"
OURS = "give Japanese, Chinese or English text"

# Name of the file -> its bytes, the line that the message names, the problem, and what to do.
BAD_FILES: dict[str, tuple[bytes, int | None, str, str]] = {
    "empty.txt": (b"", None, "the file is empty", "leave it out"),
    "blank.txt": (" \n\u3000\n".encode(), None, "the file holds no text", "leave it out"),
    "unknown.txt": (
        b"first line\n" + bytes([0x81, 0x8D, 0x8F, 0xFF, 0xFE, 0x41, 0x90]) * 50,
        2,
        "in no encoding that termalign knows: byte 0x81 at 12 is not UTF-8",
        "save the file as UTF-8",
    ),
    "renamed.txt": (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
        None,
        "not a text file but a PDF document",
        "save it as plain text in UTF-8",
    ),
    "paper.pdf": (b"%PDF-1.7\n", None, "no reader for .pdf", "name it *.txt"),
    "README": (b"text", None, "no reader for a file without an ending", "name it *.txt"),
    "korean.txt": (KOREAN.encode(), None, "the text seems to be Korean", OURS),
    "russian.txt": (
        "Квантовые компьютеры являются технологией будущего. Мы продолжаем исследования.\n".encode(),
        None,
        "the text seems to be a language in Cyrillic script",
        OURS,
    ),
    "french.txt": (
        b"Les ordinateurs quantiques sont une technologie de l'avenir, et nous poursuivons nos recherches.\n",
        None,
        "the text seems to be French",
        OURS,
    ),
    "nul.txt": (CHINESE.replace("它", "\0").encode(), 2, "NUL byte: not a text file", "save the file as UTF-8"),
    "line.txt": (
        b"short line\n" + b"quantum computers and ports " * (50 * 2**20 // 28),
        2,
        "characters, longer than the limit of 2000000",
        "raise the limit by --max-line",
    ),
}


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A workspace that a build has left, and its files: no failing build may change them."""
    folder = tmp_path_factory.mktemp("earlier")
    done = call("build", *QUICK, write_pile(folder / "pile"), "-o", folder / "out")
    assert done.code == 0, done.err
    return folder / "out", files(folder / "out")


def refused(done: Done, code: int) -> str:
    """Check that a command ended with one clear error, and return it."""
    assert done.code == code, done
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    assert done.err.startswith("termalign: ")
    return done.err.removeprefix("termalign: ").removesuffix("\n")


def test_a_build_says_what_it_found(tmp_path: Path) -> None:
    done = call("build", write_pile(tmp_path / "pile"), "-o", tmp_path / "out")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    n_concepts = len((tmp_path / "out" / "glossary.jsonl").read_bytes().splitlines())
    assert lines[0].split() == ["documents", "6"]
    assert lines[1].startswith(f"concepts          {n_concepts} (")
    assert lines[-1].endswith(f"{tmp_path / 'out'}: open report.html")


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gives_one_clear_error(tmp_path: Path, earlier: tuple[Path, dict[str, bytes]], name: str) -> None:
    raw, line, problem, fix = BAD_FILES[name]
    (tmp_path / name).write_bytes(raw)
    out, before = earlier
    message = refused(call("build", *QUICK, tmp_path / name, "-o", out), 3)
    assert message.startswith(f"{name}{f':{line}' if line else ''}: ")
    assert problem in message
    assert fix in message
    assert files(out) == before


def test_a_limit_that_is_raised_is_a_limit_no_more(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(JAPANESE * 3, encoding="utf-8")
    message = refused(call("build", *QUICK, tmp_path / "a.txt", "-o", tmp_path / "out", "--max-line", "10"), 3)
    assert message.startswith("a.txt:1: line of 11 characters, longer than the limit of 10; ")
    assert call("build", *QUICK, tmp_path / "a.txt", "-o", tmp_path / "out", "--max-line", "20").code == 0


def test_a_folder_without_documents(tmp_path: Path, earlier: tuple[Path, dict[str, bytes]]) -> None:
    (tmp_path / "papers" / "empty").mkdir(parents=True)
    out, before = earlier
    message = refused(call("build", *QUICK, tmp_path / "papers", "-o", out), 3)
    assert message == "papers: no document that can be read; documents end in .txt, .text, .md, .markdown"
    assert files(out) == before


def test_a_folder_of_bad_files_names_the_first_and_counts_the_others(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for name in ("a.txt", "b.txt", "c.pdf"):
        (papers / name).write_bytes(b"")
    message = refused(call("build", *QUICK, papers, "-o", tmp_path / "out"), 3)
    assert message.startswith(
        "papers: no document that can be read; a.txt: the file is empty; leave it out, and 2 more; "
    )


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("missing.txt", "no file or folder 'missing.txt'; check the path"),
        ("a.txt/b.txt", "no file or folder 'a.txt/b.txt'; check the path"),
        ("x" * 300, "no file or folder 'xxxx"),
        ("", "the name of an input is empty; name a file or a folder"),
    ],
)
def test_an_input_that_is_not_there(
    tmp_path: Path, earlier: tuple[Path, dict[str, bytes]], path: str, problem: str
) -> None:
    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    out, before = earlier
    assert refused(call("build", *QUICK, "a.txt", path, "-o", out, cwd=tmp_path), 2).startswith(problem)
    assert files(out) == before


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--lexicon", "cooking"], "unknown lexicon 'cooking'; there are core, places"),
        (["--lexicon", "core:-cooking"], "lexicon core has no part 'cooking'"),
        (["--jobs", "0"], "Invalid value for '--jobs'"),
        (["--max-line", "x"], "Invalid value for '--max-line'"),
        (["--verify"], "No such option"),
    ],
)
def test_a_wrong_option(
    tmp_path: Path, earlier: tuple[Path, dict[str, bytes]], options: list[str], problem: str
) -> None:
    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    out, before = earlier
    done = call("build", *QUICK, tmp_path / "a.txt", "-o", out, *options)
    assert done.code == 2
    assert problem in done.err
    assert files(out) == before


def test_an_output_without_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    message = refused(call("build", "a.txt", "-o", "", cwd=tmp_path), 2)
    assert message == "the name of the output folder is empty; name a folder"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.txt"]


@pytest.mark.parametrize(
    ("pairs", "code", "problem"),
    [
        ("[[versions", 3, "pairs.toml:1: cannot be read: Expected "),
        (
            "[[versions]]\ndocuments = []",
            3,
            "pairs.toml:2 (versions[0].documents): no list of paths",
        ),
        ('[[versions]]\ndocuments = ["ports.ja.txt", "x.txt"]', 2, "pairs.toml names 'x.txt', which is not among the "),
    ],
)
def test_wrong_pairs(
    tmp_path: Path, earlier: tuple[Path, dict[str, bytes]], pairs: str, code: int, problem: str
) -> None:
    (write_pile(tmp_path) / "pairs.toml").write_text(pairs, encoding="utf-8")
    out, before = earlier
    assert refused(call("build", *QUICK, tmp_path, "-o", out), code).startswith(problem)
    assert files(out) == before


@pytest.mark.parametrize("arguments", [["build"], ["build", "a.txt"], ["build", "-o", "out"]])
def test_what_is_missing_on_the_command_line_is_named(tmp_path: Path, arguments: list[str]) -> None:
    done = call(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert "Missing " in done.err
    assert list(tmp_path.iterdir()) == []


def test_bad_files_of_a_pile_are_skipped_and_told(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "good.ja.txt").write_text(JAPANESE, encoding="utf-8")
    (papers / "nul.txt").write_bytes(b"one\ntwo\0\n")
    (papers / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    (papers / "korean.txt").write_text(KOREAN, encoding="utf-8")
    done = call("build", *QUICK, papers, "-o", tmp_path / "out")
    assert done.code == 1
    assert done.err.splitlines() == [
        f"skipped: korean.txt: the text seems to be Korean; {OURS}",
        "skipped: nul.txt:2: NUL byte: not a text file; remove it, or save the file as UTF-8",
        "skipped: scan.pdf: no reader for .pdf; name it *.txt, *.text, *.md, *.markdown",
    ]
    manifest = json.loads((tmp_path / "out" / "run.json").read_bytes())
    assert [(row["path"], row.get("line")) for row in manifest["skipped"]] == [
        ("korean.txt", None),
        ("nul.txt", 2),
        ("scan.pdf", None),
    ]
    assert all(set(row) <= {"path", "reason", "fix", "line"} and row["reason"] for row in manifest["skipped"])
    assert [row["path"] for row in manifest["inputs"]] == ["good.ja.txt"]


def test_text_without_letters_is_a_document_without_terms(tmp_path: Path) -> None:
    (tmp_path / "table.txt").write_text("2024 12.5\n2025 13.1\n", encoding="utf-8")
    assert call("build", *QUICK, tmp_path / "table.txt", "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out" / "glossary.jsonl").read_bytes() == b""


def test_a_glossary_edited_by_hand_is_not_overwritten(tmp_path: Path) -> None:
    pile, out = write_pile(tmp_path / "pile"), tmp_path / "out"
    assert call("build", *QUICK, pile, "-o", out).code == 0
    glossary = out / "glossary.jsonl"
    glossary.write_bytes(glossary.read_bytes().replace(b"proposed", b"rejected", 1))
    before = files(out)
    message = refused(call("build", *QUICK, pile, "-o", "out", cwd=tmp_path), 2)
    assert message.startswith("out/glossary.jsonl was edited by hand")
    assert "'termalign decide --from-edits out'" in message
    assert files(out) == before
    assert "'termalign decide --from-edits .'" in refused(call("build", *QUICK, pile, "-o", ".", cwd=out), 2)


def test_a_glossary_from_elsewhere_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "glossary.jsonl").write_text("{}\n", encoding="utf-8")
    assert "comes from elsewhere" in refused(call("build", *QUICK, tmp_path / "a.txt", "-o", tmp_path / "out"), 2)
    assert (tmp_path / "out" / "glossary.jsonl").read_text(encoding="utf-8") == "{}\n"


@pytest.mark.parametrize("manifest", [b"{", b"[]", b"\xff", b'{"outputs": []}'])
def test_a_broken_manifest_says_the_way_out(tmp_path: Path, manifest: bytes) -> None:
    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    out = tmp_path / "out"
    assert call("build", *QUICK, tmp_path / "a.txt", "-o", out).code == 0
    (out / "run.json").write_bytes(manifest)
    before = files(out)
    done = call("build", *QUICK, tmp_path / "a.txt", "-o", out)
    message = refused(done, 2 if b"outputs" in manifest else 3)
    assert "build into another folder" in message
    assert files(out) == before
    for name in ("run.json", "glossary.jsonl"):
        (out / name).unlink()
    assert call("build", *QUICK, tmp_path / "a.txt", "-o", out).code == 0


SRX = (
    '<srx version="2.0"><header cascade="no"/><body><languagerules><languagerule languagerulename="a">\n'
    "<rule><beforebreak>{}</beforebreak></rule></languagerule></languagerules>"
    '<maprules><languagemap languagepattern="{}" languagerulename="a"/></maprules></body></srx>'
)


def test_rules_of_a_cat_tool(tmp_path: Path) -> None:
    pile, srx, out = tmp_path / "in", tmp_path / "r.srx", tmp_path / "out"
    pile.mkdir()
    (pile / "a.ja.txt").write_text(JAPANESE, encoding="utf-8")
    (pile / "a.zh.txt").write_text(CHINESE, encoding="utf-8")
    srx.write_text(SRX.format("[、。]", ".*"), encoding="utf-8")
    assert call("build", pile, "-o", out, "--srx", srx).code == 0
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["settings"]["srx"] == "r.srx"
    before = files(out)
    for before_break, pattern, code, said in (
        ("(", ".*", 3, "r.srx:2"),
        ("。", "ja", 2, "r.srx has no rules for zh-Hans"),
    ):
        srx.write_text(SRX.format(before_break, pattern), encoding="utf-8")
        done = call("build", pile, "-o", out, "--srx", srx)
        assert (done.code, said in done.err) == (code, True)
        assert files(out) == before, "nothing is written"
