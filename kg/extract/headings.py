"""Lines in which capitals prove nothing: headlines in title case, headings in capitals.

There every word looks like a name, and the recogniser finds some in most. Such a name is believed only if the list
knows it or the running text has it too.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.candidates import Found, KindOf
from kg.extract.tokens import Doc

_SHORT = 4  # letters: shorter words stay small in title case
_SHARE = 0.75  # of the longer words; a sentence full of names has about half


def is_heading(doc: Doc) -> bool:
    """Whether nearly all longer words of a line have capitals and it ends like no sentence."""
    words = [token for token in doc if token.is_alpha and len(token) >= _SHORT]
    last = next((token for token in reversed(doc) if not token.is_space), None)
    if len(words) < 2 or last is None or last.text == "." or all(token.ent_type_ == "PERSON" for token in words):
        return False  # a line that is one name signs a quotation or an article
    if any(token.pos_ == "VERB" and token.text.islower() and token.tag_ in ("VBD", "VBZ", "VBP") for token in words):
        return False  # title case has its verbs in capitals too
    return sum(token.text[0].isupper() for token in words) >= _SHARE * len(words)


def in_running_text(docs: Iterable[Doc]) -> frozenset[str]:
    """The capitalised words of the article's sentences, those that open a sentence left out."""
    return frozenset(
        token.text.lower()
        for doc in docs
        if not is_heading(doc)
        for token in doc
        if token.text[0].isupper() and not token.is_sent_start
    )


def is_believed(doc: Doc, one: Found, kind_of: KindOf, known: frozenset[str]) -> bool:
    """Whether a name in a heading is one elsewhere too."""
    words = doc[one.start : one.end]
    if one.kind == "crisis" or kind_of(words.text) is not None:
        return True
    return words[-1].text.lower() in known and words[0].text.lower() in known
