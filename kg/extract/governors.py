"""The way from the word that tells an act up to the main verb, and what a standing is.

Each step is a word that governs the one below it; where a clause stands for itself, nothing above it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.clauses import is_apart
from kg.extract.modal_words import is_among
from kg.extract.tokens import Token
from kg.records import Modality, Phase

_VERBS = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Standing:
    """``modality`` None: the clause reports nothing, because of ``why``. ``phase`` None: as the frame has it."""

    modality: Modality | None
    phase: Phase | None
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """A word on the way up, and the one ``below`` that it governs; none for the trigger itself.

    ``act``: the word governs the act itself, not something that is only described by it. ``told``: the way led
    through a noun of telling, as in "the report that".
    """

    word: Token
    below: Token | None
    trigger: Token
    act: bool
    told: bool

    @property
    def lemma(self) -> str:
        return self.word.lemma_.lower()

    @property
    def modals(self) -> set[str]:
        return {child.lower_ for child in self.word.children if child.dep_ == "aux"}


def steps(trigger: Token) -> Iterator[Step]:
    """The trigger and the words that it depends on, up to a main clause or to a thing that it only describes."""
    word, below, act, told = trigger, None, True, False
    yield Step(word, None, trigger, act, told)
    while word.head != word and not _ends(word):
        if word.dep_ in ("acl", "relcl", "appos") and not _tells(word.head):
            act = act and is_among(word.head, "chance", "fail", "intend")
        below, word = word, word.head
        told = told or _tells(word)
        if word.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") or word.lower_ == "without":
            yield Step(word, below, trigger, act, told)


def _ends(word: Token) -> bool:
    """Whether the clause of a word stands for itself: nothing above it says how sure it is."""
    head = word.head
    if (
        word.dep_ == "parataxis"
        or (word.pos_ in _VERBS and is_apart(word))
        or (word.dep_ == "relcl" and not _tells(head))
    ):
        return True
    if word.dep_ == "acl" and not _tells(head):
        return head.pos_ != "NOUN" or word.tag_ == "VBN"  # "the tents sent by Oslo may arrive"
    return word.dep_ in ("advcl", "conj") and word.pos_ in _VERBS and _has_own_tense(word)


def _tells(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and is_among(noun, "reports")


def _has_own_tense(word: Token) -> bool:
    return word.tag_ in ("VBD", "VBZ", "VBP") or any(
        c.dep_ in ("aux", "auxpass") and c.lower_ != "to" for c in word.children
    )
