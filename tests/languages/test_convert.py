"""Conversion for display, word by word."""

from __future__ import annotations

import subprocess
import sys

import pytest

from termalign.errors import ConfigError
from termalign.languages.convert import convert

CASES = [
    # text, source, target, region, words, expected
    ("头发的发展", "zh-Hans", "zh-Hant", "", False, "頭髮的發展"),
    ("皇后以后的干部不干干燥的活", "zh-Hans", "zh-Hant", "", False, "皇后以後的幹部不幹乾燥的活"),
    ("这里的软件和网络", "zh-Hans", "zh-Hant", "TW", True, "這裡的軟體和網路"),
    ("这里的软件和网络", "zh-Hans", "zh-Hant", "TW", False, "這裡的軟件和網絡"),
    ("这里的卫星", "zh-Hans", "zh-Hant", "HK", False, "這裏的衞星"),
    ("這裡的軟體", "zh-Hant", "zh-Hans", "TW", True, "这里的软件"),
    ("這裡的軟體", "zh-Hant", "zh-Hans", "TW", False, "这里的软体"),
    ("這裏的衞星", "zh-Hant", "zh-Hans", "HK", False, "这里的卫星"),
    ("乾坤與乾燥", "zh-Hant", "zh-Hans", "", False, "乾坤与干燥"),
    ("量子", "zh-Hans", "zh-CN", "", False, "量子"),
    ("", "zh-Hans", "zh-Hant", "", False, ""),
    ("Q-LEAP 𠮷", "zh-Hans", "zh-Hant", "", False, "Q-LEAP 𠮷"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case[:5])))
def test_words_decide(case: tuple[str, str, str, str, bool, str]) -> None:
    text, source, target, region, words, expected = case
    assert convert(text, source=source, target=target, region=region, words=words) == expected


@pytest.mark.parametrize(
    ("source", "target", "region", "words"),
    [
        ("ja", "zh-Hans", "", False),
        ("zh-Hans", "ja", "", False),
        ("zh-Hans", "en", "", False),
        ("zh-Hans", "zh-Hant", "SG", False),
        ("zh-Hans", "zh-Hant", "", True),
        ("zh", "zh-Hant", "", False),
        ("jp", "zh-Hant", "", False),
    ],
)
def test_what_cannot_be_converted_is_refused(source: str, target: str, region: str, words: bool) -> None:  # noqa: FBT001
    with pytest.raises(ConfigError):
        convert("国", source=source, target=target, region=region, words=words)


def test_opencc_loads_on_the_first_conversion_only() -> None:
    code = (
        "import sys; from termalign.languages.convert import convert;"
        "assert 'opencc' not in sys.modules;"
        "assert convert('国', source='zh-Hans', target='zh-Hant') == '國' and 'opencc' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr.strip()) == (0, "")
