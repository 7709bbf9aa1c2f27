"""Which keys of two collections may translate each other, and how good the reason is."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from termalign.alignment.keys import Kind
from termalign.alignment.mining.names import whole_names
from termalign.alignment.mining.sounds import SoundIndex, skeletons
from termalign.alignment.mining.words import HanIndex, Words
from termalign.languages.sound.similarity import reading_similarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termalign.alignment.mining.pool import Floats, Ints, Pool
    from termalign.lexicon import Lexicon

    Found = tuple[int, int, float]

__all__ = ["Partners", "find_partners", "partners_of"]

GOOD = 0.4  # strength of a reason beside which a likeness of sound is not looked for
MIN_LIKENESS = 0.1  # of the sounds of two names
LIKE = frozenset({Kind.NUMBER, Kind.FOREIGN})


@dataclass(frozen=True, slots=True)
class Partners:
    """For each type of one side the types of the other that may translate it.

    Args:
        first: Where the partners of each type begin; one entry more than types.
        other: Their types, ascending for each type.
        strength: How good the reason is, in (0, 1].
    """

    first: Ints = field(repr=False)
    other: Ints = field(repr=False)
    strength: Floats = field(repr=False)

    def owners(self) -> Ints:
        """Return for each entry the type whose partner it is."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    def flipped(self, n_types: int) -> Partners:
        """Return the same seen from the other side, which has ``n_types`` types."""
        return partners_of(self.other, self.owners(), self.strength, n_types=n_types)

    def with_more(self, owners: Ints, others: Ints, strength: Floats) -> Partners:
        """Add entries; the stronger of two reasons for one pair stays."""
        return partners_of(
            np.concatenate([self.owners(), owners]),
            np.concatenate([self.other, others]),
            np.concatenate([self.strength, strength]),
            n_types=len(self.first) - 1,
        )


def partners_of(owners: Ints, others: Ints, strength: Floats, *, n_types: int) -> Partners:
    """Order pairs of types.

    Args:
        owners: Types of one side.
        others: Types of the other.
        strength: How good the reason for each pair is, in (0, 1].
        n_types: How many types the first side has.

    Returns:
        The partners; of pairs that come twice the stronger one.
    """
    order = np.lexsort((-strength, others, owners))
    owners, others, strength = owners[order], others[order], strength[order]
    fresh = np.ones(len(owners), dtype=bool)
    fresh[1:] = (owners[1:] != owners[:-1]) | (others[1:] != others[:-1])
    counts = np.bincount(owners[fresh], minlength=n_types)
    return Partners(np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]), others[fresh], strength[fresh])


def find_partners(left: Pool, right: Pool, *, lexicon: Lexicon) -> tuple[Partners, Pool, Pool]:
    """Find the pairs of types that may translate each other.

    Args:
        left: One side.
        right: The other, in another language.
        lexicon: Words and their translations.

    Returns:
        Partners of the types of the left side; both sides, the names in Chinese put together.

    Source:
        Ours.
    """
    owners, others, strengths = array("q"), array("q"), array("d")

    def put(found: Iterator[Found], *, flip: bool = False) -> None:
        for one, other, strength in found:
            owners.append(other if flip else one)
            others.append(one if flip else other)
            strengths.append(strength)

    put(_same(left, right))
    put(_translated(left, right, lexicon))
    put(_translated(right, left, lexicon), flip=True)
    if "en" not in {left.language, right.language}:
        put(_alike(left, right))
    good = np.array(strengths) >= GOOD
    known = set(np.array(owners)[good].tolist()), set(np.array(others)[good].tolist())
    left, right = _with_names(left, right, known[0]), _with_names(right, left, known[1])
    if right.language == "en" or left.language == "ja":
        put(_sounding(left, right, known))
    else:
        put(_sounding(right, left, known[::-1]), flip=True)
    return partners_of(np.array(owners), np.array(others), np.array(strengths), n_types=len(left.keys)), left, right


def _with_names(pool: Pool, other: Pool, known: set[int]) -> Pool:
    """Put together the names in a Chinese collection that stand in the other."""
    if not pool.language.startswith("zh"):
        return pool
    sounds = {
        one
        for number, key in enumerate(other.keys)
        if other.kinds[number] == Kind.NAME
        for one in skeletons(key, other.language)
    }
    return whole_names(pool, known, sounds)


def _same(left: Pool, right: Pool) -> Iterator[Found]:
    """Yield numbers and Latin names that stand on both sides."""
    for number, key in enumerate(left.keys):
        other = right.index.get(key)
        if other is not None and LIKE & {Kind(left.kinds[number]), Kind(right.kinds[other])}:
            yield number, other, 1.0


def _translated(left: Pool, right: Pool, lexicon: Lexicon) -> Iterator[Found]:
    """Yield what the lexicon says of the words of one side."""
    words = Words(right, lexicon)
    for number, key in enumerate(left.keys):
        kind = left.kinds[number]
        if kind == Kind.NUMBER or (kind == Kind.FOREIGN and right.language == "en"):
            continue
        for other, strength in words.translations(key, "en" if kind == Kind.FOREIGN else left.language):
            yield number, other, strength


def _alike(left: Pool, right: Pool) -> Iterator[Found]:
    """Yield words that are written with the same Han characters."""
    near = HanIndex(right)
    for number, key in enumerate(left.keys):
        if left.kinds[number] != Kind.FUNCTION:
            for other, dice in near.words(key):
                yield number, other, dice**2


def _sounding(left: Pool, right: Pool, known: tuple[set[int], set[int]]) -> Iterator[Found]:
    """Yield names that sound alike; words that have a good partner already are none."""
    names = [
        (number, key)
        for number, key in enumerate(right.keys)
        if right.kinds[number] in {Kind.NAME, Kind.WORD} and number not in known[1]
    ]
    index, latin = SoundIndex(names, right.language), SoundIndex(_latin(right, known[1]), "en")
    for number, key in enumerate(left.keys):
        kind = left.kinds[number]
        if number in known[0]:
            continue
        if kind == Kind.NAME or (left.language != "ja" and kind == Kind.WORD):
            spoken, sounds = left.language, skeletons(key, left.language)
            near = [(right.language, index.near(sounds)), ("en", latin.near(sounds))]
        elif kind == Kind.FOREIGN and right.language != "en":
            spoken, near = "en", [(right.language, index.near(skeletons(key, "en")))]
        else:
            continue
        for language, numbers in near:
            for other in sorted(numbers):
                likeness = reading_similarity(key, right.keys[other], languages=(spoken, language))
                if likeness is not None and likeness >= MIN_LIKENESS:
                    yield number, other, likeness


def _latin(pool: Pool, known: set[int]) -> list[tuple[int, str]]:
    """List the Latin names of Japanese and Chinese texts, which may stand for one in katakana: Ayr, エア."""
    return [
        (number, key)
        for number, key in enumerate(pool.keys)
        if pool.kinds[number] == Kind.FOREIGN and number not in known
    ]
