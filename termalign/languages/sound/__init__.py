"""Reading: how terms sound in the three languages, and how likely two of them are one word by sound.

- :func:`~termalign.languages.sound.similarity.reading_similarity` compares two terms; it is ``termalign.reading_similarity``.
- :class:`~termalign.languages.sound.index.SoundIndex` finds what may sound alike among thousands.
- :func:`~termalign.languages.sound.kana.kana_key` and :func:`~termalign.languages.sound.kana.romaji_keys` make one key of kana and
  every Latin spelling of it; :func:`~termalign.languages.sound.pinyin.pinyin_keys` of every spelling of pinyin;
  :func:`~termalign.languages.sound.pinyin.han_readings` lists what Chinese characters can be read as.
"""
