"""Which measure a number tells, by the words beside it and by the parse; the words are in ``data/measures.toml``.

Words right beside a number are asked before the parse: "killed 200 and injured 1,300" reads the same whether or
not the small model hangs the verbs together rightly, and a subject far from its verb is what the parse is good at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Token

from kg.extract.lexicon import lexicon
from kg.extract.measure_words import Counted, VerbFrame, Words, measure_table
from kg.extract.numbers import Number
from kg.records import Measure


@dataclass(frozen=True, slots=True)
class Found:
    """The measure of a number, the token that told it and the rule it was told by.

    ``also`` is a further token that had to stand there: the *hungry* of "go hungry".
    """

    measure: Measure
    trigger: int
    rule: str
    also: int | None = None


@cache
def _index(section: Literal["noun", "state", "after", "of", "total"]) -> dict[str, Measure]:
    rows: tuple[Words, ...] = getattr(measure_table(), section)
    return {word: row.measure for row in rows for word in row.words}


@cache
def _verbs() -> dict[str, tuple[VerbFrame, ...]]:
    frames: dict[str, list[VerbFrame]] = {}
    for frame in measure_table().verb:
        for lemma in frame.lemmas:
            frames.setdefault(lemma, []).append(frame)
    return {lemma: tuple(rows) for lemma, rows in frames.items()}


def counted_kind(doc: Doc, number: Number) -> Counted:
    """What kind of thing the number counts."""
    if number.head is None:
        return "bare"
    noun, nouns = doc[number.head], measure_table().counted
    lemma = noun.lemma_.lower()
    if lemma in nouns.victims:
        return "victims" if _claims(doc, number) else "people"
    if lemma in nouns.lives:
        return "lives"
    if lemma in nouns.countries:
        return "countries"
    if lemma in nouns.buildings:
        return "buildings"
    if lemma in nouns.areas:
        return "areas"
    people = lexicon().is_people(lemma) or lemma in nouns.people or noun.ent_type_ == "NORP" or noun.tag_ == "NNPS"
    return "people" if people else "things"


def _claims(doc: Doc, number: Number) -> bool:
    """Whether victims are claimed, that is, died; elsewhere victims are people."""
    return number.start > 0 and doc[number.start - 1].lemma_.lower() in ("claim", "take")


def find_measure(doc: Doc, number: Number) -> Found | None:
    """The measure that the words around a number tell, or ``None``."""
    if number.currency:
        return _money(doc, number)
    if number.unit == "percent":
        return None
    kind = counted_kind(doc, number)
    for rule in (_magnitude, _noun, _population, _state, _after, _beside, _of, _total, _parsed):
        found = rule(doc, number, kind)
        if found is not None:
            return found
    return None


def last_token(number: Number) -> int:
    """The last token of the number and the noun it counts."""
    return max(number.end - 1, number.head or 0)


def _money(doc: Doc, number: Number) -> Found | None:
    """ "$40 billion of damage", "damage estimated at 5 billion dollars"."""
    group, sentence = measure_table().damage, doc[number.start].sent
    if number.head is not None and any(token.lower_ in group.words for token in doc[number.end : number.head + 1]):
        return Found("damage", number.head, "money of damage")
    before = doc[number.start - 1].lower_ if number.start else ""
    for at in range(number.start - 1, max(sentence.start, number.start - 10) - 1, -1):
        if doc[at].lower_ in group.words and before in group.before:
            return Found("damage", at, "damage told in money")
    return None


def _magnitude(doc: Doc, number: Number, kind: Counted) -> Found | None:
    words = measure_table().magnitude.words
    if (number.unit or "").lower() in words:
        return Found("other", number.start, "magnitude")
    before = doc[max(0, number.start - 2) : number.start]
    told = next((token for token in before if token.lower_ == "magnitude"), None)
    after = doc[number.end : number.end + 4].text.lower()
    if told is not None and number.value is not None and number.value < 12:
        return Found("other", told.i, "magnitude")
    measured = any(token.lower_ in ("measured", "measuring", "registered") for token in before) and number.head is None
    if measured and number.value is not None and number.value < 10 and number.value % 1:
        return Found("other", number.start - 1, "magnitude")
    return Found("other", number.end, "magnitude") if "richter" in after else None


def _noun(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """The counted noun tells it, or an adjective before the noun: "200 deaths", "1,200 injured children"."""
    if number.head is None:
        return None
    noun = doc[number.head]
    for word in (noun.lower_, noun.lemma_.lower()):
        if word in _index("noun"):
            return Found(_index("noun")[word], noun.i, "noun")
    wrecked = measure_table().wrecked.words
    for token in doc[number.end : number.head]:
        if kind == "people" and token.lower_ in _index("state"):
            return Found(_index("state")[token.lower_], token.i, "state before noun")
        if kind == "buildings" and token.lower_ in wrecked:
            return Found("damage", token.i, "state before noun")
    return None


def _population(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """ "A city of 3 million people", "home to 12 million people", "the 4 million inhabitants of the island"."""
    before = [token.lower_ for token in doc[max(0, number.start - 2) : number.start]]
    if kind not in ("people", "bare") or len(before) < 2:
        return None
    if before[1] == "of" and before[0] in measure_table().settlement.words:
        return Found("population", number.start - 2, "settlement of")
    if before == ["home", "to"]:
        return Found("population", number.start - 2, "home to")
    told = number.head is not None and doc[number.head].lemma_.lower() in measure_table().inhabitants.words
    whole = before[1] in ("the", "its", "'s", "’s") and not number.change
    if told and whole and (before[1] != "the" or doc[last_token(number) + 1 : last_token(number) + 2].text == "of"):
        return Found("population", last_token(number), "all inhabitants")
    return None


def _state(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """A word of state after what is counted, with auxiliaries and adverbs between: "people have been displaced"."""
    if kind not in ("people", "bare"):
        return None
    for token in doc[last_token(number) + 1 : last_token(number) + 9]:
        if token.lower_ in _index("state") and not _has_object(token):
            return Found(_index("state")[token.lower_], token.i, "state")
        if not _may_stand_between(token):
            return None
    return None


def _after(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """A phrase after what is counted, auxiliaries between: "300,000 without a roof", "people are in need"."""
    if kind not in ("people", "bare"):
        return None
    at = last_token(number) + 1
    while at < min(len(doc), last_token(number) + 5):
        rest = doc[at : at + 6].text.lower()
        for phrase, measure in _index("after").items():
            if rest.startswith(phrase):
                return Found(measure, at + len(phrase.split()) - 1, "phrase after")
        if doc[at].pos_ not in ("AUX", "ADV") and doc[at].lemma_.lower() not in ("be", "leave", "remain"):
            return None
        at += 1
    return None


def _has_object(token: Token) -> bool:
    """Whether a participle is really an active verb: "200 soldiers killed three farmers"."""
    objects = [child for child in token.children if child.dep_ == "dobj" and child.ent_type_ not in ("GPE", "LOC")]
    return token.pos_ == "VERB" and bool(objects)


def _may_stand_between(token: Token) -> bool:
    links = measure_table().links
    plain = token.pos_ in ("AUX", "ADV", "PART") or token.lower_ in links.words
    return plain or token.lemma_.lower() in links.lemmas


def _beside(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """A verb right before the number whose object it is, or right after it whose subject it is."""
    before = doc[number.start - 1] if number.start else None
    if before is not None and before.pos_ in ("ADP", "ADV", "PART") and number.start > 1:
        found = _framed(doc, doc[number.start - 2], "object", kind, number, particle=before.lower_)
        if found:
            return found
    if before is not None and before.pos_ in ("VERB", "AUX"):
        found = _framed(doc, before, "object", kind, number)
        if found:
            return found
    if before is not None and before.lower_ in ("to", "in") and number.start > 1:
        found = _framed(doc, doc[number.start - 2], before.lower_, kind, number)
        if found:
            return found
    for token in doc[last_token(number) + 1 : last_token(number) + 6]:
        role = "object" if token.tag_ == "VBN" and doc[token.i - 1].lemma_ in ("be", "get") else "subject"
        if token.pos_ in ("VERB", "AUX") and (found := _framed(doc, token, role, kind, number)):
            return found
        if not _may_stand_between(token):
            return None
    return None


def _framed(doc: Doc, verb: Token, role: str, kind: Counted, number: Number, particle: str = "") -> Found | None:
    """The frame of the verb that fits role, counted kind, negation and the words that must follow."""
    negated = any(child.dep_ == "neg" for child in verb.children)
    for frame in _verbs().get(f"{verb.lemma_.lower()} {particle}".strip(), ()):
        if frame.role != role or kind not in frame.counted or frame.negated != negated:
            continue
        following = doc[verb.i + 1 : max(verb.i, last_token(number)) + 9]
        also = next((token.i for token in following if token.lower_ in frame.needs), None)
        if not frame.needs or also is not None:
            return Found(frame.measure, verb.i, f"{role} of {verb.lemma_}", also)
    return None


def _of(doc: Doc, number: Number, kind: Counted) -> Found | None:
    if number.start < 2 or doc[number.start - 1].lower_ != "of" or kind not in ("people", "bare"):
        return None
    noun = doc[number.start - 2]
    measure = _index("of").get(noun.lower_) or _index("of").get(noun.lemma_.lower())
    saved = measure == "deaths" and noun.head.lemma_.lower() in measure_table().helping.lemmas
    return Found(measure, noun.i, f"{noun.lower_} of") if measure and not saved else None


def _total(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """ "The death toll has jumped to 793": a total to the left, told by the word right before the number."""
    if kind not in ("people", "bare") or number.start == 0:
        return None
    if doc[number.start - 1].lower_ not in measure_table().telling.before:
        return None
    sentence = doc[number.start].sent
    for at in range(number.start - 1, sentence.start - 1, -1):
        token = doc[at]
        if token.lower_ in _index("total") and token.pos_ in ("NOUN", "ADJ", "PROPN", "VERB"):
            return Found(_index("total")[token.lower_], at, f"total {token.lower_}")
        if token.text in (";", ":") or (token.text == "," and number.start - at > 12):
            return None
    return None


def _parsed(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """Subject, object or passive subject by the parse, or a participle after the noun."""
    token = doc[number.head] if number.head is not None else doc[number.start : number.end].root
    for child in token.children:
        if child.dep_ in ("acl", "relcl") and child.lower_ in _index("state") and kind in ("people", "bare"):
            return Found(_index("state")[child.lower_], child.i, "participle")
    verb, seen = token.head, 0
    role = {"nsubj": "subject", "nsubjpass": "object", "dobj": "object"}.get(token.dep_)
    while role and seen < 3 and verb.pos_ in ("VERB", "AUX"):
        if found := _framed(doc, verb, role, kind, number):
            return found
        chained = (child for child in verb.children if child.dep_ in ("xcomp", "conj") and child.pos_ == "VERB")
        below = next(chained, None)
        if below is None:
            return None
        verb, seen = below, seen + 1
    if token.dep_ == "pobj" and token.head.lower_ in ("to", "in", "across"):
        return _framed(doc, token.head.head, "to" if token.head.lower_ == "to" else "in", kind, number)
    return None
