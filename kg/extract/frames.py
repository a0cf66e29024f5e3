"""Clauses of giving: a verb or noun of the lexicon with those who stand around it, as the parse has them.

One frame a clause, whatever its form: verbs with their particles and fixed words ("make available"), nominal
heads ("Cuba's offer of doctors"), idioms, and verbs that somebody is asked to do. What the words mean (who is a
party, what is an item) is decided by :mod:`kg.extract.parties` and :mod:`kg.extract.items`; who stands in which
role by :mod:`kg.extract.subjects`; the lexicon is data (``data/frames.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from kg.extract.asking import asked_by, orders_own
from kg.extract.nlp import Paragraph
from kg.extract.subjects import (
    agents,
    clause_tokens,
    coordinated,
    is_passive,
    objects_of,
    obliques,
    patients,
    receivers,
)
from kg.extract.tokens import Token
from kg.records import Phase

Sense = Literal[
    "transfer", "assist", "arrive", "carry", "receive", "request", "asked", "need", "raise", "thank", "work",
    "care", "forgive", "rank", "decline", "echo", "line",
]  # fmt: skip

# Verbs that say what a noun of giving amounts to: "aid to Chad includes 50 trucks", "the gift is 50 trucks".
_AMOUNTS = frozenset({
    "be", "include", "comprise", "consist", "total", "reach", "exceed", "amount", "contain", "stand", "top", "surpass",
})  # fmt: skip
# Verbs that only say that what the noun tells was done: "made a donation", "launched an appeal".
_LIGHT = frozenset({
    "make", "launch", "issue", "announce", "sign", "approve", "confirm", "unveil", "complete", "organise", "organize",
    "arrange", "conduct", "begin", "start", "renew", "repeat", "file", "submit", "put",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of the lexicon. ``phase`` is that of the plain past, None where others tell it.

    ``goods``, ``givers`` and ``takers`` are the prepositions behind which the verb has those beside the usual
    places; ``words`` are lemmas of which the clause must hold one. ``alone``: the verb itself is help, goods or not.
    """

    sense: Sense
    phase: Phase | None
    lemma: str
    goods: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()
    takers: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger with the heads of the phrases in its roles.

    ``agents`` act, ``patients`` are acted on, ``receivers`` are indirect objects, ``obliques`` are
    prepositions with the heads of their objects. ``tokens`` are the clause's own words, nested clauses left out.
    ``main`` is the word whose tense and mood count: the trigger, or the verb that asks for it.
    """

    paragraph: Paragraph
    trigger: Token
    frame: Frame
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    receivers: tuple[Token, ...]
    obliques: tuple[tuple[str, Token], ...]
    tokens: tuple[Token, ...]
    main: Token

    def after(self, *prepositions: str) -> tuple[Token, ...]:
        """The heads that stand behind one of these prepositions."""
        return tuple(head for preposition, head in self.obliques if preposition in prepositions)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    verbs: dict[str, list[Frame]]
    nouns: dict[str, Frame]
    idioms: dict[str, list[tuple[tuple[str, ...], Frame]]]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(files("kg.extract").joinpath("data/frames.toml").read_text("utf-8"))
    verbs: dict[str, list[Frame]] = {}
    for entry in data["verb"]:
        for lemma in entry["lemmas"]:
            verbs.setdefault(lemma, []).append(_frame(entry, lemma))
    for frames in verbs.values():
        frames.sort(key=lambda frame: not frame.words)  # those that ask for more words come first
    nouns = {lemma: _frame(entry, lemma) for entry in data["noun"] for lemma in entry["lemmas"]}
    idioms: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for entry in data["idiom"]:
        for pattern in entry["patterns"]:
            idioms.setdefault(pattern[0], []).append((tuple(pattern), _frame(entry, " ".join(pattern))))
    return _Lexicon(verbs, nouns, idioms)


def _frame(entry: dict[str, Any], lemma: str) -> Frame:
    phase = cast(Phase, entry["phase"]) if entry["phase"] != "any" else None
    goods, givers, takers = (tuple(entry.get(role, ())) for role in ("goods", "givers", "takers"))
    words, alone = frozenset(entry.get("words", ())), bool(entry.get("alone", False))
    return Frame(cast(Sense, entry["sense"]), phase, lemma, goods, givers, takers, words, alone)


def find_clauses(paragraph: Paragraph) -> Iterator[Clause]:
    """The clauses of giving in a paragraph, in text order."""
    lexicon = _lexicon()
    for token in paragraph.doc:
        starting = lexicon.idioms.get(token.lemma_, ())
        idiom = next(((pattern, frame) for pattern, frame in starting if _end_of(token, pattern) is not None), None)
        if idiom is not None:
            yield _idiom_clause(paragraph, token, *idiom)
        elif token.pos_ in ("VERB", "AUX") and not _is_auxiliary(token):
            frame = _frame_of(token)
            if frame is not None:
                yield _verb_clause(paragraph, token, frame)
        elif token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in lexicon.nouns and not _is_wanted(token):
            yield _noun_clause(paragraph, token, lexicon.nouns[token.lemma_.lower()])


def is_giving_noun(token: Token) -> bool:
    """Whether a noun names an act of giving: "delivery", "shipment"."""
    frame = _lexicon().nouns.get(token.lemma_.lower())
    return frame is not None and frame.sense in ("transfer", "arrive")


def _frame_of(verb: Token) -> Frame | None:
    """The first entry of the verb whose further words stand in the clause."""
    verbs, particle = _lexicon().verbs, _particle(verb)
    frames = (verbs.get(f"{verb.lemma_} {particle}") if particle else None) or verbs.get(verb.lemma_, [])
    if not any(frame.words for frame in frames):
        return frames[0] if frames else None
    lemmas = {form for token in _around(verb) for form in (token.lemma_.lower(), token.lower_)}
    return next((frame for frame in frames if not frame.words or frame.words & lemmas), None)


def _around(verb: Token) -> Iterator[Token]:
    """The words that hang on the verb, nested clauses included: the parse makes one of "40 trucks available"."""
    yield from (token for token in verb.subtree if token != verb)


def _is_auxiliary(token: Token) -> bool:
    return token.dep_ in ("aux", "auxpass") or (token.dep_ == "amod" and token.tag_ in ("VBN", "VBG"))


def _particle(token: Token) -> str:
    """The small word behind a verb that changes its sense; "flew in" even where the parse takes it for a place."""
    small = (child for child in token.children if child.dep_ in ("prt", "advmod", "acomp") and child.i > token.i)
    found = next((child.lower_ for child in small), "")
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return found or (following.lower_ if following is not None and following.lower_ in ("in", "out") else "")


def _end_of(token: Token, pattern: tuple[str, ...]) -> Token | None:
    """The last word of an idiom that starts at a verb, an adverb between left out: "are already at work"."""
    doc, here = token.doc, token.i + 1
    while here < len(doc) and doc[here].pos_ == "ADV" and doc[here].lower_ != pattern[1]:
        here += 1
    words = [one.lower_ for one in doc[here : here + len(pattern) - 1]]
    return doc[here + len(words) - 1] if words == list(pattern[1:]) else None


# ---------------------------------------------------------------- verbs


def _verb_clause(paragraph: Paragraph, verb: Token, frame: Frame) -> Clause:
    tokens = clause_tokens(verb)
    indirect = receivers(verb)
    things = tuple(token for token in patients(verb) if token not in indirect)
    who = agents(verb) or _beside(verb)
    around = [*obliques(verb, tokens), *_opening(verb)]
    clause = Clause(paragraph, verb, frame, who, things, indirect, tuple(around), tokens, verb)
    return _asked(clause)


def _opening(verb: Token) -> list[tuple[str, Token]]:
    """ "Of the $9 million for Chad, $2 million is to come": what opens the clause hangs on "is"."""
    if verb.dep_ != "xcomp" or verb.head.lemma_ != "be":
        return []
    return list(obliques(verb.head, tuple(t for c in verb.head.children if c.dep_ == "prep" for t in c.subtree)))


def _asked(clause: Clause) -> Clause:
    """The clause as a request, if somebody is asked to do it; as a promise, if one's own people are told to."""
    asking = asked_by(clause.trigger)
    if asking is None or clause.frame.sense not in ("transfer", "carry"):
        return clause
    if orders_own(asking.word):
        return replace(clause, frame=replace(clause.frame, phase="pledged"), main=asking.word)
    frame = replace(clause.frame, sense="asked", phase="requested")
    return replace(clause, frame=frame, agents=asking.asked, main=asking.word)


