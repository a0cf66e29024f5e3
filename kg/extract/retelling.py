"""Whether a sentence only retells what others tell, and denies it: by the order of its words, not by the parse.

"A story told in the bazaars, that Chad had landed ten planes, was denied": the words between the noun of telling and
its "that" lead the parser astray, which then makes the denied act the main clause. The order of the words is safer.
"""

from __future__ import annotations

from kg.extract.modal_words import is_among
from kg.extract.tokens import Token

_OPENERS = frozenset(("that", "which", "whereby"))
_NEAR = 4  # tokens between "denied" and what is denied: "denied a Colombo newspaper's report"


def is_denied_retelling(trigger: Token) -> bool:
    """Whether an act stands behind "the report that" in a sentence that denies the report."""
    noun = _noun_of_telling(trigger)
    if noun is None:
        return False
    sentence = list(trigger.sent)
    before = [token for token in sentence if noun.i - _NEAR <= token.i < noun.i]
    if any(_denies(token) for token in before):
        return True
    behind = [token for token in sentence if token.i > trigger.i]
    for token in behind:
        if token.text == ";":
            return False
        passive = _denies(token) and token.tag_ == "VBN"
        false = is_among(token, "false") and token.i > 0 and token.nbor(-1).lemma_ in ("be", "as")
        if passive or false:
            return True
    return False


def _noun_of_telling(trigger: Token) -> Token | None:
    """The noun whose "that" opens the clause of an act: "the report", "a claim by the army"."""
    start = trigger.sent.start
    words = [trigger.doc[i] for i in range(trigger.i - 1, start - 1, -1)]
    opener = next((token for token in words if token.lower_ in _OPENERS), None)
    between = [token for token in words if opener is not None and token.i > opener.i]
    if opener is None or any(token.tag_ in ("VBZ", "VBP", "VBD") and token.pos_ == "VERB" for token in between):
        return None
    for token in words:
        if token.i < opener.i and token.pos_ == "VERB" and token.tag_ in ("VBZ", "VBP", "VBD"):
            return None
        if token.i < opener.i and token.pos_ == "NOUN" and is_among(token, "reports"):
            return token
    return None


def _denies(token: Token) -> bool:
    return token.pos_ == "VERB" and is_among(token, "deny")
