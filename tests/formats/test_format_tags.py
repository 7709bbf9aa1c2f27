from __future__ import annotations

import pytest

from termalign.errors import DataError, Where
from termalign.formats.tags import chinese_script, rank, read_tag, segment_rank
from termalign.model import TAGS, Segment


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("软件", "zh-Hans"),
        ("軟體", "zh-Hant"),
        ("量子", "zh-Hans"),
        ("", "zh-Hans"),
        ("ABC 12", "zh-Hans"),
        ("軟體與软件發展", "zh-Hant"),
        ("软件与軟体发展", "zh-Hans"),
        ("𠮷田的軟體", "zh-Hant"),
        ("𠮷镕", "zh-Hans"),
    ],
)
def test_the_script_of_chinese(text: str, tag: str) -> None:
    assert chinese_script(text) == tag


def test_tags_of_files() -> None:
    where = Where(file="a")
    assert [
        read_tag(tag, text="軟體", where=where) for tag in ("JA_jp", "zh", "zh-CN", "zh-Hant-HK", "en-GB", "fr-CA")
    ] == [
        "ja",
        "zh-Hant",
        "zh-Hans",
        "zh-Hant",
        "en",
        None,
    ]
    with pytest.raises(DataError, match="a: language tag 'jp'; write 'ja'"):
        read_tag("jp", text="", where=where)


def test_ranks_are_the_order_of_the_tags() -> None:
    assert sorted(["en", "fr", "zh-Hant", "ja", "zh-Hans"], key=rank) == [*TAGS, "fr"]
    assert segment_rank(Segment(language="en", text="a")) == 3