def _beside(verb: Token) -> tuple[Token, ...]:
    """The proper name right before a finite verb that the parse left without a subject: "On 21 May Lima offered"."""
    if (
        verb.tag_ not in ("VBD", "VBZ", "VBP")
        or verb.i == verb.sent.start
        or is_passive(verb)
        or verb.dep_ in ("conj", "relcl")
    ):
        return ()
    before = verb.doc[verb.i - 1]
    if before.dep_ == "pobj" and before.head.lower_ in ("from", "to", "for"):  # "From Oslo came tents"
        return ()
    return (before,) if before.pos_ == "PROPN" and before.ent_type_ not in ("DATE", "TIME") else ()


# ---------------------------------------------------------------- nouns and idioms


def _noun_clause(paragraph: Paragraph, noun: Token, frame: Frame) -> Clause:
    tokens = clause_tokens(noun)
    owners = [t for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod") for t in coordinated(c)]
    around = tuple(obliques(noun, tokens))
    by = [head for preposition, head in around if preposition in ("by", "from")]
    of = [head for preposition, head in around if preposition == "of"]
    makers = _makers(noun) if not owners or not by else ()
    who = tuple(dict.fromkeys([*owners, *by, *makers]))
    return Clause(paragraph, noun, frame, who, (*of, *_amounts(noun)), (), around, tokens, noun)


def _is_wanted(noun: Token) -> bool:
    """Whether the noun names what somebody asks for: "turned to Oslo for help", "sought aid"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "for":
        verb = verb.head
    elif noun.dep_ != "dobj":
        return False
    return any(frame.sense in ("request", "need") for frame in _lexicon().verbs.get(verb.lemma_, []))


def _makers(noun: Token) -> tuple[Token, ...]:
    """Who acts by a verb that adds nothing to the noun: "Chad made a donation", "an appeal was launched by Chad"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "with" and verb.head.pos_ == "VERB":
        return agents(verb.head)  # "came forward with an offer"
    if noun.dep_ not in ("dobj", "nsubjpass") or verb.lemma_ not in _LIGHT:
        return ()
    return tuple(token for token in agents(verb) if token != noun)


def _amounts(noun: Token) -> list[Token]:
    """What the noun is said to be or to hold: "the gift is 50 trucks", "50 trucks are a gift"."""
    verb = noun.head
    if verb.lemma_ not in _AMOUNTS or noun.dep_ not in ("nsubj", "attr"):
        return []
    if noun.dep_ == "attr" and verb.lemma_ == "be":
        return [t for c in verb.children if c.dep_ == "nsubj" for t in coordinated(c)]
    direct = [t for c in verb.children if c.dep_ in ("dobj", "attr") for t in coordinated(c)]
    behind = [t for c in verb.children if c.lower_ in ("of", "to", "at") for t in objects_of(c)]
    return [t for t in (*direct, *behind) if t.pos_ != "PROPN"]  # "aid reached Chad" names no goods


def _idiom_clause(paragraph: Paragraph, verb: Token, pattern: tuple[str, ...], frame: Frame) -> Clause:
    tokens = clause_tokens(verb)
    last = _end_of(verb, pattern)
    things = () if last is None else tuple(objects_of(last))
    return Clause(paragraph, verb, frame, agents(verb), things, (), tuple(obliques(verb, tokens)), tokens, verb)
