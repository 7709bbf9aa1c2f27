"""Text in another script of Chinese, for display: word by word, by OpenCC.

Apart from folding on purpose. A key is made character by character and never shown; a text to be shown needs the word (头发 is
頭髮, 发展 發展), and gets another length, so it has no offsets. There is no conversion between Japanese and Chinese: OpenCC knows
shinjitai and kyujitai only, and a Japanese word in Chinese characters is not a Chinese word (勉強).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from termalign.errors import ConfigError
from termalign.model import canonical_tag

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["convert"]

_FIX = "convert between zh-Hans and zh-Hant; regions are TW and HK"
# Configurations by source and target; with the words of the region, or its characters only.
_CONFIGS = {
    ("zh-Hans", "zh-Hant", ""): ("s2t", "s2t"),
    ("zh-Hans", "zh-Hant", "TW"): ("s2twp", "s2tw"),
    ("zh-Hans", "zh-Hant", "HK"): ("s2hkp", "s2hk"),
    ("zh-Hant", "zh-Hans", ""): ("t2s", "t2s"),
    ("zh-Hant", "zh-Hans", "TW"): ("tw2sp", "tw2s"),
    ("zh-Hant", "zh-Hans", "HK"): ("hk2sp", "hk2s"),
}


class _Converter(Protocol):
    """What OpenCC offers, which publishes no types."""

    def convert(self, text: str) -> str:
        """Convert a text."""


@cache
def _converter(config: str) -> Callable[[str], str]:
    """Load a configuration, once per process."""
    import opencc  # noqa: PLC0415 - heavy, and looking up needs none

    made: _Converter = opencc.OpenCC(config)
    return made.convert


def convert(text: str, *, source: str, target: str, region: str = "", words: bool = False) -> str:
    """Write Chinese text in its other script.

    Args:
        text: Text in the source language.
        source: BCP 47 tag, ``zh-Hans`` or ``zh-Hant``.
        target: The other one; the tag of the source returns the text as it is.
        region: ``TW`` or ``HK``, whose traditional characters are meant (裡, 裏); empty for OpenCC's own standard.
        words: Whether the words of the region are exchanged, too (软件, 軟體). The meaning of a sentence stays; the wording of a
            designation does not, so leave it off for terms.

    Returns:
        The text for people to read; never a key to compare by.

    Raises:
        ConfigError: A pair of languages or a region that there is no conversion for; words without a region.

    Source:
        OpenCC, configurations s2t, s2tw, s2twp, s2hk, s2hkp, t2s, tw2s, tw2sp, hk2s and hk2sp.

    >>> convert("头发的发展", source="zh-Hans", target="zh-Hant")
    '頭髮的發展'
    >>> convert("软件", source="zh-Hans", target="zh-Hant", region="TW", words=True)
    '軟體'
    """
    source, target = canonical_tag(source), canonical_tag(target)
    configs = _CONFIGS.get((source, target, region))
    if words and not region:
        raise ConfigError("words of a region are asked for, and no region", "give region='TW' or region='HK'")
    if source == target and source != "zh" and region in {"", "TW", "HK"}:
        return text
    if configs is None:
        raise ConfigError(
            f"no conversion from {source} to {target}" + (f" for region {region!r}" if region else ""), _FIX
        )
    return _converter(configs[0 if words else 1])(text)
