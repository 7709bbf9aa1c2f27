"""Which keys of two texts may translate each other, and why: lexicon, spelling, shared characters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.keys import Kind
from termalign.alignment.model import Channel
from termalign.languages import LANGUAGES
from termalign.languages.fold import fold, han_characters
from termalign.model import same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termalign.alignment.sides import Floats, Ints, Side
    from termalign.lexicon import Lexicon

    _Row = tuple[Channel, int, int, float]

__all__ = ["Associations", "Conditional", "associate"]

AFFIXES = frozenset({"prefix", "suffix", "morph"})  # parts of words translate parts, not words
MIN_HAN_DICE = 0.3  # of the Han characters of two words that may be one: 研究 and 研究者, not 研究 and 究
HAN_POWER = 3  # one shared character of two says much less than two of two
MIN_RELATED_DICE = 0.45  # of the Han characters of a word and a translation of another
MIN_STEM = 4  # letters that begin both an English word and a translation of another
MIN_STEM_SHARE = 0.6  # of the longer of the two: develop and development, not commit and communicate
PIECE_WEIGHT = 0.5  # of the translations of a part of a word that the lexicon does not know as a whole
MIN_PIECE, MAX_PIECE = 2, 6  # characters of its parts; what one character means says less, and counts as remote
MAX_GLOSSES = 6  # English translations of a word that lead on to a third language


@dataclass(frozen=True, slots=True)
class Conditional:
    """How likely keys of one side bring about keys of the other, by channel.

    Args:
        given: Types of the side that is given.
        told: Types of the side that is explained.
        channel: Why.
        share: Probability of the told type given the given one and the channel; sums to at most 1 over told types.
    """

    given: Ints
    told: Ints
    channel: Ints
    share: Floats

    def with_learned(self, given: Ints, told: Ints, share: Floats) -> Conditional:
        """Replace what was learned."""
        kept = self.channel != Channel.LEARNED
        return Conditional(
            np.concatenate([self.given[kept], given]),
            np.concatenate([self.told[kept], told]),
            np.concatenate([self.channel[kept], np.full(len(given), Channel.LEARNED, dtype=np.int64)]),
            np.concatenate([self.share[kept], share]),
        )


@dataclass(frozen=True, slots=True)
class Associations:
    """Pairs of types of two sides that may translate each other, by channel, source and target type; each once.

    Args:
        src: Source types.
        tgt: Target types.
        channel: Why.
        weight: How strong the pair is by that channel, > 0.
    """

    src: Ints = field(repr=False)
    tgt: Ints = field(repr=False)
    channel: Ints = field(repr=False)
    weight: Floats = field(repr=False)

    def conditional(self, *, backward: bool = False) -> Conditional:
        """Return the probabilities of target types given source types, or ``backward``.

        Args:
            backward: Whether source types are explained by target types.

        Returns:
            For each given type and channel, shares in proportion to the weights.
        """
        given, told = (self.tgt, self.src) if backward else (self.src, self.tgt)
        key = given * len(Channel) + self.channel
        totals: Floats = np.bincount(key, weights=self.weight).astype(float, copy=False)
        return Conditional(given, told, self.channel, np.asarray(self.weight / totals[key]))


def associate(left: Side, right: Side, *, lexicon: Lexicon) -> Associations:
    """Find the pairs of types that may translate each other.

    Args:
        left: Source side.
        right: Target side.
        lexicon: Words and their translations.

    Returns:
        Their associations, the same whichever side is called the source, but for the order in each pair.

    Source:
        Ours.
    """
    found = [*_lexical(left, right, lexicon)]
    found += [(channel, s, t, weight) for channel, t, s, weight in _lexical(right, left, lexicon)]
    alike = Channel.LEXICON if same_language(left.language, right.language) else Channel.SAME
    for s, t in _same(left, right):
        signs = {Kind.NUMBER, Kind.FOREIGN, Kind.MARK} & {Kind(left.kinds[s]), Kind(right.kinds[t])}
        if signs or alike is Channel.LEXICON:
            found.append((Channel.SAME if signs else alike, s, t, 1.0))
    together: list[_Row] = []
    if "en" not in {left.language, right.language}:
        found += [(Channel.HAN, s, t, weight) for (s, t), weight in _han(left, right)]
        together = [(Channel.REMOTE, s, t, weight) for (s, t), weight in _pivoted(left, right, lexicon)]
    size = len(left.keys), len(right.keys)
    return _added(_strongest(_columns(found), size), _columns(together), size)


def _columns(rows: Sequence[_Row]) -> Associations:
    """Turn rows of channel, source type, target type and weight into columns."""
    channel, src, tgt, weight = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Associations(
        np.array(src, dtype=np.int64),
        np.array(tgt, dtype=np.int64),
        np.array(channel, dtype=np.int64),
        np.array(weight, dtype=float),
    )


def _keys(pairs: Associations, size: tuple[int, int]) -> Ints:
    """Number channel and types of pairs, in the order that associations have."""
    return np.asarray((pairs.channel * size[0] + pairs.src) * size[1] + pairs.tgt)


def _strongest(pairs: Associations, size: tuple[int, int]) -> Associations:
    """Keep of pairs that come several times by one channel the strongest."""
    keys = _keys(pairs, size)
    order = np.lexsort((-pairs.weight, keys))
    first = order[np.diff(keys[order], prepend=-1) > 0]
    return Associations(pairs.src[first], pairs.tgt[first], pairs.channel[first], pairs.weight[first])


def _added(one: Associations, other: Associations, size: tuple[int, int]) -> Associations:
    """Add the weights of pairs up."""
    keys, first, which = np.unique(
        np.concatenate([_keys(one, size), _keys(other, size)]), return_index=True, return_inverse=True
    )
    src, tgt, channel, weight = (
        np.concatenate([getattr(one, name), getattr(other, name)]) for name in ("src", "tgt", "channel", "weight")
    )
    total = np.bincount(which, weights=weight, minlength=len(keys)).astype(float, copy=False)
    return Associations(src[first], tgt[first], channel[first], total)


def _same(left: Side, right: Side) -> Iterator[tuple[int, int]]:
    """Yield types that are the same key on both sides."""
    for number, key in enumerate(left.keys):
        other = right.index.get(key)
        if other is not None:
            yield number, other


def _han(left: Side, right: Side) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield pairs of words that share Han characters."""
    index = _HanIndex(right)
    for number, key in enumerate(left.keys):
        for other, dice in index.near(key, min_dice=MIN_HAN_DICE):
            yield (number, other), dice**HAN_POWER


