"""Who acts in a clause and what is acted on, as heads of phrases, by the dependency parse.

Passive, by-phrases, shared subjects, companions ("Chad, along with Mali,"), participles ("by sending"),
infinitives under control ("ordered the army to assist") and causatives ("had tents flown in") are brought
to the same two roles. The parse alone gives none of these: it names relations of words, not roles.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.tokens import Token

_CLAUSAL = frozenset({"advcl", "ccomp", "relcl", "csubj", "parataxis", "csubjpass"})
_OBJECT_CONTROL = frozenset({
    "order", "ask", "urge", "request", "tell", "instruct", "allow", "enable", "authorise", "authorize",
    "send", "deploy", "command", "direct", "dispatch", "invite", "get", "use",
})  # fmt: skip
_CAUSATIVE = frozenset({"have", "get", "order", "let", "want", "see"})  # "had tents flown in"
_RELATIVE = frozenset({"which", "that", "who", "whom"})
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")
# Words that make a further subject of the party behind them: "Chad, along with Mali, sent".
_COMPANY = (("along", "with"), ("together", "with"), ("as", "well", "as"), ("joined", "by"), ("followed", "by"),
            ("alongside",), ("but", "also"), ("accompanied", "by"), ("and",))  # fmt: skip
# Those who belong to a set that names them: "among the countries that sent tents was Peru".
_SET = frozenset({"country", "nation", "state", "those", "one", "first", "donor", "government", "group", "only"})
_SAYING = frozenset({"add"})  # verbs of giving whose clauses are speech: "added that trucks had left"
_DEPTH = 6


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: "were sent", "aid sent by Chad"."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD") and not _own_subject(verb):
        return not _governs(verb)  # but "the report that Chad had sent aid" has a subject
    head = verb.head
    if verb.dep_ == "ccomp" and verb.tag_ == "VBN" and head.lemma_ in _CAUSATIVE:
        return not any(child.dep_ == "aux" for child in verb.children)
    return (
        verb.dep_ == "conj"
        and verb.tag_ == "VBN"
        and head.tag_ == "VBN"
        and is_passive(head)
        and not _own_subject(verb)
    )


def _governs(verb: Token) -> bool:
    """Whether what the model takes for a participle has an object behind it: "the tons left Riga" on Monday."""
    return verb.tag_ == "VBD" and any(child.dep_ == "dobj" for child in verb.children)


def _own_subject(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")]


def agents(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """The heads of the phrases that name who acts; through shared subjects, control and participles."""
    if depth > _DEPTH:
        return ()
    if is_passive(verb):
        return _behind_by(verb) or _causer(verb, depth)
    subjects = [child for child in _own_subject(verb) if child.dep_ in ("nsubj", "csubj")]
    if subjects:
        found = _last_stretch(verb, [t for subject in subjects for t in coordinated(_antecedent(verb, subject))])
        return tuple(dict.fromkeys([*found, *(t for subject in subjects for t in _company(subject, verb))]))
    return _inherited(verb, depth)


def _last_stretch(verb: Token, heads: list[Token]) -> list[Token]:
    """Those behind the last semicolon: "Oman gave tents; Mali, rice; and Chad sent salt" has Chad alone send."""
    cut = max((t.i for t in verb.doc[heads[0].i : max(verb.i, heads[0].i)] if t.text == ";"), default=-1)
    return [head for head in heads if head.i > cut] or heads


def _behind_by(verb: Token) -> tuple[Token, ...]:
    """The agents of a passive; "given two ambulances by Chad" hangs the agent on the goods."""
    kept = [child for child in verb.children if child.dep_ == "dobj"]
    by = [c for head in (verb, *kept) for c in head.children if c.lower_ == "by" and c.dep_ in ("agent", "prep")]
    return tuple(t for c in by for t in objects_of(c))


def _causer(verb: Token, depth: int) -> tuple[Token, ...]:
    """ "Iceland had milk flown in": who had it done."""
    noun = verb.head
    causing = noun if verb.dep_ == "ccomp" else noun.head if verb.dep_ == "acl" and noun.dep_ == "dobj" else None
    return agents(causing, depth + 1) if causing is not None and causing.lemma_ in _CAUSATIVE else ()


def objects_of(preposition: Token) -> list[Token]:
    """The heads behind a preposition and behind those joined to it: "by Oman and by Chad"."""
    found = [t for child in preposition.children if child.dep_ == "pobj" for t in coordinated(child)]
    joined = (child for child in preposition.children if child.dep_ == "conj" and child.lower_ == preposition.lower_)
    return [*found, *(t for child in joined for t in objects_of(child))]


def _company(subject: Token, verb: Token) -> Iterator[Token]:
    """The parties that stand between a subject and its verb behind "along with" and the like."""
    doc = verb.doc
    for i in range(subject.i + 1, verb.i):
        words = next((words for words in _COMPANY if tuple(t.lower_ for t in doc[i : i + len(words)]) == words), ())
        if not words or (words == ("and",) and doc[i].head == subject):
            continue
        behind = i + len(words)
        while behind < verb.i and doc[behind].pos_ == "DET":
            behind += 1
        if behind < verb.i and doc[behind].pos_ == "PROPN":
            yield from coordinated(doc[behind] if doc[behind].dep_ != "compound" else doc[behind].head)


def _antecedent(verb: Token, subject: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.lower_ in _RELATIVE:
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "aux") and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            return _member(clause.head)
        return _cleft(clause) or subject
    return subject


def _cleft(clause: Token) -> Token | None:
    """ "It was Peru that flew the hospitals": who is meant by "that"."""
    for verb in clause.ancestors:
        if verb.lemma_ == "be" and any(child.lower_ == "it" for child in verb.children):
            return next((child for child in verb.children if child.dep_ == "attr"), None)
    return None


def relative_noun(token: Token) -> Token | None:
    """The noun that the relative clause around a word is about: of "whose", "to which", "where"."""
    for word in (token, *token.ancestors):
        if word.dep_ == "relcl":
            return word.head
    return None


def _member(noun: Token) -> Token:
    """Who is said to be in the set: "Peru was among the countries that sent", "those who sent include Peru"."""
    if noun.lemma_.lower() not in _SET:
        return noun
    word = noun
    while word.dep_ in ("pobj", "prep", "attr") and word.head != word and word.pos_ not in ("VERB", "AUX"):
        word = word.head
    if word.lemma_ == "be" and word != noun:
        return next((child for child in word.children if child.dep_ == "nsubj"), noun)
    if noun.dep_ == "nsubj" and noun.head.lemma_ in ("include", "be"):
        return next((child for child in noun.head.children if child.dep_ in ("dobj", "attr")), noun)
    return noun


def _inherited(verb: Token, depth: int) -> tuple[Token, ...]:
    head = verb.head
    if verb.dep_ == "ROOT" or head == verb:
        return ()
    if verb.dep_ in ("conj", "dep") and head.pos_ in ("VERB", "AUX"):
        if own := _behind_semicolon(verb):
            return own
        return _passive_subject(head) if is_passive(head) and not is_passive(verb) else agents(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "acl") and head.pos_ in ("VERB", "AUX"):
        return _controller(verb, head, depth)
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return _of_noun(verb, head, depth)
    if verb.dep_ in ("pcomp", "xcomp", "acomp", "ccomp", "advcl"):
        return _of_phrase(head, depth)
    return ()


def _behind_semicolon(verb: Token) -> tuple[Token, ...]:
    """The name that opens the stretch of a verb behind a semicolon: "Oman gave tents; and Chad, late, sent salt"."""
    doc = verb.doc
    cut = next((i for i in range(verb.i - 1, verb.head.i, -1) if doc[i].text == ";"), None)
    if cut is None:
        return ()
    words = (doc[i] for i in range(cut + 1, verb.i) if doc[i].pos_ not in ("CCONJ", "DET", "PUNCT"))
    first = next(words, None)
    while first is not None and first.dep_ == "compound" and first.head.i < verb.i:
        first = first.head
    return (first,) if first is not None and first.pos_ == "PROPN" else ()


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


def patients(verb: Token) -> tuple[Token, ...]:
    """The heads of the phrases that name what is acted on."""
    if is_passive(verb):
        if verb.dep_ == "acl":
            return tuple(coordinated(verb.head))
        retained = [t for c in verb.children if c.dep_ in ("dobj", "oprd") for t in coordinated(c)]
        return (*_passive_subject(verb), *retained)
    objects = [t for c in verb.children if c.dep_ in ("dobj", "obj", "attr", "oprd") for t in coordinated(c)]
    if verb.dep_ in ("csubj", "ccomp") and verb.head.lemma_ == "be" and any(o.lower_ == "what" for o in objects):
        # "what Chad has given is 20 tents"
        objects += [t for c in verb.head.children if c.dep_ == "attr" for t in coordinated(c)]
    small = [
        s
        for c in verb.children
        if c.dep_ in ("ccomp", "xcomp") and verb.lemma_ not in _SAYING
        for s in c.children
        if s.dep_ == "nsubj" and s.i > verb.i
    ]
    relative = [t for o in objects if o.lower_ in _RELATIVE for t in _acted_on(verb)]
    missing = (
        [verb.head]
        if verb.dep_ == "relcl"
        and not objects
        and _own_subject(verb)
        and all(s.lower_ not in _RELATIVE for s in _own_subject(verb))
        else []
    )
    return tuple(dict.fromkeys([*objects, *(t for s in small for t in coordinated(s)), *relative, *missing]))


def _acted_on(verb: Token) -> list[Token]:
    """The noun that "which" stands for, and the one of which that is said to be: "planes of the reserve, which"."""
    noun = verb.head if verb.dep_ == "relcl" else relative_noun(verb) if verb.dep_ == "xcomp" else None
    if noun is None:
        return []
    of = noun.head
    return [noun, of.head] if noun.dep_ == "pobj" and of.lower_ == "of" and of.head.pos_ == "NOUN" else [noun]


def receivers(verb: Token) -> tuple[Token, ...]:
    """The indirect objects: "gave Chad tents", "Chad was given tents"."""
    found = tuple(t for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP" for t in coordinated(c))
    if is_passive(verb) and any(c.dep_ == "dobj" for c in verb.children):
        found += _passive_subject(verb)
    return found


def coordinated(token: Token) -> list[Token]:
    """A phrase's head and the heads joined to it: "medics, tents and water"."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in _NOMINAL:
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


def obliques(head: Token, tokens: tuple[Token, ...]) -> Iterator[tuple[str, Token]]:
    """The prepositions of a clause, each with a head behind it; "to which" and "where" stand for their noun."""
    for token in tokens:
        if token.lower_ == "where" and token.dep_ == "advmod" and (noun := relative_noun(token)) is not None:
            yield "in", noun
        if (
            token.dep_ in ("prep", "dative", "agent", "prt", "mark")
            and token.pos_ in ("ADP", "SCONJ", "ADV", "PART", "VERB")
            and token.i != head.i
        ):
            for one in objects_of(token):
                noun = relative_noun(token) if one.lower_ in _RELATIVE else None
                yield token.lower_, one if noun is None else noun
