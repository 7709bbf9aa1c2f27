"""What every registered format keeps to."""

from __future__ import annotations

import dataclasses
import io
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termalign.errors import TermalignError
from termalign.formats import (
    BITEXT_FORMATS,
    DOCUMENT_FORMATS,
    GLOSSARY_FORMATS,
    BitextFormat,
    DocumentFormat,
    GlossaryFormat,
    format_for,
)
from termalign.model import Concept, ConceptStatus, Designation, Method, Segment, TermStatus, TranslationUnit

if TYPE_CHECKING:
    from termalign.registry import Registry

REGISTRIES: dict[str, Registry[Any]] = {
    "documents": DOCUMENT_FORMATS,
    "bitext": BITEXT_FORMATS,
    "glossaries": GLOSSARY_FORMATS,
}
EVERY = [(room, name) for room, registry in REGISTRIES.items() for name in registry]
STREAMED = [(room, name) for room, name in EVERY if room != "documents"]

UNITS = [
    TranslationUnit(
        segments=(
            Segment(language="ja", text="量子もつれを\u3000測る <測定> & 𠮷野"),
            Segment(language="zh-Hans", text="测量量子纠缠"),
            Segment(language="en", text="Measuring “entanglement” = 1+1"),
        ),
        bead="1-1-1",
        method=Method.GIVEN,
    ),
    TranslationUnit(
        segments=(Segment(language="ja", text="終わり。"), Segment(language="en", text="The end.")), method=Method.GIVEN
    ),
]


def designations(*texts: str) -> tuple[Designation, ...]:
    statuses = [TermStatus.PREFERRED, *[TermStatus.ADMITTED] * len(texts)]
    return tuple(
        Designation(text=text, status=status, verified=True) for text, status in zip(texts, statuses, strict=False)
    )


CONCEPTS = [
    Concept(
        id=f"c-{number}",
        terms=(
            ("ja", designations("量子もつれ", "𠮷 <&>")),
            ("zh-Hans", designations("量子纠缠")),
            ("en", designations("=QE", "Q")),
        ),
        status=ConceptStatus.VERIFIED,
        score=0.9317,
        verified_by={"policy": "given", "version": 1, "because": []},
    )
    for number in (1, 2)
]


# What is no text file has no byte order mark and no line ends.
TEXTS = [(room, name) for room, name in STREAMED if name != "xlsx"]


PAIR = ("ja", "en")


def is_bilingual(room: str, name: str) -> bool:
    return getattr(REGISTRIES[room].get(name), "is_bilingual", False)


def held(room: str, name: str, values: list[Any]) -> list[Any]:
    """What a format holds of the values: two languages, where it is one of those, and of concepts their texts."""
    if not is_bilingual(room, name):
        return values
    if room == "bitext":
        return [tuple((tag, one.segment(tag).text) for tag in PAIR) for one in values]
    return [(one.id, [(tag, [form.text for form in one.designations(tag)]) for tag in PAIR]) for one in values]


def written(room: str, name: str) -> bytes:
    file = io.BytesIO()
    form = REGISTRIES[room].get(name)
    if is_bilingual(room, name):
        form = dataclasses.replace(form, languages=PAIR)
    form.write(UNITS if room == "bitext" else CONCEPTS, file)
    return file.getvalue()


def read(room: str, name: str, raw: bytes) -> list[TranslationUnit] | list[Concept]:
    if room == "bitext":
        return list(BITEXT_FORMATS.get(name).read(io.BytesIO(raw), name="given.file"))
    return list(GLOSSARY_FORMATS.get(name).read(io.BytesIO(raw), name="given.file"))


def fault(room: str, name: str, raw: bytes) -> TermalignError | None:
    """What is wrong with the bytes; any error but ours goes through."""
    try:
        if room == "documents":
            DOCUMENT_FORMATS.get(name).read(raw, file="given.file")
        else:
            read(room, name, raw)
    except TermalignError as error:
        return error
    return None


@pytest.mark.parametrize(("room", "name"), EVERY)
def test_keeps_to_its_protocol(room: str, name: str) -> None:
    protocol = {"documents": DocumentFormat, "bitext": BitextFormat, "glossaries": GlossaryFormat}[room]
    assert isinstance(REGISTRIES[room].get(name), protocol)


@pytest.mark.parametrize(("room", "name"), EVERY)
def test_has_the_endings_that_its_entry_names(room: str, name: str) -> None:
    registry = REGISTRIES[room]
    form, entry = registry.get(name), registry.entries()[name]
    assert form.suffixes == entry.suffixes
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in entry.suffixes)
    for suffix in entry.suffixes:
        assert format_for(registry, f"DIR.x/Some{suffix.upper()}") is form


@pytest.mark.parametrize(("room", "name"), STREAMED)
def test_write_then_read_is_identity(room: str, name: str) -> None:
    found = read(room, name, written(room, name))
    assert held(room, name, found) == held(room, name, UNITS if room == "bitext" else CONCEPTS)


@pytest.mark.parametrize(("room", "name"), STREAMED)
def test_same_values_give_same_bytes(room: str, name: str) -> None:
    assert written(room, name) == written(room, name)


@pytest.mark.parametrize(("room", "name"), STREAMED)
def test_nothing_is_written_as_nothing(room: str, name: str) -> None:
    file = io.BytesIO()
    report = (BITEXT_FORMATS.get(name) if room == "bitext" else GLOSSARY_FORMATS.get(name)).write([], file)
    assert (report.n_written, report.losses) == (0, ())
    assert read(room, name, file.getvalue()) == []


@pytest.mark.parametrize(("room", "name"), TEXTS)
def test_a_byte_order_mark_and_other_line_ends_change_nothing(room: str, name: str) -> None:
    raw = written(room, name).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    marked = b"\xef\xbb\xbf" + raw.removeprefix(b"\xef\xbb\xbf")
    assert read(room, name, marked) == read(room, name, written(room, name))


@pytest.mark.parametrize(("room", "name"), EVERY)
@given(raw=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_values_or_an_error_with_the_file(room: str, name: str, raw: bytes) -> None:
    error = fault(room, name, raw)
    if error is not None:
        assert "given.file" in str(error)
        assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own error: it crosses processes


@pytest.mark.parametrize(("room", "name"), STREAMED)
@given(data=st.data())
def test_a_damaged_file_gives_values_or_an_error(room: str, name: str, data: st.DataObject) -> None:
    raw = bytearray(written(room, name))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    error = fault(room, name, bytes(raw))
    assert error is None or "given.file" in str(error)


@pytest.mark.parametrize("name", list(DOCUMENT_FORMATS))
def test_a_document_is_its_bytes_decoded(name: str) -> None:
    text = "# 見出し\r\n\r\n量子もつれ\u3000𠮷。\n"
    form = DOCUMENT_FORMATS.get(name)
    assert form.read(text.encode("utf-8"), file="a") == (text, "utf-8")
    assert form.name.partition("/")[2].isdigit()
