"""Name -> implementation, imported on first use.

Plug-ins are listed by name and dotted path, so that listing them imports nothing heavy and a missing optional package
gives the way to install it.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from termalign.errors import ConfigError, MissingExtraError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Entry", "Registry"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an implementation lives.

    Args:
        target: ``package.module:NAME``.
        extra: The optional extra that it needs; may be empty.
        suffixes: File name endings that it reads and writes, lower case, with the dot; empty where files play no part.
    """

    target: str
    extra: str = ""
    suffixes: tuple[str, ...] = ()


class Registry(Generic[T]):
    """The implementations of one protocol, by name.

    Args:
        kind: What the entries are, in messages (``language``).
        entries: Name to :class:`Entry`, in the order in which they are listed.
    """

    def __init__(self, kind: str, entries: Mapping[str, Entry]) -> None:
        self.kind = kind
        self._entries = dict(entries)
        self._loaded: dict[str, T] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, name: str, entry: Entry) -> None:
        """Register one more implementation.

        Args:
            name: Its name, not yet taken.
            entry: Where it lives.

        Raises:
            ConfigError: The name is taken.
        """
        if name in self._entries:
            raise ConfigError(f"{self.kind} {name!r} is registered already")
        self._entries[name] = entry

    def entries(self) -> Mapping[str, Entry]:
        """Return where each implementation lives, by name; nothing is imported."""
        return dict(self._entries)

    def get(self, name: str) -> T:
        """Import and return the implementation called ``name``.

        Args:
            name: A registered name.

        Returns:
            The implementation; the same object at each call.

        Raises:
            UnknownNameError: No such name; the message proposes the nearest.
            MissingExtraError: The implementation needs a package that is not installed.
        """
        if name in self._loaded:
            return self._loaded[name]
        entry = self._entries.get(name)
        if entry is None:
            near = get_close_matches(name, self._entries, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(self._entries)}"
            raise UnknownNameError(f"unknown {self.kind} {name!r}", hint)
        module_name, _, attribute = entry.target.partition(":")
        try:
            module = import_module(module_name)
        except ModuleNotFoundError as exc:
            if not entry.extra:
                raise
            fix = f"pip install 'termalign-cjke[{entry.extra}]'"
            raise MissingExtraError(f"{self.kind} {name!r} needs {exc.name}", fix) from exc
        self._loaded[name] = cast("T", getattr(module, attribute))
        return self._loaded[name]
