"""Which clause a date belongs to, or whether it only belongs to a thing that is named.

"Friday's summit", "the quake of 12 May" and "the 2005 accord" have their dates with them as part of their names; "at a
meeting held on Friday" is a setting, and its date is that of what is done there.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.clauses import clause_of
from kg.extract.onset import is_blow
from kg.extract.tenses import is_simple_past
from kg.extract.time_words import time_table
from kg.extract.times import Time, before
from kg.extract.tokens import Doc, Token

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_VERBS = ("VERB", "AUX")
_DAY = 3  # parts of a date that is a day
_DURING = frozenset(("in", "during", "amid", "after", "following", "to"))


def owner_of(doc: Doc, time: Time) -> Token | None:
    """The head of the clause that a date belongs to; None if it belongs to a thing that is only named."""
    root = doc[time.start : time.end].root
    path = list(climb(root))
    for below, noun in zip([root, *path], path, strict=False):
        if noun.pos_ not in ("NOUN", "PROPN") or noun.lower_ in time_table().parts.words:
            continue  # "yesterday morning" is a date, "Friday's summit" a thing
        if _is_named_with(below) and not (_is_setting(noun) or _is_spell(noun, time)):
            return None
        if is_blow(noun) and not _is_spell(noun, time):
            return None  # "after the earthquake on Friday"
        if noun.dep_ in ("nsubj", "nsubjpass") and noun.lemma_.lower() in time_table().occasions.nouns:
            return None  # "a call on Monday paved the way"
    clause = clause_of(root)
    noun = clause.head
    if clause.dep_ in ("acl", "relcl") and noun.pos_ == "NOUN" and _is_setting(noun):
        return clause_of(noun)  # "at a meeting held on Friday, members pledged"
    return clause_of(clause.head) if _is_before(time, clause) else clause


def _is_before(time: Time, clause: Token) -> bool:
    """Whether a date only seems to stand in a clause: before its conjunction, or before a participle cut off by commas.

    "In May 1950, a month after the war had ended, trains brought"; "in a call, held on Friday, he promised".
    """
    if clause.head == clause:
        return False
    marks = [child for child in clause.children if child.dep_ == "mark"]
    if marks and time.end <= marks[0].i:
        return True
    bare = not any(child.dep_ in SUBJECTS for child in clause.children) and clause.i < clause.head.i
    if clause.dep_ == "ccomp":
        return bare and time.end <= clause.i
    before = [token for token in clause.doc[clause.sent.start : clause.i] if token.pos_ != "PUNCT"]
    return bare and clause.dep_ == "advcl" and clause.tag_ == "VBN" and bool(before) and _is_setting(before[-1])


def _is_spell(noun: Token, time: Time) -> bool:
    """Whether a disaster stands for its time: "during the floods of 1971", "after the 1953 flood"."""
    return len(time.date.parts) < _DAY and noun.dep_ == "pobj" and noun.head.lower_ in _DURING and is_blow(noun)


def climb(root: Token) -> Iterator[Token]:
    """The words above a date up to, and without, the verb."""
    token = root
    while token.head != token and token.head.pos_ not in _VERBS:
        token = token.head
        yield token


def _is_named_with(token: Token) -> bool:
    """Whether a date is part of a name: "Friday's summit", "the 2005 accord", "the plan of 3 May".

    The parse also makes "Monday" part of the name of who acts: "On Monday Peru sent".
    """
    if token.dep_ in ("compound", "nmod", "nummod") and token.head.pos_ == "PROPN" and not is_blow(token.head):
        return False
    modifies = token.dep_ in ("poss", "compound", "nmod", "amod", "nummod")
    return modifies or (token.dep_ == "prep" and token.lower_ == "of")


def _is_setting(noun: Token) -> bool:
    """Whether a meeting or call is where the clause takes place: "in a call on Friday", "at Friday's summit"."""
    table, word = time_table(), noun.lemma_.lower()
    occasion = word in table.occasions.nouns or word in table.parts.words or word in table.parts.stretches
    return occasion and noun.dep_ == "pobj" and noun.head.lower_ in time_table().occasions.settings


def is_bound(doc: Doc, time: Time, clause: Token) -> bool:
    """Whether a date only limits or compares; "since" begins what a perfect tells, and dates it."""
    words = before(doc, time)
    if "since" in words:
        return is_simple_past(clause)
    return not words.isdisjoint(time_table().tense.bounds)
