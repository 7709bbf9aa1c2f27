"""What the tests with real tools write and look for: sentences and terms in three languages."""

from __future__ import annotations

__all__ = ["ROWS", "TAGS", "TERMS"]

ROWS = [
    ("港湾の水素を測定する。", "测量港口的氢气。", "Measure the hydrogen in the port."),
    (
        "量子もつれ <は> & 𠮷野で観測された。",
        "在𠮷野观测到量子纠缠 <的> & 现象。",
        "Entanglement <was> & observed in Yoshino.",
    ),
    ("見出し「終わり」", "标题“结束”", 'The heading "The end"'),
]
TERMS = [
    ("c-1", ("量子もつれ", "エンタングルメント"), ("量子纠缠",), ("entanglement", "quantum entanglement")),
    ("c-2", ("水素",), ("氢气",), ("hydrogen",)),
    ("c-3", ("水",), ("水",), ("water",)),
    ("c-4", ("=1+1",), ("+式",), ("@home",)),
    ("c-5", ("007",), ("NA",), ("TRUE",)),
]
TAGS = ("ja", "zh-Hans", "en")
