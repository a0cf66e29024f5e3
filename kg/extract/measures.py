"""Which measure a number tells, by the words beside it and by the parse; the words are in ``data/measures.toml``.

Words right beside a number are asked before the parse: "killed 200 and injured 1,300" reads the same whether or
not the small model hangs the verbs together rightly, and a subject far from its verb is what the parse is good at.
"""

from __future__ import annotations

from functools import cache

from kg.extract.found import Found, counted_kind, end_of_counted, last_token, measure_index
from kg.extract.measure_states import may_stand_between, phrase_after, state_after
from kg.extract.measure_totals import total
from kg.extract.measure_words import Counted, VerbFrame, measure_table
from kg.extract.numbers import Number
from kg.extract.tokens import Doc, Token


@cache
def _verbs() -> dict[str, tuple[VerbFrame, ...]]:
    frames: dict[str, list[VerbFrame]] = {}
    for frame in measure_table().verb:
        for lemma in frame.lemmas:
            frames.setdefault(lemma, []).append(frame)
    return {lemma: tuple(rows) for lemma, rows in frames.items()}


def find_measure(doc: Doc, number: Number) -> Found | None:
    """The measure that the words around a number tell, or ``None``."""
    if number.currency:
        return _money(doc, number)
    if number.unit == "percent":
        return None
    kind = counted_kind(doc, number)
    for rule in (_magnitude, _noun, _population, state_after, phrase_after, _beside, _of, total, _parsed):
        found = rule(doc, number, kind)
        if found is not None:
            return found
    return None


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
        if word in measure_index("noun"):
            return Found(measure_index("noun")[word], noun.i, "noun")
    wrecked = measure_table().wrecked.words
    for token in doc[number.end : number.head]:
        if kind == "people" and token.lower_ in measure_index("state"):
            return Found(measure_index("state")[token.lower_], token.i, "state before noun")
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
    if before is not None and before.lower_ in ("to", "into", "in", "from") and number.start > 1:
        role = "to" if before.lower_ in ("to", "into") else "in"
        found = _framed(doc, doc[number.start - 2], role, kind, number)
        if found:
            return found
    end = end_of_counted(doc, number)
    for token in doc[end : end + 5]:
        role = "object" if token.tag_ == "VBN" and doc[token.i - 1].lemma_ in ("be", "get") else "subject"
        if token.pos_ in ("VERB", "AUX") and (found := _framed(doc, token, role, kind, number)):
            return found
        if not may_stand_between(token):
            return None
    return None


def _framed(doc: Doc, verb: Token, role: str, kind: Counted, number: Number, particle: str = "") -> Found | None:
    """The frame of the verb that fits role, counted kind, negation and the words that must follow."""
    negated = any(child.dep_ == "neg" for child in verb.children)
    for frame in _verbs().get(f"{verb.lemma_.lower()} {particle}".strip(), ()):
        if frame.role != role or kind not in frame.counted or frame.negated != negated:
            continue
        if frame.hazard and not _is_by_hazard(verb):
            continue
        following = doc[verb.i + 1 : max(verb.i, last_token(number)) + 9]
        also = next((token.i for token in following if token.lower_ in frame.needs), None)
        if not frame.needs or also is not None:
            return Found(frame.measure, verb.i, f"{role} of {verb.lemma_}", also)
    return None


def _is_by_hazard(verb: Token) -> bool:
    """Whether a drought, a fire, an epidemic is what spreads; not an agency that "extends its work to" districts."""
    agent = verb
    while not _subjects(agent) and agent.head != agent and agent.head.pos_ in ("VERB", "AUX", "NOUN"):
        agent = agent.head
    agents = [verb.head] if verb.dep_ in ("acl", "relcl") else _subjects(agent)
    return any(_is_hazard(noun) for noun in agents)


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]


def _is_hazard(noun: Token) -> bool:
    words = [noun, *(child for child in noun.children if child.dep_ in ("compound", "conj"))]
    return any(word.lemma_.lower() in measure_table().hazards.lemmas for word in words)


def _of(doc: Doc, number: Number, kind: Counted) -> Found | None:
    if number.start < 2 or doc[number.start - 1].lower_ != "of" or kind not in ("people", "bare"):
        return None
    noun = doc[number.start - 2]
    measure = measure_index("of").get(noun.lower_) or measure_index("of").get(noun.lemma_.lower())
    saved = measure == "deaths" and noun.head.lemma_.lower() in measure_table().helping.lemmas
    return Found(measure, noun.i, f"{noun.lower_} of") if measure and not saved else None


def _parsed(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """Subject, object or passive subject by the parse, or a participle after the noun."""
    token = doc[number.head] if number.head is not None else doc[number.start : number.end].root
    for child in token.children:
        if child.dep_ in ("acl", "relcl") and child.lower_ in measure_index("state") and kind in ("people", "bare"):
            return Found(measure_index("state")[child.lower_], child.i, "participle")
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN") and token.head.i < token.i:
        token = token.head  # "has lost 46,000 hectares of forest and 28 lives"
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
    if token.dep_ == "pobj" and token.head.lower_ in ("to", "into", "in", "across", "from"):
        return _framed(doc, token.head.head, "to" if token.head.lower_ in ("to", "into") else "in", kind, number)
    return None
