"""Which language a text is in, as far as needed: is it English?"""

from __future__ import annotations

import re

from spacy.lang.en.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000  # characters; a page's language shows long before
_ENGLISH_SHARE = 0.3  # function words are 40-50 % of running English, under 15 % of other languages' text
_TOO_SHORT = 12  # words; below that no method tells a headline's language


def foreign_language(text: str) -> str | None:
    """ISO 639-1 code of the text's language where that is not English; None for English and for a few words only.

    Function words settle the usual case at no cost; the classifier (py3langid) is loaded only for the others.
    """
    words = [w.lower() for w in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _TOO_SHORT:
        letters = [c for c in text[:_SAMPLE] if c.isalpha()]
        latin = sum(c < "\u0250" for c in letters)
        return None if latin * 2 >= len(letters) else _classify(text)
    if sum(w in STOP_WORDS for w in words) >= _ENGLISH_SHARE * len(words):
        return None
    return _classify(text)


def _classify(text: str) -> str | None:
    import py3langid  # late: a second to load, and English text never needs it

    language: str = py3langid.classify(text[:_SAMPLE])[0]
    return None if language == "en" else language
