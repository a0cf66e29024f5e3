"""How far, and how sure: phase and modality of a clause from tense, aspect, modals, negation and what governs it.

Hypotheticals, conditionals and denials never become plain facts; a clause that only asks, accuses or
speaks of giving in general is no report at all. The words are data (``data/modality.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from kg.records import Modality, Phase


@dataclass(frozen=True, slots=True)
class Standing:
    """``modality`` None: the clause reports nothing, because of ``why``. ``phase`` None: as the frame has it."""

    modality: Modality | None
    phase: Phase | None
    why: str


@cache
def _words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files("kg.extract").joinpath("data/modality.toml").read_text("utf-8"))
    return {name: frozenset(table["words"]) for name, table in data.items()}


def standing(trigger: Token) -> Standing:
    """Modality and phase of the clause that ``trigger`` heads.

    The governors are walked from the trigger up to the main verb; the innermost word that settles a
    question wins.
    """
    if trigger.sent.text.rstrip(' "”’)').endswith("?"):
        return Standing(None, None, "a question")
    phase: Phase | None = None
    negations, why = 0, ""
    for word in _governors(trigger):
        lemma, words = word.lemma_.lower(), _words()
        if lemma in words["disclaim"] and word != trigger:
            return Standing(None, None, f"told only as “{word.text}”")
        if lemma in words["deny"] and word != trigger:
            return Standing("denied", phase, f"“{word.text}”")
        modals = {child.lower_ for child in word.children if child.dep_ == "aux"}
        if modals & words["may"] and not (lemma == "expect" and "can" in modals):  # "can be expected" is sure
            return Standing("hypothetical", phase or "pledged", f"“{next(iter(modals & words['may']))}”")
        if _is_conditional(word):
            return Standing("hypothetical", phase or "pledged", "a condition")
        if modals & words["would"]:
            if _is_reported(word):
                phase, why = phase or "pledged", "a promise told in the past"
            else:
                return Standing("hypothetical", phase or "pledged", "“would”")
        if modals & words["will"] or _is_to(word):
            phase, why = phase or "pledged", "said of the future"
        if _negated(word, trigger):
            negations += 1
        if word != trigger and _intends(word):
            phase, why = phase or "pledged", f"“{word.text}”"
        if word != trigger and lemma in words["fail"]:
            negations += 1
    if negations % 2:
        return Standing("denied", phase, "negated")
    return Standing("asserted", phase, why)


def _governors(trigger: Token) -> Iterator[Token]:
    """The trigger and the words that it depends on as their complement, up to a main clause or a relative clause."""
    word = trigger
    yield word
    while word.head != word:
        if word.dep_ in ("relcl", "parataxis") or (word.dep_ == "acl" and word.head.pos_ not in ("NOUN",)):
            return
        if word.dep_ in ("advcl", "conj") and word.pos_ in ("VERB", "AUX") and _has_own_tense(word):
            return
        word = word.head
        if word.pos_ in ("VERB", "AUX", "ADJ", "NOUN") or word.lower_ == "without":
            yield word


def _has_own_tense(word: Token) -> bool:
    return word.tag_ in ("VBD", "VBZ", "VBP") or any(
        c.dep_ in ("aux", "auxpass") and c.lower_ != "to" for c in word.children
    )


def _intends(word: Token) -> bool:
    """By the printed word too: "going to send" has the lemma of motion, and the model's lemma of "hopes" is "hop"."""
    forms = {word.lemma_.lower(), word.lower_, word.lower_.removesuffix("s"), word.lower_.removesuffix("d")}
    return not forms.isdisjoint(_words()["intend"])


def _negated(word: Token, trigger: Token) -> bool:
    """ "did not send", "no tents were sent", "nobody sent tents", but not "there is no doubt that tents were sent"."""
    if any(child.dep_ == "neg" for child in word.children):
        return True
    roles = [child for child in word.children if child.dep_ in ("nsubj", "nsubjpass", "dobj")]
    return any(
        role.lower_ in _NOBODY or any(c.lower_ == "no" and c.dep_ == "det" for c in role.children)
        for role in roles
        if not role.is_ancestor(trigger)
    )


_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})


def _is_conditional(word: Token) -> bool:
    return any(child.dep_ in ("mark", "advmod") and child.lower_ in _words()["if"] for child in word.children)


def _is_reported(word: Token) -> bool:
    """ "said it would send", "promised that tents would come", but not "would send if asked"."""
    head = word.head
    return word.dep_ in ("ccomp", "advcl", "acl", "relcl", "conj") and head.lemma_.lower() in _words()["say"]


def _is_to(word: Token) -> bool:
    """ "is to send", "are to be dispatched"."""
    head = word.head
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in word.children)
    return (
        to
        and word.dep_ == "xcomp"
        and head.lemma_ == "be"
        and not any(c.dep_ in ("attr", "acomp") for c in head.children)
    )
