"""Data categories of the public TBX dialects and where each may stand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Category", "Dialect", "dialect", "is_placed"]

_ANY_GROUP = frozenset({"*"})
# Groups that may stand between a category in DCA style and its level, by its element; TBX-Basic_DCA.sch asks for no less.
_DCA_GROUPS = {
    "admin": frozenset({"adminGrp", "descripGrp", "termNoteGrp", "itemGrp"}),
    "adminNote": frozenset({"adminGrp"}),
    "descrip": frozenset({"descripGrp"}),
    "ref": frozenset({"adminGrp", "descripGrp", "termNoteGrp", "itemGrp", "transacGrp"}),
    "termNote": frozenset({"termNoteGrp"}),
    "transac": frozenset({"transacGrp"}),
    "transacNote": frozenset({"transacGrp"}),
    "xref": frozenset[str](),
}
# The same in DCT style, by category where the rules of a module differ from those of its element: these differ by history.
_DCT_GROUPS = {
    "projectSubset": frozenset({"adminGrp"}),
    "source": frozenset({"descripGrp"}),
    "reading": frozenset({"adminGrp"}),
    "administrativeStatus": frozenset[str](),
    "partOfSpeech": frozenset[str](),
    "crossReference": _ANY_GROUP,
}
_DCT_UNCHECKED = frozenset({"geographicalUsage", "externalCrossReference"})  # no rule of the modules states their level
_DCT_ONLY_IN_GROUP = frozenset({"responsibility", "readingNote"})


@dataclass(frozen=True, slots=True)
class Category:
    """A data category.

    Args:
        name: Its name.
        module: The module that has it.
        element: Its element in DCA style.
        levels: Elements that it may belong to.
        values: Its picklist; empty for free text.
        target: ``internal`` or ``external`` where it has a target, with ``?`` where that is optional.
    """

    name: str
    module: str
    element: str
    levels: frozenset[str]
    values: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect: its categories by name, and the modules of the namespaces that it may use."""

    categories: dict[str, Category]
    namespaces: dict[str, str]

    def of_element(self, element: str) -> list[str]:
        """Return the names of the categories that an element may have in DCA style."""
        return [name for name, category in self.categories.items() if category.element == element]


@cache
def dialect(name: str) -> Dialect | None:
    """Return a public dialect, or ``None`` for one that is not known."""
    path = files("termalign") / "data" / "validation" / "categories.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    if name not in rows["dialects"]:
        return None
    modules = rows["dialects"][name]
    categories = {
        key: Category(
            name=key,
            module=module,
            element=row["element"],
            levels=frozenset(row["levels"]),
            values=tuple(row.get("values", ())),
            target=row.get("target", ""),
        )
        for module in modules
        for key, row in rows[module].items()
    }
    namespaces = {uri: module for uri, module in rows["namespaces"].items() if module in modules}
    return Dialect(categories, namespaces)


def is_placed(category: Category, style: str, parent: str, above: str) -> bool | None:
    """Tell whether a category stands where its rules allow.

    Args:
        category: The category.
        style: ``dca`` or ``dct``.
        parent: Name of the element around it.
        above: Name of the element around that.

    Returns:
        ``None`` where it stands wrong although no schema says so.
    """
    groups = _DCA_GROUPS[category.element]
    if style == "dct":
        groups = _DCT_GROUPS.get(
            category.name, groups - {"itemGrp", "termNoteGrp"} if category.element != "termNote" else groups
        )
        if category.name == "customerSubset":
            return parent in category.levels or (parent == "adminGrp" and above == "termSec")
    in_group = (parent in groups or groups == _ANY_GROUP) and above in category.levels
    is_only_in_group = style == "dct" and category.name in _DCT_ONLY_IN_GROUP
    found = in_group or (parent in category.levels and not is_only_in_group)
    return None if style == "dct" and category.name in _DCT_UNCHECKED and not found else found
