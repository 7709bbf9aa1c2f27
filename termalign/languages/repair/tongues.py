"""The language of each block: by its characters where they tell, else by its surroundings."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termalign.errors import DataError, Where
from termalign.languages.identify import Profile, identify, likelihoods, profile, seems_to_be
from termalign.model import TAGS, Block, BlockKind, canonical_tag, same_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termalign.languages.repair.blocks import Part

__all__ = ["in_languages"]

FOREIGN = "foreign"  # none of ours
# A block speaks for itself from so many characters on; in a document whose language is given, from so many more.
MIN_CHARACTERS, MIN_AGAINST_GIVEN = 8, 20
ODDS = math.log(50)  # by which the best language of a block must lead the language of the document
# English is told by so many words, so many of which are function words; or by a long run of words.
MIN_ENGLISH, MIN_FUNCTION, MANY_WORDS = 4, 1, 15
MIN_FOREIGN_LETTERS = 12  # a shorter name in another script is a name


@dataclass(frozen=True, slots=True)
class _Voice:
    """What a block says about its language."""

    found: Profile
    scores: dict[str, float]

    @classmethod
    def of(cls, text: str) -> _Voice:
        """Listen to a text."""
        found = profile(text)
        return cls(found, likelihoods(found) if found.n_cjk else {})

    def alone(self, *, main: str, given: bool) -> str:
        """Name the language by the text alone; empty where it does not tell."""
        found = self.found
        if found.n_other >= MIN_FOREIGN_LETTERS and found.n_other > found.n_cjk + found.n_words:
            return FOREIGN
        if found.n_words > 2 * found.n_cjk:
            return self._latin()
        if found.n_cjk < (MIN_AGAINST_GIVEN if given else MIN_CHARACTERS):
            return ""
        best = max(self.scores, key=self.scores.__getitem__)
        rivals = [main] if main in self.scores else [tag for tag in self.scores if tag != best]
        leads = all(self.scores[best] - self.scores[tag] >= ODDS for tag in rivals if tag != best)
        return best if leads or best == main else ""

    def written(self, tag: str, *, main: str) -> str:
        """Return the language that the surroundings say, or one that is written with such characters."""
        if tag != "en" or self.found.n_cjk <= self.found.n_words:
            return tag
        return main if main in self.scores else max(self.scores, key=self.scores.__getitem__)

    def _latin(self) -> str:
        """Tell English sentences from names, and from sentences of another language."""
        found = self.found
        if found.foreign:
            return FOREIGN
        sentence = found.n_words >= MIN_ENGLISH and found.n_function >= (
            MIN_FUNCTION if not found.n_cjk else MIN_ENGLISH
        )
        return "en" if sentence or (not found.n_cjk and found.n_words >= MANY_WORDS) else ""


def in_languages(found: Sequence[Part], *, language: str | None, file: str) -> Iterator[Block]:
    """Give each block its language.

    Args:
        found: The blocks of a document, in order.
        language: The language of the document, ``zh`` and any BCP 47 tag of ours allowed; ``None`` to find it.
        file: Name of the document, for messages.

    Yields:
        The blocks with their languages. Blocks that are plainly in a language that is none of ours are left out.

    Raises:
        ConfigError: ``language`` is no tag of one of the three languages.
        DataError: No block is in one of the three languages.

    Source:
        Ours.
    """
    voices = [_Voice.of(part.draft.text) for part in found]
    main = _main(found, voices, language=language)
    own = [_own(part, voice, main=main, given=language is not None) for part, voice in zip(found, voices, strict=True)]
    if not main or (own and all(tag == FOREIGN for tag in own)):
        if any(voice.found.has_letters for voice in voices):
            seems = seems_to_be("\n".join(part.draft.text for part in found))
            raise DataError(f"the text seems to be {seems}", Where(file=file), "give Japanese, Chinese or English text")
        return
    for at in range(1, len(own)):
        if not own[at] and found[at - 1].kind is BlockKind.LABEL and not voices[at].found.n_cjk:
            own[at] = own[at - 1]  # Keywords: quantum annealing
    for part, voice, near in zip(found, voices, _filled(found, own, main=main), strict=True):
        tag = voice.written(near, main=main)
        if tag != FOREIGN:
            yield Block(language=tag, kind=part.kind, content=part.draft.mapped(), marks=part.marks)


def _own(part: Part, voice: _Voice, *, main: str, given: bool) -> str:
    """Name the language of a block by its text alone; a label in Latin script is English."""
    if part.kind is BlockKind.LABEL:
        return "" if voice.found.n_cjk else "en"
    return voice.alone(main=main, given=given)


def _main(found: Sequence[Part], voices: Sequence[_Voice], *, language: str | None) -> str:
    """Return the main language of a document; empty where it is none of ours or has no letters."""
    asked = canonical_tag(language) if language is not None else ""
    if asked in TAGS:
        return asked
    sizes: Counter[str] = Counter()
    for voice in voices:
        tag = voice.alone(main="", given=False)
        sizes[tag] += voice.found.n_cjk + 2 * voice.found.n_words + voice.found.n_other
    ranked = [
        tag for tag, _ in sizes.most_common() if tag not in {"", FOREIGN} and (not asked or same_language(tag, asked))
    ]
    if ranked:
        return ranked[0]
    whole = [tag for tag, _ in identify("\n".join(part.draft.text for part in found))]
    fitting = [tag for tag in whole if not asked or same_language(tag, asked)]
    return fitting[0] if fitting else "zh-Hans" if asked else ""


def _filled(found: Sequence[Part], own: Sequence[str], *, main: str) -> Iterator[str]:
    """Fill in the language of blocks that do not tell: of what a label labels, of both neighbours, else of the document."""
    behind = [""] * len(own)
    following = ""
    for at in range(len(own) - 1, -1, -1):
        behind[at] = following
        following = own[at] if own[at] not in {"", FOREIGN} else following
    before = ""
    for at, tag in enumerate(own):
        if tag:
            before = tag if tag != FOREIGN else before
            yield tag
            continue
        labelled = at + 1 < len(own) and found[at].kind is BlockKind.LABEL
        near = {own[at + 1]} if labelled and own[at + 1] in TAGS else {before, behind[at]} - {""}
        yield near.pop() if len(near) == 1 else main
