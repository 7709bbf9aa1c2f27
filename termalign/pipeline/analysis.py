"""The per-document stages: repair, sentences, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termalign.errors import DataError
from termalign.languages import LANGUAGES
from termalign.languages.repair import passages, repair
from termalign.model import AnalysedDocument, Segment, Sentence
from termalign.pipeline.inputs import Skipped
from termalign.pipeline.segmentation import splitter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from termalign.model import Block, Document, Span, SrxRules
    from termalign.pipeline.analysis_cache import AnalysisCache

__all__ = ["analyse", "analyse_all", "parted"]


def analyse(document: Document, *, language: str | None = None, rules: SrxRules | None = None) -> AnalysedDocument:
    """Repair a document and split it into sentences and words.

    Args:
        document: A document as read.
        language: Tag of its main language; ``None`` means that the text tells.
        rules: Rules of a user that segment instead of ours.

    Returns:
        The document with its passages and sentences.

    Raises:
        ConfigError: The user's rules have none for a language of the document.
        DataError: Its text is in none of the three languages; the rules are broken.
    """
    blocks = repair(document.text, language=language, file=document.path)
    split = {language: splitter(language, rules) for language in {block.language for block in blocks}}
    sentences = tuple(
        sentence
        for number, block in enumerate(blocks)
        for sentence in _sentences(document, block, number, split[block.language])
    )
    return AnalysedDocument(document=document, passages=passages(blocks), sentences=sentences)


def _sentences(
    document: Document, block: Block, number: int, split: Callable[[str], Sequence[Span]]
) -> Iterator[Sentence]:
    """Yield the sentences of one block."""
    speaker = LANGUAGES.get(block.language)
    for span in split(block.content.text):
        content = block.content.slice(span.start, span.end)
        segment = Segment(
            language=block.language,
            text=content.text,
            document=document.id,
            spans=content.spans(0, len(content.text), raw=document.text),
            block=number,
            start=span.start,
        )
        yield Sentence(segment=segment, content=content, tokens=tuple(speaker.tokens(content.text)), kind=block.kind)


def analyse_all(
    documents: Sequence[Document],
    *,
    rules: SrxRules | None = None,
    jobs: int = 1,
    cache: AnalysisCache | None = None,
    tell: Callable[[str, int, int], None] | None = None,
) -> list[AnalysedDocument | DataError]:
    """Analyse documents, in parallel where asked.

    Args:
        documents: Documents as read.
        rules: Rules of a user that segment instead of ours; known not to be broken, see
            :func:`termalign.pipeline.segmentation.check_rules`.
        jobs: How many processes.
        cache: Analyses of an earlier build; what stands there is not made anew.
        tell: Told the stage, how many are done, and of how many.

    Returns:
        For each document, in order, its analysis, or the ``DataError`` that says why there is none.
    """
    known = {one.id: found for one in documents if cache is not None and (found := cache.get(one)) is not None}
    wanted = [one for one in documents if one.id not in known]
    stream: Iterable[AnalysedDocument | DataError]
    if jobs > 1 and len(wanted) > 1:
        from joblib import Parallel, delayed  # noqa: PLC0415 - half a second that a serial run does not pay

        stream = Parallel(n_jobs=jobs, return_as="generator")(delayed(_try)(document, rules) for document in wanted)
    else:
        stream = (_try(document, rules) for document in wanted)
    results: list[AnalysedDocument | DataError] = []
    made = iter(stream)
    for document in documents:
        results.append(known[document.id] if document.id in known else next(made))
        if tell:
            tell("reading", len(results), len(documents))
    return results


def _try(document: Document, rules: SrxRules | None) -> AnalysedDocument | DataError:
    """Analyse one document; an error is a result, so that one bad file does not end the run."""
    try:
        return analyse(document, rules=rules)
    except DataError as exc:
        return exc


def parted(results: Sequence[AnalysedDocument | DataError]) -> tuple[list[AnalysedDocument], list[Skipped]]:
    """Part the analysed documents from those that could not be used."""
    analysed = [one for one in results if isinstance(one, AnalysedDocument)]
    refused = [Skipped(path=one.where.file, error=one) for one in results if isinstance(one, DataError)]
    return analysed, refused
