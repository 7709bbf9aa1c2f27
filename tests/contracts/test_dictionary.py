"""What every dictionary format promises: well-formed entries, always in the same order, from its own files and no others."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from termalign.errors import DataError, DataErrors
from termalign.languages.fold import fold
from termalign.lexicon import DICTIONARIES, Dictionary, DictionaryFormat, LearnedLayer, Lexicon
from termalign.lexicon.lexicon import DEFAULT_LAYERS, layer
from termalign.model import TAGS

if TYPE_CHECKING:
    from pathlib import Path

    from termalign.lexicon import LexiconEntry

# Our own words, one sample for each format: a new format needs one.
SAMPLES = {
    "cedict": "# sample\n試管 试管 [shi4 guan3] /test tube/\n𠮷野 𠮷野 [ji2 ye3] /Yoshino (name)/\n",
    "edict": "試験管 [しけんかん] /(n) test tube/\n𠮷 [よし] /(n) good luck/\n",
    "jmdict": (
        '<?xml version="1.0"?>\n<!DOCTYPE JMdict [\n<!ENTITY n "noun">\n]>\n<JMdict>\n<entry><k_ele><keb>𠮷</keb></k_ele>'
        "<r_ele><reb>よし</reb></r_ele><sense><pos>&n;</pos><gloss>good luck</gloss></sense></entry>\n</JMdict>\n"
    ),
    "tbx": (
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1">'
        '<langSec xml:lang="ja"><termSec><term>𠮷</term></termSec></langSec>'
        '<langSec xml:lang="en"><termSec><term>good luck</term></termSec></langSec></conceptEntry></body></text></tbx>\n'
    ),
    "table": "ja,zh-Hans,en\n試験管,试管,test tube\n𠮷,吉,good luck|fortune\n",
}
POS = frozenset(
    [
        "",
        "n",
        "v",
        "adj",
        "adv",
        "num",
        "pron",
        "adp",
        "conj",
        "part",
        "det",
        "aux",
        "interj",
        "prefix",
        "suffix",
        "morph",
    ]
)


def check(entries: list[LexiconEntry]) -> None:
    assert entries
    for entry in entries:
        tags = [tag for tag, _ in entry.forms]
        assert set(tags) <= set(TAGS)
        assert len(tags) == len(set(tags))
        assert all(texts and all(text == text.strip() and fold(text) for text in texts) for _, texts in entry.forms), (
            entry
        )
        assert len(entry.readings) in {0, len(dict(entry.forms).get("ja", ()))}
        assert 0 < entry.weight <= 1
        assert entry.pos in POS


@pytest.fixture(params=list(DICTIONARIES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_keeps_its_protocol(name: str) -> None:
    found = DICTIONARIES.get(name)
    assert isinstance(found, DictionaryFormat)
    assert 0 < found.weight <= 1
    assert DICTIONARIES.entries()[name].suffixes


def test_it_reads_well_formed_entries_in_stable_order(name: str) -> None:
    raw = SAMPLES[name].encode()
    first, second = (list(DICTIONARIES.get(name).read(io.BytesIO(raw), name="sample")) for _ in range(2))
    assert first == second
    check(first)


def test_it_recognises_its_own_files_only(name: str) -> None:
    recognised = [other for other in SAMPLES if DICTIONARIES.get(name).recognises(SAMPLES[other])]
    assert recognised == [name]


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"<a>", b"one line of text\n", b"a\0b"])
def test_what_is_no_file_of_its_kind_is_refused(name: str, raw: bytes) -> None:
    with pytest.raises((DataError, DataErrors), match="broken"):
        list(DICTIONARIES.get(name).read(io.BytesIO(raw), name="broken"))


@pytest.mark.parametrize("which", [*DEFAULT_LAYERS, "learned", *SAMPLES])
def test_every_layer_is_a_dictionary(which: str, tmp_path: Path) -> None:
    path = tmp_path / f"{which}.dat"
    path.write_text(SAMPLES.get(which, ""), encoding="utf-8")
    learned = LearnedLayer(((("ja", "量子"), ("en", "quantum"), 0.3),))
    found = learned if which == "learned" else layer(which if which in DEFAULT_LAYERS else str(path))
    assert isinstance(found, Dictionary)
    assert found.name == (path.name if which in SAMPLES else which)
    assert 0 < found.weight <= 1
    entries = list(found.entries())
    assert entries == list(found.entries())
    check(entries)
    assert len(Lexicon([found])) == len(entries)
