"""Gettext PO: fuzzy, obsolete and plural entries, header and language; and what is bad input."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from termalign.errors import DataError
from termalign.formats.po import PO, Po
from termalign.model import Method, Segment, TranslationUnit

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset={}\\n"\n{}\n'


def po(body: str, *, language: str = "ja", charset: str = "UTF-8", more: str = "") -> str:
    return HEADER.format(language, charset, more) + body


def entry(source: str, target: str, before: str = "") -> str:
    return f'{before}msgid "{source}"\nmsgstr "{target}"\n\n'


def read(raw: str | bytes, form: Po = PO, name: str = "a.po") -> tuple[list[dict[str, str]], Counter[str]]:
    losses: Counter[str] = Counter()
    file = io.BytesIO(raw if isinstance(raw, bytes) else raw.encode())
    units = list(form.read(file, name=name, losses=losses))
    return [{segment.language: segment.text for segment in unit.segments} for unit in units], +losses


def test_entries_and_their_context() -> None:
    text = po(entry("Port", "港", '#. place\n# mine\nmsgctxt "menu"\n') + entry("Open\\n", "開く\\n"))
    first, second = PO.read(io.BytesIO(text.encode()), name="a.po")
    assert [(one.language, one.text) for one in first.segments] == [("ja", "港"), ("en", "Port")]
    assert (first.name, first.method, dict(first.extra)) == ("menu", Method.GIVEN, {"notes": ["place", "mine"]})
    assert [one.text for one in second.segments] == ["開く", "Open"]
    assert first.origin is not None
    assert (first.origin.line, first.origin.source) == (6, "en")


def test_what_is_no_translation_is_counted() -> None:
    body = entry("a", "港", "#, fuzzy\n") + entry("b", "") + '#~ msgid "c"\n#~ msgstr "海"\n'
    units, losses = read(po(body))
    assert units == []
    assert losses == Counter({"fuzzy entry": 1, "entry without a translation": 1, "obsolete entry": 1})
    assert read(po(body), Po(with_fuzzy=True))[0] == [{"ja": "港", "en": "a"}]


def test_plural_forms_pair_by_what_the_language_has() -> None:
    one = 'msgid "%d port"\nmsgid_plural "%d ports"\nmsgstr[0] "%d 港"\n'
    assert read(po(one, more='"Plural-Forms: nplurals=1; plural=0;\\n"\n'))[0] == [{"ja": "%d 港", "en": "%d ports"}]
    assert read(po(one))[0] == [{"ja": "%d 港", "en": "%d ports"}]
    two = 'msgid "港"\nmsgid_plural "港々"\nmsgstr[0] "port"\nmsgstr[1] "ports"\n'
    header = '"X-Source-Language: ja\\n"\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'
    assert read(po(two, language="en", more=header))[0] == [{"ja": "港", "en": "port"}, {"ja": "港々", "en": "ports"}]


@pytest.mark.parametrize(
    ("language", "tag"),
    [("ja", "ja"), ("ja_JP", "ja"), ("zh_CN", "zh-Hans"), ("zh_TW.UTF-8", "zh-Hant"), ("zh_Hant@x", "zh-Hant")],
)
def test_the_language_of_the_header(language: str, tag: str) -> None:
    assert set(read(po(entry("a", "港"), language=language))[0][0]) == {tag, "en"}


def test_what_an_entry_loses_is_counted() -> None:
    plural = 'msgid "port"\nmsgid_plural "ports"\nmsgstr[0] "港"\nmsgstr[1] ""\n\n'
    body = '#: a.c:1\n#, c-format\nmsgid "a %s"\nmsgstr "一 %s"\n\n' + plural + 'msgid "b"\nmsgstr " "\n'
    units, losses = read(po(body))
    assert [one["en"] for one in units] == ["a %s", "port"]
    assert +losses == {
        "place or flag of an entry (#: and #,)": 1,
        "plural form without a translation": 1,
        "entry without a translation": 1,
    }
    units, losses = read(po(entry("a", "un"), language="fr"))
    assert (units, +losses) == ([], {"entry in fr": 1})


@pytest.mark.parametrize("name", ["ja.po", "django.ja.po", "x/ja_JP.po"])
def test_the_language_of_the_name_is_a_repair(name: str) -> None:
    units, losses = read(entry("a", "港"), name=name)
    assert units == [{"ja": "港", "en": "a"}]
    assert list(losses) == [f"language told by the name of the file: {'ja' if 'JP' not in name else 'ja_JP'}"]


@pytest.mark.parametrize("charset", ["CP932", "EUC-JP", "Shift_JIS", "UTF-8", "CHARSET", "GB18030"])
def test_the_charset_of_the_header(charset: str) -> None:
    python = {"CHARSET": "utf-8"}.get(charset, charset)
    assert read(po(entry("Port", "港湾の水素"), charset=charset).encode(python))[0] == [
        {"ja": "港湾の水素", "en": "Port"}
    ]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (entry("a", "港").encode(), "a.po:1: no language; write Language: ja into the header"),
        (po(entry("a", "港"), language="jp").encode(), "a.po:6 (msgstr): language tag 'jp'; write 'ja'"),
        (po('msgid "a"\nmsgstr b\n').encode(), "a.po:7: broken PO: 'msgstr b'; mend it there"),
        (po('msgid "a\nmsgstr "b"\n').encode(), "a.po:6: broken PO"),
        (po(entry("a", "港"), charset="x-none").encode(), "a.po:4: unknown charset 'x-none'; save the file as UTF-8"),
        (po(entry("a", "港"), charset="rot13").encode(), "a.po:4: unknown charset 'rot13'"),
        (po(entry("a", "港"), charset="ASCII").encode(), "a.po:7: not in ASCII, as its header says"),
        (po(entry("a", "b\0")).encode(), "a.po:7: NUL"),
        (po(entry("a", "b\0"), charset="CP932").encode("cp932"), "a.po:7: NUL character; remove it"),
        (po(entry("a", "港")).encode()[:-8] + b"\xe6\n", "a.po:7: "),
    ],
)
def test_faults_say_where(raw: bytes, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read(raw)
    assert str(caught.value).startswith(says)


def test_a_text_that_is_the_name_of_a_file_is_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(po(entry("a", "港")), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="broken PO"):
        read("secret")


def test_a_message_translated_in_two_ways_is_told_apart() -> None:
    units = [
        TranslationUnit(
            segments=(Segment(language="ja", text=text), Segment(language="en", text="port")), method=Method.GIVEN
        )
        for text in ("港", "港湾", "港")
    ]
    file = io.BytesIO()
    report = Po(languages=("en", "ja")).write(units, file)
    assert dict(report.losses) == {
        "equal unit, written once": 1,
        "second translation of a message, told apart by msgctxt": 1,
    }
    assert read(file.getvalue())[0] == [{"ja": "港", "en": "port"}, {"ja": "港湾", "en": "port"}]
    assert b'"Language: ja\\n"' in file.getvalue()
    assert b'"X-Source-Language: en\\n"' in file.getvalue()
