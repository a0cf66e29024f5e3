"""Clauses of giving: a verb or noun of the lexicon with those who stand around it, as the parse has them.

One frame a clause: passive, by-phrases, shared subjects, participles ("by sending", "planes carrying"),
infinitives under control ("ordered the army to assist") and nominal heads ("Cuba's offer of doctors")
are brought to the same roles here. What the words mean (who is a party, what is an item) is decided by
:mod:`kg.extract.parties` and :mod:`kg.extract.items`; the lexicon is data (``data/frames.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from spacy.tokens import Token

from kg.extract.nlp import Paragraph
from kg.records import Phase

Sense = Literal["transfer", "assist", "arrive", "carry", "receive", "request", "need", "raise", "thank", "work"]

_CLAUSAL = frozenset({"advcl", "ccomp", "relcl", "csubj", "parataxis", "csubjpass"})
_OBJECT_CONTROL = frozenset({
    "order", "ask", "urge", "request", "tell", "instruct", "allow", "enable", "authorise", "authorize",
    "send", "deploy", "command", "direct", "dispatch", "invite", "get", "use",
})  # fmt: skip
_RELATIVE = frozenset({"which", "that", "who", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of the lexicon. ``phase`` is that of the plain past, None where others tell it."""

    sense: Sense
    phase: Phase | None
    needs: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger with the heads of the phrases in its roles.

    ``agents`` act, ``patients`` are acted on, ``receivers`` are indirect objects, ``obliques`` are
    prepositions with the heads of their objects. ``tokens`` are the clause's own words, nested clauses left out.
    """

    paragraph: Paragraph
    trigger: Token
    frame: Frame
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    receivers: tuple[Token, ...]
    obliques: tuple[tuple[str, Token], ...]
    tokens: tuple[Token, ...]

    def after(self, *prepositions: str) -> tuple[Token, ...]:
        """The heads that stand behind one of these prepositions."""
        return tuple(head for preposition, head in self.obliques if preposition in prepositions)


@cache
def _lexicon() -> tuple[dict[str, Frame], dict[str, Frame], list[tuple[tuple[str, ...], Frame]]]:
    data = tomllib.loads(files("kg.extract").joinpath("data/frames.toml").read_text("utf-8"))
    verbs = {lemma: _frame(entry, lemma) for entry in data["verb"] for lemma in entry["lemmas"]}
    nouns = {lemma: _frame(entry, lemma) for entry in data["noun"] for lemma in entry["lemmas"]}
    idioms = [
        (tuple(pattern), _frame(entry, " ".join(pattern))) for entry in data["idiom"] for pattern in entry["patterns"]
    ]
    return verbs, nouns, idioms


def _frame(entry: dict[str, str], lemma: str) -> Frame:
    phase = cast(Phase, entry["phase"]) if entry["phase"] != "any" else None
    return Frame(cast(Sense, entry["sense"]), phase, entry.get("needs", ""), lemma)


def find_clauses(paragraph: Paragraph) -> Iterator[Clause]:
    """The clauses of giving in a paragraph, in text order."""
    verbs, nouns, idioms = _lexicon()
    for token in paragraph.doc:
        idiom = next(((pattern, frame) for pattern, frame in idioms if _matches(token, pattern)), None)
        if idiom is not None:
            yield _idiom_clause(paragraph, token, *idiom)
        elif token.pos_ in ("VERB", "AUX"):
            frame = verbs.get(f"{token.lemma_} {_particle(token)}") or verbs.get(token.lemma_)
            if frame is not None and not _is_auxiliary(token):
                yield _verb_clause(paragraph, token, frame)
        elif token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in nouns:
            yield _noun_clause(paragraph, token, nouns[token.lemma_.lower()])


def is_giving_noun(token: Token) -> bool:
    """Whether a noun names an act of giving: "delivery", "shipment"."""
    frame = _lexicon()[1].get(token.lemma_.lower())
    return frame is not None and frame.sense in ("transfer", "arrive")


def _is_auxiliary(token: Token) -> bool:
    return token.dep_ in ("aux", "auxpass") or (token.dep_ == "amod" and token.tag_ in ("VBN", "VBG"))


def _particle(token: Token) -> str:
    """The small word behind a verb that changes its sense; "flew in" even where the parse takes it for a place."""
    small = (child for child in token.children if child.dep_ in ("prt", "advmod", "acomp") and child.i > token.i)
    found = next((child.lower_ for child in small), "")
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return found or (following.lower_ if following is not None and following.lower_ in ("in", "out") else "")


def _matches(token: Token, pattern: tuple[str, ...]) -> bool:
    doc = token.doc
    if token.lemma_ != pattern[0] or token.i + len(pattern) > len(doc):
        return False
    return all(doc[token.i + i].lower_ == word for i, word in enumerate(pattern) if i > 0)


# ---------------------------------------------------------------- verbs


def _verb_clause(paragraph: Paragraph, verb: Token, frame: Frame) -> Clause:
    tokens = clause_tokens(verb)
    patients = _patients(verb)
    receivers = tuple(t for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP" for t in coordinated(c))
    if is_passive(verb) and any(c.dep_ == "dobj" for c in verb.children):  # "Chad was given tents"
        receivers += _passive_subject(verb)
        patients = tuple(token for token in patients if token not in receivers)
    who = agents(verb) or _beside(verb)
    return Clause(paragraph, verb, frame, who, patients, receivers, tuple(_obliques(verb, tokens)), tokens)


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
    return (before,) if before.pos_ == "PROPN" and before.ent_type_ not in ("DATE", "TIME") else ()


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: "were sent", "aid sent by Chad"."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True
    head = verb.head
    return (
        verb.dep_ == "conj"
        and verb.tag_ == "VBN"
        and head.tag_ == "VBN"
        and is_passive(head)
        and not _own_subject(verb)
    )


def _own_subject(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")]


def agents(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """The heads of the phrases that name who acts; through shared subjects, control and participles."""
    if depth > 6:
        return ()
    if is_passive(verb):
        by = [c for c in verb.children if c.dep_ == "agent" or (c.lower_ == "by" and c.dep_ == "prep")]
        return tuple(t for c in by for p in c.children if p.dep_ == "pobj" for t in coordinated(p))
    subjects = [child for child in _own_subject(verb) if child.dep_ in ("nsubj", "csubj")]
    if subjects:
        return tuple(t for subject in subjects for t in coordinated(_antecedent(verb, subject)))
    return _inherited(verb, depth)


def _antecedent(verb: Token, subject: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.lower_ in _RELATIVE:
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "aux") and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return subject


def _inherited(verb: Token, depth: int) -> tuple[Token, ...]:
    head = verb.head
    if verb.dep_ == "ROOT" or head == verb:
        return ()
    if verb.dep_ in ("conj", "dep") and head.pos_ in ("VERB", "AUX"):
        return _passive_subject(head) if is_passive(head) and not is_passive(verb) else agents(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "acl") and head.pos_ in ("VERB", "AUX"):
        return _controller(verb, head, depth)
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return _of_noun(verb, head, depth)
    if verb.dep_ in ("pcomp", "xcomp", "acomp", "ccomp", "advcl"):
        return _of_phrase(head, depth)
    return ()


def _controller(verb: Token, head: Token, depth: int) -> tuple[Token, ...]:
    objects = [
        t for c in head.children if c.dep_ in ("dobj", "nsubj", "dative") and c.i > head.i for t in coordinated(c)
    ]
    if verb.dep_ in ("xcomp", "ccomp", "advcl") and head.lemma_ in _OBJECT_CONTROL and objects and not is_passive(head):
        return (*objects, *agents(head, depth + 1))
    if is_passive(head):
        return _passive_subject(head)
    return agents(head, depth + 1)


def _passive_subject(verb: Token) -> tuple[Token, ...]:
    while not _own_subject(verb) and verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return tuple(t for c in _own_subject(verb) for t in coordinated(_antecedent(verb, c)))


def _of_noun(verb: Token, noun: Token, depth: int) -> tuple[Token, ...]:
    """ "planes carrying", "the first to arrive", "Lima's readiness to provide", "the decision by Oslo to send"."""
    relative = verb.dep_ == "relcl" and noun.pos_ in ("NOUN", "PROPN")
    if (verb.tag_ == "VBG" and noun.dep_ != "attr") or (relative and noun.dep_ in ("nsubj", "dobj", "pobj", "appos")):
        return (noun,)
    owner = [t for c in noun.children if c.dep_ == "poss" for t in coordinated(c)]
    by = [p for c in noun.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]
    if owner or by:
        return (*owner, *by)
    return _of_phrase(noun, depth)


def _of_phrase(token: Token, depth: int) -> tuple[Token, ...]:
    """The subject of the verb that a phrase hangs on."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    if token.pos_ not in ("VERB", "AUX"):
        return ()
    return _passive_subject(token) if is_passive(token) else agents(token, depth + 1)


