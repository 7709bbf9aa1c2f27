"""Per language: sentences, tokens, keys; and the repair of text with its way back."""

from termalign.languages.base import Language
from termalign.registry import Entry, Registry

__all__ = ["LANGUAGES", "Language"]

LANGUAGES: Registry[Language] = Registry(
    "language",
    {
        "ja": Entry("termalign.languages.ja:JAPANESE"),
        "zh-Hans": Entry("termalign.languages.zh:SIMPLIFIED"),
        "zh-Hant": Entry("termalign.languages.zh:TRADITIONAL"),
        "en": Entry("termalign.languages.en:ENGLISH"),
    },
)