class _HanIndex:
    """Words of a side by their Han characters."""

    def __init__(self, side: Side) -> None:
        self._characters = [han_characters(key) for key in side.keys]
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._characters):
            if side.kinds[number] != Kind.FUNCTION:
                for character in sorted(found):
                    self._holders[character].append(number)

    def near(self, key: str, *, min_dice: float) -> Iterator[tuple[int, float]]:
        """Yield the words that share enough characters with ``key``, with the Dice coefficient."""
        own = han_characters(key)
        shared: defaultdict[int, int] = defaultdict(int)
        for character in own:
            for number in self._holders.get(character, ()):
                shared[number] += 1
        for number, n_shared in sorted(shared.items()):
            dice = 2 * n_shared / (len(own) + len(self._characters[number]))
            if dice >= min_dice:
                yield number, dice


class _StemIndex:
    """English words of a side by their first letters."""

    def __init__(self, side: Side) -> None:
        self._keys = side.keys
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(side.keys):
            if len(key) > MIN_STEM:
                self._holders[key[:MIN_STEM]].append(number)

    def near(self, key: str) -> Iterator[tuple[int, float]]:
        """Yield the words that begin like ``key``, with the share of the longer one."""
        for number in self._holders.get(key[:MIN_STEM], ()) if len(key) > MIN_STEM else ():
            other = self._keys[number]
            common = next(
                (at for at, (a, b) in enumerate(zip(key, other, strict=False)) if a != b), min(len(key), len(other))
            )
            share = common / max(len(key), len(other))
            if other != key and share >= MIN_STEM_SHARE:
                yield number, share


