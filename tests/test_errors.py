from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from termalign import errors
from termalign.errors import (
    ConfigError,
    DataError,
    DataErrors,
    MissingExtraError,
    OtherLanguageError,
    OutputError,
    TermalignError,
    UnknownNameError,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

WHERE = Where(file="a.tmx", line=4, path="tu[2].lang")
FAULT = DataError("language tag 'jp'", WHERE, "write 'ja'")
EXAMPLES: list[TermalignError] = [
    TermalignError("odd"),
    ConfigError("no such thing", "name one"),
    UnknownNameError("unknown language 'jo'", "did you mean 'ja'?"),
    OtherLanguageError("language 'ko'", "write ja"),
    MissingExtraError("pdf needs pypdfium2", "pip install 'termalign-cjke[pdf]'"),
    FAULT,
    OutputError("cannot be written", Where(file="out.tmx"), "free some space"),
    DataErrors("a.tmx: 2 faults", [FAULT, DataError("broken", Where())]),
]


def classes(root: type[TermalignError] = TermalignError) -> Iterator[type[TermalignError]]:
    yield root
    for inner in root.__subclasses__():
        if inner.__module__ == errors.__name__:
            yield from classes(inner)


def test_every_class_is_public_in_the_tree_and_has_an_example() -> None:
    found = {one.__name__ for one in classes()}
    assert found | {"Where"} == set(errors.__all__)
    assert {type(example).__name__ for example in EXAMPLES} == found
    tree = str(errors.__doc__)
    assert all(name in tree for name in found)


@pytest.mark.parametrize("error", EXAMPLES, ids=[type(error).__name__ for error in EXAMPLES])
def test_an_error_crosses_processes(error: TermalignError) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        copy: Any = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - our own bytes
        assert type(copy) is type(error)
        assert str(copy) == str(error)
        if not isinstance(error, DataErrors):
            assert copy.args == error.args
            assert vars(copy) == vars(error)


def test_a_group_of_errors_keeps_them_when_it_crosses_processes() -> None:
    group = DataErrors("a.tmx: 2 faults", [FAULT, OutputError("full", Where(file="x"), "free some space")])
    copy = pickle.loads(pickle.dumps(group))  # noqa: S301 - our own bytes
    assert [(type(one), one.args) for one in copy.exceptions] == [(type(one), one.args) for one in group.exceptions]
    assert copy.message == "a.tmx: 2 faults"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ConfigError("no such thing", "name one"), "no such thing; name one"),
        (ConfigError("no such thing"), "no such thing"),
        (FAULT, "a.tmx:4 (tu[2].lang): language tag 'jp'; write 'ja'"),
        (DataError("broken", Where(file="a.tmx")), "a.tmx: broken"),
        (DataError("broken", Where(path="tu[2]"), "mend it"), "input (tu[2]): broken; mend it"),
        (DataErrors("a.tmx: 1 fault", [FAULT]), f"a.tmx: 1 fault\n  {FAULT}"),
    ],
)
def test_a_message_says_where_what_and_the_way_out(error: TermalignError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize(
    ("where", "text", "as_json"),
    [
        (Where(), "input", {}),
        (Where(file="a.tmx"), "a.tmx", {"file": "a.tmx"}),
        (Where(file="a.tmx", line=4), "a.tmx:4", {"file": "a.tmx", "line": 4}),
        (WHERE, "a.tmx:4 (tu[2].lang)", {"file": "a.tmx", "line": 4, "path": "tu[2].lang"}),
        (Where(line=0), "input:0", {"line": 0}),
    ],
)
def test_a_place_in_words_and_as_json(where: Where, text: str, as_json: dict[str, object]) -> None:
    assert str(where) == text
    assert where.as_json() == as_json


def test_context_is_put_before_the_path() -> None:
    inner = Where(file="a.tmx", line=4)
    assert inner.inside("lang") == Where(file="a.tmx", line=4, path="lang")
    assert inner.inside("lang").inside("tu[2]") == WHERE
    assert inner.path == ""
    moved = OutputError("full", Where(path="lang"), "free").inside("tu[2]")
    assert type(moved) is OutputError
    assert (moved.where.path, moved.problem, moved.fix) == ("tu[2].lang", "full", "free")


def test_what_a_caller_may_catch() -> None:
    assert issubclass(ConfigError, ValueError)
    assert issubclass(DataError, ValueError)
    assert not issubclass(DataError, ConfigError)
    with pytest.raises(ExceptionGroup) as caught:
        raise DataErrors("2 faults", [FAULT, FAULT])
    assert caught.group_contains(DataError)
    with pytest.raises(TermalignError):
        raise DataErrors("1 fault", [FAULT])
