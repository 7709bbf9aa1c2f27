"""``termalign align``."""

from __future__ import annotations

import click

from termalign.cli.options import encoder_option, language_option, lexicon_option, max_line_option, srx_option

__all__ = ["align"]


@click.command()
@click.argument("src")
@click.argument("tgt")
@click.argument("third", required=False)
@language_option("--from", "source", help="Language of SRC.")
@language_option("--to", "target", help="Language of TGT.")
@language_option("--third", "third_language", help="Language of THIRD.")
@click.option("--segmented", is_flag=True, help="Each line is a sentence already.")
@click.option("-o", "--output", required=True, metavar="FILE", help="File to write: .beads.tsv, .tsv, .jsonl or .tmx.")
@srx_option
@lexicon_option
@encoder_option
@max_line_option
def align(
    src: str,
    tgt: str,
    third: str | None,
    source: str | None,
    target: str | None,
    third_language: str | None,
    segmented: bool,
    output: str,
    srx: str | None,
    lexicons: tuple[str, ...],
    encoder: str | None,
    max_line: int,
) -> int:
    """Align the sentences of two or three versions of one text.

    The ending of FILE is the format. A .beads.tsv file has a bead a line: indices of SRC, a tab, indices of TGT, 0-based and
    separated by commas, nothing for an empty side.

    \b
    Examples:
      termalign align strategy.zh.txt strategy.en.txt -o strategy.tmx
      termalign align a.ja.txt a.zh.txt a.en.txt -o a.jsonl
      termalign align --segmented --from zh --to en a.txt b.txt -o ab.beads.tsv
    """  # noqa: D301 - click's mark for a paragraph that is not to be wrapped
    from termalign.pipeline.aligning import align as verb  # noqa: PLC0415 - loads the languages

    done = verb(
        src,
        tgt,
        third,
        source=source,
        target=target,
        third_language=third_language,
        segmented=segmented,
        lexicon=lexicons,
        encoder=encoder,
        srx=srx,
        output=output,
        max_line=max_line,
    )
    sizes = " and ".join(str(size) for size in done.n_segments)
    click.echo(f"{len(done.units)} units of {sizes} segments written to {output}", err=True)
    return 0 if done.units else 1