def _patients(verb: Token) -> tuple[Token, ...]:
    if is_passive(verb):
        if verb.dep_ == "acl":
            return tuple(coordinated(verb.head))
        retained = [t for c in verb.children if c.dep_ in ("dobj", "oprd") for t in coordinated(c)]
        return (*_passive_subject(verb), *retained)
    objects = [t for c in verb.children if c.dep_ in ("dobj", "obj", "attr", "oprd") for t in coordinated(c)]
    small = [
        s
        for c in verb.children
        if c.dep_ in ("ccomp", "xcomp")
        for s in c.children
        if s.dep_ == "nsubj" and s.i > verb.i
    ]
    relative = [verb.head for o in objects if o.lower_ in _RELATIVE and verb.dep_ == "relcl"]
    missing = (
        [verb.head]
        if verb.dep_ == "relcl"
        and not objects
        and _own_subject(verb)
        and all(s.lower_ not in _RELATIVE for s in _own_subject(verb))
        else []
    )
    return tuple(dict.fromkeys([*objects, *(t for s in small for t in coordinated(s)), *relative, *missing]))


def coordinated(token: Token) -> list[Token]:
    """A phrase's head and the heads joined to it: "medics, tents and water"."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"):
            found.extend(coordinated(child))
    return found


def clause_tokens(head: Token) -> tuple[Token, ...]:
    """The words of a clause without those of the clauses nested in it or joined to it."""
    found, todo = [], [head]
    while todo:
        token = todo.pop()
        found.append(token)
        todo.extend(
            child
            for child in token.children
            if child.dep_ not in _CLAUSAL
            and not (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"))
            and child.dep_ != "punct"
        )
    return tuple(sorted(found, key=lambda token: token.i))


def _obliques(head: Token, tokens: tuple[Token, ...]) -> Iterator[tuple[str, Token]]:
    for token in tokens:
        if (
            token.dep_ in ("prep", "dative", "agent", "prt", "mark")
            and token.pos_ in ("ADP", "SCONJ", "ADV", "PART", "VERB")
            and token.i != head.i
        ):
            for child in token.children:
                if child.dep_ == "pobj":
                    for one in coordinated(child):
                        yield token.lower_, one


# ---------------------------------------------------------------- nouns and idioms


def _noun_clause(paragraph: Paragraph, noun: Token, frame: Frame) -> Clause:
    tokens = clause_tokens(noun)
    owners = [t for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod") for t in coordinated(c)]
    obliques = tuple(_obliques(noun, tokens))
    by = [head for preposition, head in obliques if preposition in ("by", "from")]
    of = [head for preposition, head in obliques if preposition == "of"]
    return Clause(paragraph, noun, frame, (*owners, *by), tuple(of), (), obliques, tokens)


def _idiom_clause(paragraph: Paragraph, verb: Token, pattern: tuple[str, ...], frame: Frame) -> Clause:
    tokens = clause_tokens(verb)
    of = paragraph.doc[verb.i + len(pattern) - 1]
    patients = tuple(t for c in of.children if c.dep_ == "pobj" for t in coordinated(c))
    return Clause(paragraph, verb, frame, agents(verb), patients, (), tuple(_obliques(verb, tokens)), tokens)
