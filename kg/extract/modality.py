"""How far, and how sure: phase and modality of a clause from tense, aspect, modals, negation and what governs it.

Hypotheticals, conditionals and denials never become plain facts; a clause that only asks, accuses or
speaks of giving in general is no report at all. From the word that tells the act the walk goes up to the main verb,
and the innermost word that settles a question wins. The words are data (``data/modality.toml``), conditions are
found in :mod:`kg.extract.conditions`, denied reports in :mod:`kg.extract.retelling`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.clauses import is_apart
from kg.extract.conditions import has_condition, is_conditional, opens_inverted
from kg.extract.modal_words import is_among, modal_words
from kg.extract.negation import is_negated
from kg.extract.retelling import is_denied_retelling
from kg.records import Modality, Phase

_WHAT_IF = re.compile(r"\W*(?:and |but )?(?:what if|suppose|imagine if|if only)\b", re.IGNORECASE)
_HEARSAY = re.compile(r"\baccording to (?:\w+ )?(?:unconfirmed|unverified|rumou?rs?\b)", re.IGNORECASE)
_VERBS = ("VERB", "AUX")
_PART = frozenset({"it", "them", "which", "this", "that"})  # "half of it to go to schools"


@dataclass(frozen=True, slots=True)
class Standing:
    """``modality`` None: the clause reports nothing, because of ``why``. ``phase`` None: as the frame has it."""

    modality: Modality | None
    phase: Phase | None
    why: str


@dataclass(frozen=True, slots=True)
class _Step:
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
    for step in _steps(trigger):
        for check in _CHECKS:
            found = check(step)
            if found is not None:
                return Standing(found.modality, phase or found.phase, found.why) if found.modality else found
        promised = _promised(step)
        if promised:
            phase, why = phase or "pledged", promised
        negations += is_negated(step.word, trigger) + _fails(step)
    if opens_inverted(trigger) or _HEARSAY.search(sentence):
        return Standing("hypothetical", phase or "pledged", "a condition" if opens_inverted(trigger) else "hearsay")
    if negations % 2:
        return Standing("denied", phase, "negated")
    return Standing("asserted", phase, why)


# ---------------------------------------------------------------- the way up


def _steps(trigger: Token) -> Iterator[_Step]:
    """The trigger and the words that it depends on, up to a main clause or to a thing that it only describes."""
    word, below, act, told = trigger, None, True, False
    yield _Step(word, None, trigger, act, told)
    while word.head != word and not _ends(word):
        if word.dep_ in ("acl", "relcl", "appos") and not _tells(word.head):
            act = act and is_among(word.head, "chance", "fail", "intend")
        below, word = word, word.head
        told = told or _tells(word)
        if word.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") or word.lower_ == "without":
            yield _Step(word, below, trigger, act, told)


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


# ---------------------------------------------------------------- words that settle it


def _disclaimed(step: _Step) -> Standing | None:
    if step.below is not None and is_among(step.word, "disclaim"):
        return Standing(None, None, f"told only as “{step.word.text}”")
    return None


def _general(step: _Step) -> Standing | None:
    """What nobody did: "lands that would never have been let send aid", "anything that might carry wheat"."""
    words = modal_words()
    if step.modals & words["would"] and "have" in step.modals and is_negated(step.word, step.trigger):
        return Standing(None, None, "contrary to fact")
    of_any = step.word.dep_ == "relcl" and is_among(step.word.head, "anything")
    if of_any and step.modals & (words["may"] | words["would"]):
        return Standing(None, None, "said of anything")
    if "can" in step.modals and is_among(step.word, "general"):
        return Standing(None, None, "what anybody can do")
    first = {child.lower_ for child in step.word.children if child.dep_ == "advmod"}
    if first >= {"ever", "before"} and is_negated(step.word, step.trigger):
        return Standing(None, None, "a first time")
    return None


def _denied(step: _Step) -> Standing | None:
    if step.below is None:
        return None
    if is_among(step.word, "deny") and (step.told or (step.act and _is_complement(step))):
        return Standing("denied", None, f"“{step.word.text}”")
    false = [c for c in step.word.children if c.dep_ in ("acomp", "attr") and is_among(c, "false")]
    if step.told and false and step.below.dep_ in ("nsubj", "csubj"):
        return Standing("denied", None, f"“{false[0].text}”")
    if is_among(step.word, "truth") and any(c.lower_ == "no" for c in step.word.children):
        return Standing("denied", None, f"“no {step.word.text}”")
    return None


def _is_complement(step: _Step) -> bool:
    """Whether a verb governs the act as what is said; a noun of giving is denied, but its offer only declined."""
    below = step.below
    if below is None or below.pos_ in _VERBS:
        return True
    return not is_among(step.word, "decline")


def _declined(step: _Step) -> Standing | None:
    """ "Declined an offer": it was still made."""
    direct = step.below == step.trigger and step.trigger.pos_ in ("NOUN", "PROPN")
    if direct and is_among(step.word, "decline") and step.trigger.dep_ in ("dobj", "nsubjpass"):
        return Standing("asserted", "pledged", "declined, but offered")
    return None


def _rumoured(step: _Step) -> Standing | None:
    told = step.told and step.below is not None
    words = [step.word, *(c for c in step.word.children if c.dep_ == "amod")] if told or step.act else []
    rumour = next((word for word in words if word != step.trigger and is_among(word, "rumour")), None)
    has_it = step.lemma == "have" and step.below is not None and step.below.dep_ == "ccomp"
    if has_it and any(child.dep_ == "dobj" and child.lower_ == "it" for child in step.word.children):
        return Standing("hypothetical", "pledged", "“has it that”")
    if rumour is not None and not _is_denied_above(step.word):
        return Standing("hypothetical", "pledged", f"“{rumour.text}”")
    return None


def _is_denied_above(word: Token) -> bool:
    return any(is_among(above, "deny") for above in word.ancestors)


def _chance(step: _Step) -> Standing | None:
    """ "Perhaps", "likely", "the possibility of", "is considering", "under consideration"."""
    words = [child for child in step.word.children if child.dep_ in ("advmod", "acomp", "npadvmod")]
    words = [word for word in words if is_among(word, "chance") and (word.dep_ != "acomp" or _has_clause(step))]
    if step.below is not None and step.act and is_among(step.word, "chance"):
        words.append(step.word)
    if step.below is not None and step.act and _weighs(step):
        words.append(step.word)
    under = [o for c in step.word.children if c.lower_ == "under" for o in c.children if is_among(o, "under")]
    if step.below is not None and step.below.dep_ == "nsubj" and step.act:
        words.extend(under)
    return Standing("hypothetical", "pledged", f"“{words[0].text}”") if words else None


def _has_clause(step: _Step) -> bool:
    return step.below is not None and step.below.dep_ in ("ccomp", "csubj", "xcomp")


def _weighs(step: _Step) -> bool:
    if is_among(step.word, "consider"):
        return True
    return is_among(step.word, "discuss") and step.below is not None and step.below.tag_ in ("VBG", "IN")


def _suggested(step: _Step) -> Standing | None:
    """ "Suggested that Oslo send tents"."""
    word = step.word
    bare = word.tag_ in ("VB", "VBP") and not step.modals and word.dep_ == "ccomp"
    if bare and is_among(word.head, "suggest"):
        return Standing("hypothetical", "pledged", f"“{word.head.text}”")
    return None


def _may(step: _Step) -> Standing | None:
    modals = step.modals & modal_words()["may"]
    if not modals or (step.lemma == "expect" and "can" in modals):  # "can be expected" is sure
        return None
    return Standing("hypothetical", "pledged", f"“{next(iter(modals))}”")


def _conditional(step: _Step) -> Standing | None:
    if is_conditional(step.word) or (step.act and has_condition(step.word)):
        return Standing("hypothetical", "pledged", "a condition")
    return None


def _would(step: _Step) -> Standing | None:
    if not step.modals & modal_words()["would"] or _is_reported(step.word):
        return None
    if any(is_among(child, "later") for child in step.word.children if child.dep_ == "advmod"):
        return None
    return Standing("hypothetical", "pledged", "“would”")


_CHECKS: tuple[Callable[[_Step], Standing | None], ...] = (
    _disclaimed,
    _general,
    _denied,
    _declined,
    _rumoured,
    _may,
    _conditional,
    _chance,
    _suggested,
    _would,
)


# ---------------------------------------------------------------- words that only move it


def _promised(step: _Step) -> str:
    """Why the act is still to come; empty if nothing says so."""
    words = modal_words()
    if step.modals & words["would"] and _is_reported(step.word):
        return "a promise told in the past"
    if step.modals & words["will"] or _is_to(step.word):
        return "said of the future"
    expected = step.below is None and step.lemma == "expect" and "can" in step.modals
    return f"“{step.word.text}”" if expected or (step.below is not None and _intends(step.word)) else ""


def _fails(step: _Step) -> bool:
    """ "Failed to send", "has yet to send"."""
    if step.below is None or not step.act:
        return False
    yet = step.lemma == "have" and any(child.lower_ == "yet" for child in step.word.children)
    return is_among(step.word, "fail") or (yet and step.below.dep_ == "xcomp")


def _intends(word: Token) -> bool:
    """By the printed word too: "going to send" has the lemma of motion."""
    forms = {word.lemma_.lower(), word.lower_, word.lower_.removesuffix("s"), word.lower_.removesuffix("d")}
    return not forms.isdisjoint(modal_words()["intend"])


def _is_reported(word: Token) -> bool:
    """ "said it would send", "promised that tents would come", but not "would send if asked"."""
    head = word.head
    return word.dep_ in ("ccomp", "advcl", "acl", "relcl", "conj") and head.lemma_.lower() in modal_words()["say"]


def _is_to(word: Token) -> bool:
    """ "is to send", "are to be dispatched", and beside a main clause "half of it to go to schools"."""
    head = word.head
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in word.children)
    if to and word.dep_ in ("relcl", "acl") and word.left_edge.i > 0 and word.doc[word.left_edge.i - 1].lower_ in _PART:
        return True
    return (
        to
        and word.dep_ == "xcomp"
        and head.lemma_ == "be"
        and not any(c.dep_ in ("attr", "acomp") for c in head.children)
    )
