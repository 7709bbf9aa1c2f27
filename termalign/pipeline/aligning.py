"""The verb ``align``: versions of one text into translation units."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termalign.alignment.align import align as align_segments
from termalign.alignment.merging import units
from termalign.alignment.versions import main_language
from termalign.encoders import Vectors, load_encoder
from termalign.errors import ConfigError, DataError, Where
from termalign.formats import BITEXT_FORMATS, format_for
from termalign.formats.beads import BEADS_SUFFIX, write_beads
from termalign.formats.text import MAX_LINE
from termalign.lexicon import Lexicon
from termalign.model import BlockKind, Segment, same_language
from termalign.pipeline.alignments import cutter
from termalign.pipeline.analysis import analyse
from termalign.pipeline.collector import rare_collections
from termalign.pipeline.inputs import read_documents
from termalign.pipeline.named_languages import check_languages
from termalign.pipeline.segmentation import read_rules, resolve_language
from termalign.workspace.atomic import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termalign.alignment.merging import Cut
    from termalign.model import AnalysedDocument, Bead, Document, SrxRules, TranslationUnit

__all__ = ["Aligned", "align"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """What an alignment gave.

    Args:
        units: Translation units.
        beads: Beads of the first two texts, null beads too; empty for three texts.
        n_segments: How many segments each text has.
    """

    units: tuple[TranslationUnit, ...]
    beads: tuple[Bead, ...]
    n_segments: tuple[int, ...]


@rare_collections()
def align(
    src: str | Path,
    tgt: str | Path,
    third: str | Path | None = None,
    *,
    source: str | None = None,
    target: str | None = None,
    third_language: str | None = None,
    segmented: bool = False,
    lexicon: Sequence[str] = (),
    encoder: str | Path | None = None,
    srx: str | Path | None = None,
    output: str | Path | None = None,
    max_line: int = MAX_LINE,
) -> Aligned:
    """Align the sentences of two or three versions of one text.

    Args:
        src: A document.
        tgt: Its version in another language.
        third: Its version in a third language.
        source: Tag of the language of ``src``; ``None`` and ``zh`` mean that the text tells.
        target: That of ``tgt``.
        third_language: That of ``third``.
        segmented: Whether each line is a sentence already; empty lines are sentences without text, so that indices are lines.
        lexicon: Lexicon layers; empty means all that ship.
        encoder: A sentence encoder that is on this machine, as in :func:`termalign.encoders.load_encoder`; ``None`` for none.
        srx: SRX 2.0 file whose rules replace ours.
        output: File to write; its ending names the format: ``.beads.tsv`` (two texts only), ``.tsv``, ``.jsonl``, ``.tmx``.
        max_line: Longest line that is read, in code points.

    Returns:
        Units and beads.

    Raises:
        ConfigError: Wrong tags, a text that is not in the language named, two texts of one language, no such format or encoder,
            or the packages are missing that run it.
        DataError: A text that cannot be read, or is in none of the three languages; a broken SRX file or encoder.
        OutputError: The file cannot be written; what was there is as it was.
    """
    paths = [Path(one) for one in (src, tgt, third) if one is not None]
    beads_wanted = output is not None and str(output).endswith(BEADS_SUFFIX)
    if beads_wanted and third is not None:
        raise ConfigError("beads are of two texts", "name another format for three: .tsv, .jsonl or .tmx")
    if output is not None and not beads_wanted:
        format_for(BITEXT_FORMATS, Path(output))
    tags = (source, target, third_language)
    rules = None if srx is None else read_rules(srx)
    vectors = None if encoder is None else Vectors(load_encoder(encoder))
    read = [_read(path, max_line) for path in paths]
    check_languages(read, tags)
    texts = [_text(document, tag, segmented=segmented, rules=rules) for document, tag in zip(read, tags, strict=False)]
    languages = [run[0].language for run, _ in texts]
    for number, language in enumerate(languages):
        if any(same_language(language, other) for other in languages[:number]):
            raise ConfigError(
                f"two texts are in {language}",
                "name texts of different languages, or their languages with --from and --to",
            )
    words = Lexicon.load(*lexicon)
    runs = {run[0].language: run for run, _ in texts}
    documents = [document for _, document in texts if document is not None]
    beads = align_segments(texts[0][0], texts[1][0], lexicon=words, vectors=vectors) if third is None else ()
    cut = None if beads_wanted or segmented else _cut(documents)
    done = Aligned(
        units=units(runs, lexicon=words, cut=cut, beads=beads if third is None else None, vectors=vectors),
        beads=beads,
        n_segments=tuple(len(run) for run, _ in texts),
    )
    if output is not None:
        with replace(Path(output)) as file:
            if beads_wanted:
                write_beads(done.beads, file)
            else:
                format_for(BITEXT_FORMATS, Path(output)).write(done.units, file)
    return done


def _read(path: Path, max_line: int) -> Document:
    """Read one document."""
    if path.is_dir():
        raise ConfigError(f"{str(path)!r} is a folder", "name a file")
    return read_documents([path], max_line=max_line).documents[0]


def _text(
    document: Document, tag: str | None, *, segmented: bool, rules: SrxRules | None
) -> tuple[list[Segment], AnalysedDocument | None]:
    """Turn a text into segments: its lines, or the sentences of its main language."""
    if segmented:
        return _lines(document, tag), None
    language = _language(document, tag)
    analysed = analyse(document, language=language, rules=rules)
    main = language if any(one.language == language for one in analysed.sentences) else main_language(analysed)
    found = [one.segment for one in analysed.sentences if one.language == main and one.kind is not BlockKind.LABEL]
    if not found:
        raise DataError("holds no sentence", Where(file=document.path), "check the file and the language")
    return found, analysed


def _language(document: Document, tag: str | None) -> str:
    """Find the language of one of the texts, and say which text it is where it cannot be told."""
    try:
        return resolve_language(document.text, tag)
    except ConfigError as exc:
        raise ConfigError(f"{document.path}: {exc.problem}", exc.fix) from exc
    except DataError as exc:
        raise DataError(exc.problem, Where(file=document.path), exc.fix) from exc


def _lines(document: Document, tag: str | None) -> list[Segment]:
    """Read each line as a segment."""
    language = _language(document, tag)
    return [
        Segment(language=language, text=" ".join(line.split()), document=document.id, block=number)
        for number, line in enumerate(document.text.splitlines())
    ]


def _cut(documents: Sequence[AnalysedDocument]) -> Cut:
    return cutter([sentence for one in documents for sentence in one.sentences], documents)
