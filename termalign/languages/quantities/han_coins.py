"""Money in two or three units of Japanese and Chinese: 150円25銭, 5ドル50セント, 3元5角, 三块五."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from termalign.languages.quantities.han_numbers import small_number
from termalign.languages.quantities.readings import Numeral, Reading, amount
from termalign.model.quantities import QuantityKind

__all__ = ["read_coins"]

_DIGIT = "[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_CHINESE = re.compile(
    rf"(?:[元圆块](?P<tenths>{_DIGIT})[角毛](?:(?P<hundredths>{_DIGIT})分)?|[元圆块][零〇]?(?P<only>{_DIGIT})分(?![之钟])"
    rf"|块(?P<colloquial>{_DIGIT})(?=[，。、；！？,.;!?)\s钱]|\Z))钱?"
)
_JAPANESE = re.compile(r"(?:円(?P<sen>[0-9]{1,2})銭|(?:米)?ドル(?P<cents>[0-9]{1,2})セント)")
_FIRSTS = frozenset("元圆块円ド米")
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def read_coins(text: str, numeral: Numeral, at: int, *, chinese: bool) -> Reading | None:
    """Read an amount that goes on in a smaller unit.

    Args:
        text: A text in characters of normal width, Chinese ones simplified.
        numeral: The number of the larger unit.
        at: Where it ends.
        chinese: Whether the text is Chinese.

    Returns:
        The amount of money; ``None`` where none goes on so.

    Source:
        Ours.
    """
    if text[at : at + 1] not in _FIRSTS or not isinstance(numeral.value, Decimal) or numeral.bound:
        return None
    found = (_CHINESE if chinese else _JAPANESE).match(text, at)
    if found is None:
        return None
    small = _small(found)
    step = _HUNDREDTH if small % _TENTH or not chinese else _TENTH
    made = replace(numeral, value=numeral.value + small, step=step, end=found.end())
    code = "CNY" if chinese else "USD" if found["cents"] else "JPY"
    return amount(QuantityKind.MONEY, made, (numeral.start, found.end()), unit=code)


def _small(found: re.Match[str]) -> Decimal:
    """Add up what is written in the smaller units."""
    written = found.groupdict()
    tenths = small_number(written.get("tenths") or written.get("colloquial") or "") or 0
    hundredths = written.get("hundredths") or written.get("only") or written.get("sen") or written.get("cents") or ""
    return tenths * _TENTH + (small_number(hundredths) or 0) * _HUNDREDTH
