"""Which language a text is in: the rules of extraction are for English, and others must be told so.

Why a library and why a list of languages: a share of stop words fails on headlines, and the whole
set of some hundred languages takes short English texts for Walloon or Catalan.
"""

from __future__ import annotations

from functools import cache

import py3langid

LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko",
    "nl", "no", "pl", "pt", "ro", "ru", "sr", "sv", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""ISO 639-1 codes of the languages that are told apart."""

READ = 4000
"""Code points that are looked at: enough to be certain, and the same time for any file."""


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language, ``und`` (BCP 47: undetermined) for a text without letters."""
    head = text[:READ]
    if not any(map(str.isalpha, head)):
        return "und"
    _restrict()
    language, _score = py3langid.classify(head)
    return str(language)


@cache
def _restrict() -> None:
    py3langid.set_languages(list(LANGUAGES))