class _Targets:
    """Finds the types of a side that a translation of the lexicon stands for."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._stems = _StemIndex(side)
        self._han = _HanIndex(side)
        self._known: dict[str, tuple[tuple[Channel, int, float], ...]] = {}

    def find(self, text: str) -> tuple[tuple[Channel, int, float], ...]:
        """Return channel, type and weight of what the translation ``text`` may appear as."""
        if text not in self._known:
            self._known[text] = tuple(self._find(text))
        return self._known[text]

    def _find(self, text: str) -> Iterator[tuple[Channel, int, float]]:
        key = fold(text)
        whole = self._side.index.get(key)
        if whole is not None:
            yield Channel.LEXICON, whole, 1.0
        elif self._side.language != "en" or " " in text:
            words = [token for token in LANGUAGES.get(self._side.language).tokens(text) if token.pos != "func"]
            found = [self._side.index.get(fold(word.base or word.text)) for word in words]
            present = [number for number in found if number is not None]
            for number in present if len(words) > 1 else ():
                yield Channel.LEXICON, number, 1.0 / max(2, len(present))
        if self._side.language != "en":
            for number, dice in self._han.near(key, min_dice=MIN_RELATED_DICE):
                if number != whole:
                    yield Channel.RELATED, number, dice**2
        elif " " not in text:
            for number, share in self._stems.near(key):
                yield Channel.RELATED, number, share


def _lexical(left: Side, right: Side, lexicon: Lexicon) -> Iterator[_Row]:
    """Yield what the lexicon says of the words of one side: channel, type, type of the other side, weight."""
    targets = _Targets(right)
    told = {Kind.NAME, Kind.WORD, Kind.FUNCTION}
    for number, key in enumerate(left.keys):
        if left.kinds[number] not in told:
            continue
        own = _translations(key, left.language, right.language, lexicon)
        pieces = () if own or left.language == "en" else _pieces(key, left.language, lexicon)
        for text, weight in own:
            for channel, other, share in targets.find(text):
                yield channel, number, other, weight * share
        for piece in pieces:
            channel = Channel.LEXICON if len(piece) >= MIN_PIECE else Channel.REMOTE
            for text, weight in _translations(piece, left.language, right.language, lexicon):
                for found, other, share in targets.find(text):
                    if found is Channel.LEXICON:
                        yield channel, number, other, PIECE_WEIGHT * weight * share


def _translations(key: str, source: str, target: str, lexicon: Lexicon) -> list[tuple[str, float]]:
    """Translate a word, affixes left out."""
    found = lexicon.translations(key, source, target)
    return [(one.text, one.weight) for one in found if one.pos not in AFFIXES]


def _pivoted(left: Side, right: Side, lexicon: Lexicon) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield words of two languages that have an English translation in common."""
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, gloss, weight in _glosses(right, lexicon):
        holders[gloss].append((number, weight))
    for number, gloss, weight in _glosses(left, lexicon):
        found = holders.get(gloss, ())
        for other, share in found:
            yield (number, other), weight * share / len(found)


def _glosses(side: Side, lexicon: Lexicon) -> Iterator[tuple[int, str, float]]:
    """Yield the first English translations of the words of a side."""
    for number, key in enumerate(side.keys):
        if side.kinds[number] in {Kind.NAME, Kind.WORD}:
            for text, weight in _translations(key, side.language, "en", lexicon)[:MAX_GLOSSES]:
                yield number, fold(text), weight


def _pieces(key: str, language: str, lexicon: Lexicon) -> Iterable[str]:
    """Cut a compound that the lexicon does not know into words that it knows, the longest first from the left."""
    at = 0
    while at < len(key):
        for end in range(min(len(key), at + MAX_PIECE), at, -1):
            if end - at < len(key) and (language, key[at:end]) in lexicon:
                yield key[at:end]
                at = end
                break
        else:
            at += 1
