"""The documentation is true: every command is described, every example runs, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import termalign as package
from termalign.cli import COMMANDS, termalign
from termalign.evidence import EVIDENCE
from termalign.glossary.policies import POLICIES

if TYPE_CHECKING:
    from pathlib import Path

CODE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)")


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the examples of the README find the files that they name."""
    (tmp_path / "papers").mkdir()
    texts = {
        "papers/policy.ja.txt": "情報通信研究機構（NICT）は量子技術を研究する。量子科学技術研究開発機構が協力する。",
        "papers/policy.zh.txt": "情报通信研究机构（NICT）研究量子技术。量子科学技术研究开发机构参与合作。",
        "strategy.ja.txt": "量子技術イノベーション戦略を策定した。",
        "a.zh.txt": "日本政府通过了量子技术战略。大学推进研究。",
        "a.en.txt": "The Japanese government adopted a strategy for quantum technology. Universities carry out research.",
        "paper.zh.txt": "他说：“好。”她走了。",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(root: Path, language: str) -> list[str]:
    readme = (root / "README.md").read_text(encoding="utf-8")
    return [code for kind, code in CODE.findall(readme) if kind == language]


@pytest.mark.usefixtures("documents")
def test_the_commands_of_the_readme_run(root: Path) -> None:
    lines = [line for block in blocks(root, "sh") for line in block.splitlines() if line.startswith("termalign ")]
    assert len(lines) >= len(COMMANDS)
    for line in lines:
        result = CliRunner().invoke(termalign, shlex.split(line, comments=True)[1:], standalone_mode=False)
        assert result.exception is None, f"{line}: {result.exception!r}"
        assert result.return_value == 0, f"{line}: {result.output}"


@pytest.mark.usefixtures("documents")
def test_the_python_of_the_readme_runs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(root, "python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own example
    assert "量子科学技术研究开发机构" in capsys.readouterr().out


def test_every_command_is_described(root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    readme = (root / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"## {name}\n" in page
        assert f"termalign {name} " in readme
        assert any(verb.partition("_")[0] == name for verb in package.__all__)


def test_every_option_is_described(root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    context = termalign.make_context("termalign", ["build"], resilient_parsing=True)
    for name in COMMANDS:
        command = termalign.get_command(context, name)
        assert command is not None
        for option in command.params:
            if option.param_type_name == "option":
                assert any(f"{flag} " in page or f"{flag}]" in page for flag in option.opts), f"{name} {option.opts}"


def test_every_source_of_evidence_and_every_policy_is_described(root: Path) -> None:
    page = (root / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in page for name in EVIDENCE)
    assert all(f"`{policy.name}`" in page for policy in POLICIES)


def test_links_lead_somewhere(root: Path) -> None:
    for page in [root / "README.md", *(root / "docs").glob("*.md")]:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_map_of_the_readme_is_the_house(root: Path) -> None:
    rooms = {path.name for path in (root / "termalign").iterdir() if path.is_dir() and path.name[0] not in "_."}
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert all(f"─ {room}/" in readme for room in rooms - {"shipped"})
