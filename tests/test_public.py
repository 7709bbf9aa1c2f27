"""What is public is what this list says; changing it is a change that users see."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import termalign
from termalign.cli import COMMANDS
from termalign.encoders import ENCODERS
from termalign.evidence import EVIDENCE
from termalign.formats import BITEXT_FORMATS, DOCUMENT_FORMATS, GLOSSARY_FORMATS
from termalign.formats.profiles import PROFILES
from termalign.languages import LANGUAGES

PUBLIC = [
    "ConfigError",
    "Corpus",
    "DataError",
    "DataErrors",
    "Glossary",
    "Lexicon",
    "OutputError",
    "Quantity",
    "TermalignError",
    "__version__",
    "align",
    "annotate",
    "build",
    "export",
    "extract",
    "extract_reasons",
    "fold",
    "fold_loss",
    "glossaries",
    "import_bitext",
    "import_glossary",
    "lookup",
    "quantities",
    "mine",
    "read",
    "reading_similarity",
    "same",
    "search",
    "segment",
    "validate",
]
GLOSSARY = ["annotate", "concepts", "load", "lookup", "merge", "save", "to_frame"]
CORPUS = ["load", "search", "to_frame", "units"]
REGISTERED = {
    "bitext format": ["tmx", "jsonl", "tsv", "xliff", "po"],
    "document format": ["txt", "md"],
    "evidence source": [
        "gloss",
        "acronym pivot",
        "han",
        "reading",
        "composition",
        "cooccurrence",
        "encoder",
        "context",
        "termbase",
    ],
    "glossary format": [
        "jsonl",
        "tbx",
        "tbx-dct",
        "tbx-linguist",
        "tbx-linguist-dct",
        "tbx-v2",
        "csv",
        "terms.tsv",
        "tsv",
        "xlsx",
        "omegat",
        "utx",
        "xliff-glossary",
    ],
    "encoder": ["onnx", "sentence-transformers"],
    "language": ["ja", "zh-Hans", "zh-Hant", "en"],
    "profile": ["omegat", "trados", "memoq", "phrase", "deepl", "google"],
}
REGISTRIES = (LANGUAGES, DOCUMENT_FORMATS, BITEXT_FORMATS, GLOSSARY_FORMATS, EVIDENCE, PROFILES, ENCODERS)
HEAVY = {
    "numpy",
    "pandas",
    "lxml",
    "jieba",
    "sudachipy",
    "sacremoses",
    "opencc",
    "joblib",
    "click",
    "rapidfuzz",
    "onnxruntime",
    "tokenizers",
}
CALLABLES = [name for name in PUBLIC if name != "__version__"]


def test_the_public_names() -> None:
    assert sorted(termalign.__all__) == sorted(PUBLIC)
    assert len(set(termalign.__all__)) == len(termalign.__all__)
    assert dir(termalign) == sorted(PUBLIC)


def test_the_names_of_a_glossary() -> None:
    made = vars(termalign.Glossary([])) | vars(termalign.Glossary)
    assert sorted(name for name in made if not name.startswith("_")) == sorted(GLOSSARY)


def test_the_names_of_a_corpus() -> None:
    made = vars(termalign.Corpus([])) | vars(termalign.Corpus)
    assert sorted(name for name in made if not name.startswith("_")) == sorted(CORPUS)


def test_the_registered_names() -> None:
    assert {registry.kind: list(registry) for registry in REGISTRIES} == REGISTERED


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_can_be_imported(name: str) -> None:
    first = getattr(termalign, name)
    assert getattr(termalign, name) is first
    if name != "__version__":
        assert first.__module__.startswith("termalign.")


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'termalign' has no attribute 'nothing'"):
        termalign.nothing  # noqa: B018 - reading it is the test


def test_every_command_is_a_public_function_of_the_same_name() -> None:
    verbs = {"import": ["import_bitext", "import_glossary"]}  # the word is one of Python's own
    names = [verb for name in COMMANDS for verb in verbs.get(name, [name])]
    assert set(names) <= set(PUBLIC)
    assert all(inspect.isfunction(getattr(termalign, name)) for name in names)


def documented() -> list[str]:
    methods = {"Glossary": GLOSSARY, "Corpus": CORPUS}
    values = {"concepts", "units"}
    return [
        *CALLABLES,
        *(f"{owner}.{name}" for owner, names in methods.items() for name in names if name not in values),
    ]


@pytest.mark.parametrize("name", documented())
def test_a_public_name_says_what_it_takes_and_gives(name: str) -> None:
    owner, _, method = name.partition(".")
    found = getattr(termalign, owner)
    found = getattr(found, method) if method else found
    text = inspect.getdoc(found) or ""
    assert text.partition("\n")[0].endswith(".")
    if inspect.isclass(found) and issubclass(found, Exception):
        return
    parameters = [
        one for one in inspect.signature(found).parameters.values() if one.name not in {"self", "args", "kwargs"}
    ]
    assert ("Args:" in text) == bool(parameters)
    for one in parameters:
        assert f"\n    {one.name}: " in text, one.name
    if not inspect.isclass(found):
        assert "Returns:" in text


@pytest.mark.parametrize("program", ["import termalign", "import termalign; dir(termalign); termalign.__version__"])
def test_the_import_is_light(program: str) -> None:
    script = f"import sys; before = set(sys.modules); {program}; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")
    loaded = done.stdout.split()
    assert HEAVY.isdisjoint(name.partition(".")[0] for name in loaded)
    assert {name.split(".")[1] for name in loaded if name.startswith("termalign.")} <= {"errors", "model"}
