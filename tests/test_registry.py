from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from termalign.errors import ConfigError, MissingExtraError, UnknownNameError
from termalign.registry import Entry, Registry

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry[str]:
    """A registry over a module of its own and one that needs a package which nobody has."""
    (tmp_path / "plugin_good.py").write_text("VALUE = object()\n", encoding="utf-8")
    (tmp_path / "plugin_needy.py").write_text("import no_such_package_at_all\nVALUE = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("plugin_good", "plugin_needy"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return Registry(
        "reader",
        {
            "plain": Entry("plugin_good:VALUE", suffixes=(".txt",)),
            "pdf": Entry("plugin_needy:VALUE", extra="pdf"),
            "needy": Entry("plugin_needy:VALUE"),
        },
    )


def test_names_are_listed_in_their_order_and_nothing_is_imported(registry: Registry[str]) -> None:
    assert list(registry) == ["plain", "pdf", "needy"]
    assert len(registry) == 3
    assert "pdf" in registry
    assert "docx" not in registry
    assert registry.entries()["plain"].suffixes == (".txt",)
    assert "plugin_good" not in sys.modules


def test_an_implementation_is_imported_once(registry: Registry[str]) -> None:
    first = registry.get("plain")
    assert "plugin_good" in sys.modules
    assert registry.get("plain") is first


@pytest.mark.parametrize(
    ("name", "hint"), [("plane", "did you mean 'plain'?"), ("PDF2", "there are plain, pdf, needy"), ("", "there are")]
)
def test_an_unknown_name_proposes_the_nearest_or_lists_all(registry: Registry[str], name: str, hint: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        registry.get(name)
    assert str(caught.value).startswith(f"unknown reader {name!r}; {hint}")


def test_a_missing_package_says_how_to_install_it(registry: Registry[str]) -> None:
    with pytest.raises(MissingExtraError) as caught:
        registry.get("pdf")
    assert str(caught.value) == "reader 'pdf' needs no_such_package_at_all; pip install 'termalign-cjke[pdf]'"
    assert isinstance(caught.value.__cause__, ModuleNotFoundError)


def test_a_missing_package_that_is_no_extra_is_not_hidden(registry: Registry[str]) -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_package_at_all"):
        registry.get("needy")


def test_other_packages_may_add_but_not_replace(registry: Registry[str]) -> None:
    registry.add("copy", Entry("plugin_good:VALUE"))
    assert list(registry)[-1] == "copy"
    assert registry.get("copy") is registry.get("plain")
    with pytest.raises(ConfigError, match="reader 'copy' is registered already"):
        registry.add("copy", Entry("plugin_good:VALUE"))


def test_what_entries_gives_is_a_copy(registry: Registry[str]) -> None:
    entries = registry.entries()
    assert isinstance(entries, dict)
    entries.clear()
    assert len(registry) == 3
