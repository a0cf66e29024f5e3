"""Which language a text is in: the rules of extraction are for English, and others must be told so.

Why a library: a share of stop words fails on headlines. Why its doubt counts: among a hundred languages a short
English line made of names looks most like Swedish or Hausa, but English stays possible; in a sentence of another
language it does not. So a text is English until English is out of the question.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENGLISH = "en"
UNDETERMINED = "und"
"""BCP 47: a text without letters."""

UNLIKELY = 0.005
"""A probability. Of 1,125 English lines, single words and names among them, none had less than 0.012 for English;
sentences of three words in German, French or Norwegian have 0.004 and less, longer ones 0.000001."""

READ = 4000
"""Code points that are looked at: enough to be certain, and the same time for any file."""

_TAG = re.compile(r"(?P<language>[A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,6}")  # BCP 47; og:locale writes en_GB


def choose_language(text: str, *, given: str | None = None) -> str:
    """The ISO 639-1 code of the text's language; :data:`UNDETERMINED` for a text without letters.

    What a page says of itself (``given``) decides, unless its text cannot be English: many templates
    say ``en`` of all that they print.
    """
    if not any(map(str.isalpha, text[:READ])):
        return UNDETERMINED
    likely = dict(_identifier().rank(text[:READ]))
    if likely[ENGLISH] < UNLIKELY:
        return str(max(likely, key=lambda language: likely[language]))
    return given or ENGLISH


def read_tag(tag: str) -> str | None:
    """The language of a tag as pages write it (``en-GB``, ``en_GB``), in lower case; None where it is none.

    The region is dropped: one value for one language is what queries and the rules can work with.
    """
    match = _TAG.fullmatch(tag.strip())
    return match["language"].lower() if match else None


@cache
def _identifier() -> LanguageIdentifier:
    """The library's model, for the languages of ISO 639-1 and with probabilities in place of scores."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
