"""Words that are found by a shorter way are those of the library that the longer way asks."""

from __future__ import annotations

import json
import re
import warnings
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.languages import zh
from termalign.languages.en import _SIMPLE, _moses, _plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = (
    "量子计算机的错误纠正方法研究",
    "由西莉亚提出的算法在2024年返回print的值",
    "T恤和AA制，PC机与卡拉OK。",
    "他来到了网易杭研大厦\r\n小明硕士毕业于中国科学院计算所",
    "𠮷野家、々〇　以及％100.5%和C++",
    "的的的的是是是",
    "",
)


@pytest.fixture(scope="module")
def jieba_cut() -> Callable[[str], list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 - it warns

    tokenizer = jieba.Tokenizer()
    with (files("jieba") / "dict.txt").open("rb") as file:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(file)
    tokenizer.initialized = True  # without its file in the shared temporary folder
    return lambda text: [word for word in tokenizer.cut(text) if not word.isspace()]


def ours(text: str) -> list[str]:
    cutter, _ = zh._jieba()
    return [word for block in cutter.blocks(text) for word in cutter.words(block[0])]


@pytest.mark.parametrize("text", TEXTS)
def test_the_cut_of_jieba(text: str, jieba_cut: Callable[[str], list[str]]) -> None:
    assert ours(text) == jieba_cut(text)


@given(
    text=st.lists(st.sampled_from("的量子计算机错误返回值中国人民银行在了和T恤AA制卡拉OK5.%-#，。 \n𠮷"), max_size=40)
)
def test_the_cut_of_jieba_in_any_order(text: list[str], jieba_cut: Callable[[str], list[str]]) -> None:
    assert ours("".join(text)) == jieba_cut("".join(text))


def test_the_cut_of_jieba_in_running_text(shared: Path, jieba_cut: Callable[[str], list[str]]) -> None:
    path = shared / "bench" / "terms-docs" / "python-docs.segments.jsonl"
    texts = [json.loads(line)["zh"] for line in path.read_text(encoding="utf-8").splitlines()[::20]]
    assert len(texts) > 500
    assert [ours(text) for text in texts] == [jieba_cut(text) for text in texts]


@given(text=st.from_regex(_SIMPLE, fullmatch=True).filter(lambda text: len(text) < 60))
def test_plain_english_words_are_those_of_sacremoses(text: str) -> None:
    words = [word for word, *_ in _plain(text)]
    assert words == _moses().tokenize(text, escape=False)
    assert words == re.findall(r"\S+", text)
