"""The rules of inline codes in TBX: ``sc`` and ``ec`` begin and end a pair, or say that they are isolated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.formats.validation.findings import Findings

__all__ = ["check_codes"]

_NONE = "\0"  # stands for an attribute that is not there


def check_codes(codes: Sequence[tuple[str, ...]], findings: Findings) -> None:
    """Check the codes of one text.

    Args:
        codes: Name, ``isolated``, ``startRef``, ``id``, line and column of each, in their order.
        findings: Takes what is found.

    Source:
        ISO 30042:2019; the same rules as XLIFF 2.1 section 4.2.3.1 has.
    """
    names = [code[0] for code in codes]
    for number, (name, isolated, start, own_id, line, column) in enumerate(codes):
        is_paired = "ec" in names[number + 1 :] if name == "sc" else "sc" in names[:number]
        at = (int(line), int(column))
        if isolated not in {_NONE, "no" if is_paired else "yes"}:
            expected = "no" if is_paired else "yes"
            message = f'isolated="{isolated}" of <{name}>'
            findings.add("tbx-inline", message, f"write {expected}, or leave it out", at=at)
        if name == "ec" and is_paired and start == _NONE:
            findings.add("tbx-inline", "<ec> without startRef", "name the id of its <sc>", at=at)
        if name == "ec" and not is_paired and own_id in {_NONE, ""}:
            findings.add("tbx-inline", "<ec> without its <sc> and without id", "give it an id", at=at)
