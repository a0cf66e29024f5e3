"""How far, and how sure: phase and modality of a clause from tense, aspect, modals, negation and what governs it.

Hypotheticals, conditionals and denials never become plain facts; a clause that only asks, accuses or
speaks of giving in general is no report at all. From the word that tells the act the walk goes up to the main verb,
and the innermost word that settles a question wins. The words are data (``data/modality.toml``), conditions are
found in :mod:`kg.extract.conditions`, denied reports in :mod:`kg.extract.retelling`.
"""

from __future__ import annotations

import re

from kg.extract.conditions import opens_inverted
from kg.extract.doubts import CHECKS, is_reported
from kg.extract.governors import Standing, Step, steps
from kg.extract.modal_words import is_among, modal_words
from kg.extract.negation import is_negated
from kg.extract.retelling import is_denied_retelling
from kg.extract.tokens import Token
from kg.records import Phase

_WHAT_IF = re.compile(r"\W*(?:and |but )?(?:what if|suppose|imagine if|if only)\b", re.IGNORECASE)
_HEARSAY = re.compile(r"\baccording to (?:\w+ )?(?:unconfirmed|unverified|rumou?rs?\b)", re.IGNORECASE)
_PART = frozenset({"it", "them", "which", "this", "that"})  # "half of it to go to schools"


def standing(trigger: Token) -> Standing:
    """Modality and phase of the clause that ``trigger`` heads."""
    sentence = trigger.sent.text
    if sentence.rstrip(' "”’)').endswith("?"):
        if _WHAT_IF.match(sentence):
            return Standing("hypothetical", "pledged", "“what if”")
        return Standing(None, None, "a question")
    if is_denied_retelling(trigger):
        return Standing("denied", None, "told only to be denied")
    phase: Phase | None = None
    negations, why = 0, ""
    for step in steps(trigger):
        for check in CHECKS:
            found = check(step)
            if found is not None:
                return Standing(found.modality, phase or found.phase, found.why) if found.modality else found
        promised = _promised(step)
        if promised:
            phase, why = phase or "pledged", promised
        fails = _fails(step)
        if fails or step.word.lemma_ not in modal_words()["factive"]:  # what is not forgotten did happen
            negations += is_negated(step.word, trigger) + fails
    if opens_inverted(trigger) or _HEARSAY.search(sentence):
        return Standing("hypothetical", phase or "pledged", "a condition" if opens_inverted(trigger) else "hearsay")
    if negations % 2:
        return Standing("denied", phase, "negated")
    return Standing("asserted", phase, why)


# ---------------------------------------------------------------- words that only move it


def _promised(step: Step) -> str:
    """Why the act is still to come; empty if nothing says so."""
    words = modal_words()
    if step.modals & words["would"] and is_reported(step.word):
        return "a promise told in the past"
    if step.modals & words["will"] or _is_to(step.word):
        return "said of the future"
    expected = step.below is None and step.lemma == "expect" and "can" in step.modals
    return f"“{step.word.text}”" if expected or (step.below is not None and _intends(step.word)) else ""


def _fails(step: Step) -> bool:
    """ "Failed to send", "has yet to send"."""
    if step.below is None or not step.act:
        return False
    yet = step.lemma == "have" and any(child.lower_ == "yet" for child in step.word.children)
    return is_among(step.word, "fail") or (yet and step.below.dep_ == "xcomp")


def _intends(word: Token) -> bool:
    """By the printed word too: "going to send" has the lemma of motion."""
    forms = {word.lemma_.lower(), word.lower_, word.lower_.removesuffix("s"), word.lower_.removesuffix("d")}
    return not forms.isdisjoint(modal_words()["intend"])


def _is_to(word: Token) -> bool:
    """ "is to send", "are to be dispatched", and beside a main clause "half of it to go to schools"."""
    head = word.head
    to = next((child for child in word.children if child.lower_ == "to" and child.dep_ == "aux"), None)
    if to is None:
        return False
    if word.dep_ in ("relcl", "acl", "advcl") and to.doc[max(to.i - 1, 0)].lower_ in _PART:
        return True
    return word.dep_ == "xcomp" and head.lemma_ == "be" and not any(c.dep_ in ("attr", "acomp") for c in head.children)
