"""Words that settle how sure an act is: denials, rumours, modals, conditions, chances and promises under "would".

A table of checks in order; each looks at one step of the way up (:mod:`kg.extract.governors`) and says what it makes of
the act, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.conditions import has_condition, is_conditional
from kg.extract.governors import Standing, Step
from kg.extract.modal_words import is_among, modal_words
from kg.extract.negation import is_negated
from kg.extract.tokens import Token

_VERBS = ("VERB", "AUX")


def _disclaimed(step: Step) -> Standing | None:
    if step.below is not None and is_among(step.word, "disclaim"):
        return Standing(None, None, f"told only as “{step.word.text}”")
    return None


def _general(step: Step) -> Standing | None:
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


def _denied(step: Step) -> Standing | None:
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


def _is_complement(step: Step) -> bool:
    """Whether a verb governs the act as what is said; a noun of giving is denied, but its offer only declined."""
    below = step.below
    if below is None or below.pos_ in _VERBS:
        return True
    return not is_among(step.word, "decline")


def _declined(step: Step) -> Standing | None:
    """ "Declined an offer": it was still made."""
    direct = step.below == step.trigger and step.trigger.pos_ in ("NOUN", "PROPN")
    if direct and is_among(step.word, "decline") and step.trigger.dep_ in ("dobj", "nsubjpass"):
        return Standing("asserted", "pledged", "declined, but offered")
    return None


def _rumoured(step: Step) -> Standing | None:
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


def _chance(step: Step) -> Standing | None:
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


def _has_clause(step: Step) -> bool:
    return step.below is not None and step.below.dep_ in ("ccomp", "csubj", "xcomp")


def _weighs(step: Step) -> bool:
    if is_among(step.word, "consider"):
        return True
    return is_among(step.word, "discuss") and step.below is not None and step.below.tag_ in ("VBG", "IN")


def _suggested(step: Step) -> Standing | None:
    """ "Suggested that Oslo send tents"."""
    word = step.word
    bare = word.tag_ in ("VB", "VBP") and not step.modals and word.dep_ == "ccomp"
    if bare and is_among(word.head, "suggest"):
        return Standing("hypothetical", "pledged", f"“{word.head.text}”")
    return None


def _may(step: Step) -> Standing | None:
    modals = step.modals & modal_words()["may"]
    if not modals or (step.lemma == "expect" and "can" in modals):  # "can be expected" is sure
        return None
    return Standing("hypothetical", "pledged", f"“{next(iter(modals))}”")


def _conditional(step: Step) -> Standing | None:
    if is_conditional(step.word) or (step.act and has_condition(step.word)):
        return Standing("hypothetical", "pledged", "a condition")
    return None


def _would(step: Step) -> Standing | None:
    if not step.modals & modal_words()["would"] or is_reported(step.word):
        return None
    if any(is_among(child, "later") for child in step.word.children if child.dep_ == "advmod"):
        return None
    return Standing("hypothetical", "pledged", "“would”")


def is_reported(word: Token) -> bool:
    """ "said it would send", "promised that tents would come", but not "would send if asked"."""
    head = word.head
    return word.dep_ in ("ccomp", "advcl", "acl", "relcl", "conj") and head.lemma_.lower() in modal_words()["say"]


CHECKS: tuple[Callable[[Step], Standing | None], ...] = (
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
