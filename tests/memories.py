"""A small translation memory in the three languages, with terms that a build must find."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from termalign.formats import BITEXT_FORMATS, format_for
from termalign.model import Method, Segment, TranslationUnit

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TAGS", "WORDS", "triples", "units", "write"]

WORDS = (
    ("暗号鍵", "密钥", "encryption key"),
    ("証明書", "证书", "certificate"),
    ("電子署名", "电子签名", "digital signature"),
    ("認証局", "证书颁发机构", "certificate authority"),
    ("乱数生成器", "随机数生成器", "random number generator"),
)
FRAMES = (
    ("{0}と{1}を確認する。", "请检查{0}和{1}。", "Check the {0} and the {1}."),
    (
        "管理者は{0}を更新した。{1}はそのままである。",
        "管理员更新了{0}，{1}不变。",
        "The administrator updated the {0}; the {1} stays.",
    ),
    ("{0}がない場合、{1}は使えない。", "如果没有{0}，{1}就不能用。", "Without the {0}, the {1} is of no use."),
    ("古い{0}は{1}によって拒否される。", "旧的{0}会被{1}拒绝。", "An old {0} is refused by the {1}."),
)
TAGS = ("ja", "zh-Hans", "en")


def triples() -> list[tuple[str, ...]]:
    """Sentences in which every term stands beside every other one."""
    found = [
        tuple(frame[n].format(one[n], other[n]) for n in range(3))
        for one in WORDS
        for other in WORDS
        if one is not other
        for frame in FRAMES
    ]
    random.Random(7).shuffle(found)  # noqa: S311 - nothing is secret here
    return found


def units(*tags: str) -> list[TranslationUnit]:
    """The sentences as units of some languages."""
    return [
        TranslationUnit(
            segments=tuple(Segment(language=tag, text=row[TAGS.index(tag)]) for tag in TAGS if tag in tags),
            bead="-".join("1" * len(tags)),
            method=Method.GIVEN,
        )
        for row in triples()
    ]


def write(path: Path, *tags: str) -> Path:
    """Write the units in the format that the name of the file says."""
    with path.open("wb") as file:
        format_for(BITEXT_FORMATS, path).write(units(*tags), file)
    return path
