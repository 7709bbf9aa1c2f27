"""Layers of words: which come first, what they weigh, whose they are."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from termalign.errors import ConfigError, DataError, MissingExtraError, UnknownNameError
from termalign.lexicon import LearnedLayer, Lexicon, LexiconEntry, Translation
from termalign.lexicon import installed as installed_module
from termalign.lexicon.core import HEADER, ShippedLayer, read_rows
from termalign.lexicon.lexicon import LATER_FORM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Words:
    """A layer of the test's own."""

    def __init__(self, *entries: LexiconEntry, name: str = "words", weight: float = 1.0, licence: str = "") -> None:
        self.name, self.weight, self.licence, self._entries = name, weight, licence, entries

    def entries(self) -> Iterator[LexiconEntry]:
        yield from self._entries


def entry(**forms: str) -> LexiconEntry:
    tags = {"hans": "zh-Hans", "hant": "zh-Hant"}
    return LexiconEntry(
        forms=tuple((tags.get(tag, tag), tuple(cell.split("|"))) for tag, cell in forms.items()), pos="n"
    )


def texts(found: tuple[Translation, ...]) -> list[tuple[str, float, str]]:
    return [(one.text, round(one.weight, 3), one.layer) for one in found]


@pytest.fixture(scope="module")
def core() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize(
    ("word", "source", "target", "expected"),
    [
        ("コンピューター", "ja", "en", "computer"),
        ("ｺﾝﾋﾟｭｰﾀ", "ja", "en", "computer"),
        ("COMPUTER", "en", "ja", "コンピュータ"),
        ("軟體", "zh-Hant", "en", "software"),
        ("software", "en", "zh-Hant", "軟體"),
        ("经济", "zh-Hans", "ja", "経済"),
        ("經濟", "zh-Hant", "ja", "経済"),
        ("economy", "en", "zh-Hant", "经济"),
    ],
)
def test_the_core_translates_whatever_the_spelling(
    core: Lexicon, word: str, source: str, target: str, expected: str
) -> None:
    assert expected in [one.text for one in core.translations(word, source, target)]
    assert (source, word) in core


@pytest.mark.parametrize(
    ("word", "present", "absent"),
    [
        ("コート", "coat", "thing"),
        ("プレー", "play", "pre-"),
        ("キット", "kit", "surely"),
        ("サーバー", "server", "mackerel"),
        ("サーバ", "server", "mackerel"),
        ("こと", "thing", None),
    ],
)
def test_a_katakana_word_is_not_one_of_hiragana_or_of_another_length(
    core: Lexicon, word: str, present: str, absent: str | None
) -> None:
    found = {one.text for one in core.translations(word, "ja", "en")}
    assert present in found
    assert absent not in found


def test_what_is_unknown_is_empty(core: Lexicon) -> None:
    for word in ("ぬるぽ𠮷", "", "・"):
        assert core.translations(word, "ja", "en") == ()
        assert core.senses(word, "ja") == ()
        assert ("ja", word) not in core
    assert core.translations("computer", "en", "fr") == ()
    assert core.translations("computer", "fr", "en") == ()


def test_layers_keep_their_order_weights_and_licences() -> None:
    first = Words(entry(ja="光子", en="photon|light quantum"), name="a", weight=0.5, licence="CC-BY-SA-4.0")
    second = Words(entry(ja="光子", en="photon"), entry(ja="光子", en="light particle|photon"), name="b", weight=0.5)
    third = Words(entry(ja="光子", en="light quantum"), name="c", weight=0.9)
    found = Lexicon([first, second, third]).translations("光子", "ja", "en")
    assert texts(found) == [("light quantum", 0.9, "c"), ("light particle", 0.5, "b"), ("photon", 0.5, "a")]
    assert [one.licence for one in found] == ["", "", "CC-BY-SA-4.0"]
    lexicon = Lexicon([first, second, third])
    assert lexicon.licences() == (("a", "CC-BY-SA-4.0"), ("b", ""), ("c", ""))
    assert [dict(sense.forms)["en"][0] for sense in lexicon.senses("光子", "ja")] == [
        "photon",
        "photon",
        "light particle",
        "light quantum",
    ]


def test_a_later_form_weighs_less() -> None:
    found = Lexicon([Words(entry(ja="光子", en="photon|light quantum"))]).translations("光子", "ja", "en")
    assert texts(found) == [("photon", 1.0, "words"), ("light quantum", LATER_FORM, "words")]


def test_traditional_text_falls_back_on_simplified_words_only_where_it_has_none() -> None:
    fallback = entry(hans="光子", en="photon")
    lexicon = Lexicon(
        [Words(fallback, entry(hans="软件", hant="軟體", en="software"), entry(hans="软体", en="mollusc"))]
    )
    assert texts(lexicon.translations("光子", "zh-Hant", "en")) == [("photon", 1.0, "words")]
    assert [one.text for one in lexicon.translations("photon", "en", "zh-Hant")] == ["光子"]
    assert [one.text for one in lexicon.translations("軟體", "zh-Hant", "en")] == ["software"]
    assert lexicon.translations("軟件", "zh-Hans", "en")[0].text == "software"
    assert Lexicon([Words(entry(hant="軟體", en="software"))]).translations("軟體", "zh-Hans", "en") == ()


def test_private_use_characters_in_a_form_move_no_other() -> None:
    lexicon = Lexicon([Words(entry(ja="a\ue000b", en="x"), entry(ja="光子", en="photon"))])
    assert lexicon.translations("光子", "ja", "en")[0].text == "photon"
    assert lexicon.translations("a\ue000b", "ja", "en")[0].text == "x"


def test_a_part_that_is_switched_off_is_gone() -> None:
    whole, without = Lexicon.load("core"), Lexicon.load("core:-quantum, -computing")
    parts = {sense.part for sense in whole.senses("量子論", "ja")}
    assert parts == {"core/quantum"}
    assert without.senses("量子論", "ja") == ()
    assert 0 < len(without) < len(whole)


@pytest.mark.parametrize(
    ("name", "error", "problem"),
    [
        ("cooking", UnknownNameError, "unknown lexicon 'cooking'; there are core, places, cedict, jmdict"),
        ("no/such/file.csv", UnknownNameError, "unknown lexicon 'no/such/file.csv'"),
        ("", UnknownNameError, "unknown lexicon ''"),
        ("x" * 5000, UnknownNameError, "unknown lexicon 'xxx"),
        ("a\0b", UnknownNameError, "unknown lexicon"),
        ("core:-cooking", ConfigError, "lexicon core has no part 'cooking'"),
        ("core:quantum", ConfigError, "switch a part off with a minus: core:-quantum"),
    ],
)
def test_a_layer_that_is_not_there_is_named(name: str, error: type[Exception], problem: str) -> None:
    with pytest.raises(error) as caught:
        Lexicon.load(name)
    assert problem in str(caught.value)
    assert isinstance(caught.value, ConfigError)


def test_a_dictionary_package_that_is_not_installed_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed_module, "find_spec", lambda _name: None)
    for name in ("cedict", "jmdict"):
        with pytest.raises(MissingExtraError, match=r"pip install 'termalign-cjke\[dictionaries\]'"):
            Lexicon.load(name)


def test_a_lexicon_pickles_before_and_after_use(core: Lexicon) -> None:
    for lexicon in (Lexicon.load(), core):
        copy = pickle.loads(pickle.dumps(lexicon))  # noqa: S301 - our own bytes
        assert len(copy) == len(lexicon)
        assert copy.translations("量子", "ja", "en") == lexicon.translations("量子", "ja", "en") != ()


def test_learned_pairs_weigh_what_the_caller_says() -> None:
    pairs = ((("ja", "光子"), ("en", "photon"), 0.25), (("zh-Hans", "光子"), ("ja", "光子"), 1.0))
    lexicon = Lexicon([LearnedLayer(pairs, weight=0.5)])
    assert texts(lexicon.translations("光子", "ja", "en")) == [("photon", 0.125, "learned")]
    assert texts(lexicon.translations("光子", "ja", "zh-Hans")) == [("光子", 0.5, "learned")]
    assert texts(lexicon.translations("photon", "en", "ja")) == [("光子", 0.125, "learned")]
    assert lexicon.translations("photon", "en", "zh-Hans") == ()


@pytest.mark.parametrize(
    ("pair", "settings", "problem"),
    [
        ((("ja", "光子"), ("en", "photon"), 0.0), {}, "weight 0.0"),
        ((("ja", "光子"), ("en", "photon"), 1.5), {}, "weight 1.5"),
        ((("ja", "光子"), ("en", "photon"), float("nan")), {}, "weight nan"),
        ((("ja", "光子"), ("en", "photon"), 1.0), {"weight": 2.0}, "weight 2.0"),
        ((("ja", "光子"), ("ja", "ひかり"), 1.0), {}, "words of two languages"),
        ((("ja", "光子"), ("en", ""), 1.0), {}, "words of two languages"),
    ],
)
def test_a_learned_pair_that_cannot_be_is_refused(pair: Any, settings: dict[str, Any], problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        LearnedLayer((pair,), **settings)


def test_a_shipped_row_is_the_same_entry_by_either_way() -> None:
    store = ShippedLayer("places").store()
    assert [store.entry(number) for number in range(len(store))] == list(ShippedLayer("places").entries())
    assert store.entry(3) is store.entry(3)


def test_a_broken_shipped_table_is_named_with_its_line() -> None:
    row = "光子\tこうし\t光子\t\tphoton\tn\tphysics"
    table = "\t".join(HEADER) + f"\n{row}\n"
    assert [one.forms[0] for one in read_rows(table, part="core/x")] == [("ja", ("光子",))]
    with pytest.raises(DataError, match=r"core/x:3: not seven columns"):
        list(read_rows(table + "光子\tこうし\n", part="core/x"))
    with pytest.raises(DataError, match=r"core/x:1: no lexicon header"):
        list(read_rows(row, part="core/x"))


def test_a_path_and_a_name_stand_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text("ja,en\n光子,photon\n", encoding="utf-8")
    lexicon = Lexicon.load(str(path), "core:-quantum")
    assert lexicon.licences() == (("ours.csv", ""), ("core", "CC-BY-4.0"))
    assert lexicon.translations("光子", "ja", "en")[0].layer == "ours.csv"
