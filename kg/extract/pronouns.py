"""Pronouns and descriptions: whom "it", "they", "the country" and "its southern neighbour" stand for.

Small explicit rules rather than a coreference model: the pipeline must give a reason for each
reference, and the models that are packaged need far more memory and time than the parse itself.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.descriptions import Fits, description, may_describe
from kg.extract.nlp import Paragraph
from kg.extract.scene import Form, Ref, Scene
from kg.extract.speech_words import speech_table
from kg.extract.tokens import Token

# The countries that lie to the given side of one ("southern neighbour"), as keys; all of them for None.
Neighbours = Callable[[str, str | None], tuple[str, ...]]

_COMPASS = {"northern": "north", "southern": "south", "eastern": "east", "western": "west"}
_IT = frozenset({"it", "its", "itself"})
_HE = frozenset({"he", "him", "his", "she", "her", "himself", "herself"})
_CARRYING = frozenset(
    {"carry", "bring", "land", "arrive", "dock", "contain", "hold", "reach", "transport", "sail", "touch"}
)
_CARRIERS = frozenset(
    {"plane", "aircraft", "flight", "ship", "vessel", "convoy", "train", "helicopter", "jet", "lorry", "truck"}
)
_WE = frozenset({"we", "us", "our"})
_THEY = frozenset({"they", "their", "them"})


def resolve_pronouns(scene: Scene, neighbours: Neighbours) -> tuple[Ref, ...]:
    """All references of the scene, with those that pronouns and descriptions make, in text order."""
    resolver = _Resolver(scene, neighbours)
    for paragraph in scene.parsed.paragraphs:
        resolver.read(paragraph)
    return tuple(sorted(resolver.refs, key=lambda ref: (ref.paragraph, ref.start)))


class _Resolver:
    """Goes through the text once; knows the references of this paragraph and of the one that the reader comes from."""

    def __init__(self, scene: Scene, neighbours: Neighbours) -> None:
        self.refs: list[Ref] = []
        self._scene = scene
        self._neighbours = neighbours
        self._before: list[Ref] = []  # of the paragraph before; captions are read beside the text
        self._here: list[Ref] = []
        self._named: dict[str, int] = {}  # where each entity was named last, as a count of references

    def read(self, paragraph: Paragraph) -> None:
        """Resolve one paragraph; paragraphs come in text order."""
        known = list(self._scene.refs_in(paragraph))
        covered = {i for ref in known for i in range(ref.start, ref.end)}
        self._here = []
        for token in paragraph.doc:
            while known and known[0].start <= token.i:
                self._add(known.pop(0))
            if token.i not in covered:
                found = self._stands_for(paragraph, token)
                if found is not None:
                    self._add(Ref(paragraph.index, token.i, token.i + 1, *found))
        for ref in known:
            self._add(ref)
        if paragraph.kind != "caption":
            self._before = self._here

    def _add(self, ref: Ref) -> None:
        self.refs.append(ref)
        self._here.append(ref)
        self._named[ref.entity] = len(self.refs)

    def _stands_for(self, paragraph: Paragraph, token: Token) -> tuple[str, Form] | None:
        word, key = token.lower_, None
        if word in _IT and (thing := self._carrier(paragraph, token)) is not None:
            key = self._owner(paragraph, thing)
        elif word in _IT and not _is_dummy(token):
            key = self._giver_before(paragraph, token) or self._last(
                paragraph, token, _of_type("country", "organization")
            )
        elif word in _HE:
            key = self._last(paragraph, token, _of_type("person"))
        elif word in _WE:
            key = self._speaker(paragraph, token)
        elif word in _THEY and (nation := self._nation(paragraph, token)) is not None:
            key = nation
        elif word in _THEY and token.dep_ in ("nsubj", "poss") and not self._are_people(paragraph, token):
            key = self._last(paragraph, token, _of_type("unnamed", "organization"))
        if key is not None:
            return key, "pronoun"
        if word == "there" and _is_place_there(token):
            key = self._last(paragraph, token, _of_type("country", "place"), subjects_first=False)
        elif token.tag_ in ("NN", "NNP") and token.lower_ in ("neighbor", "neighbour"):
            key = self._neighbour(token)
        elif (fits := description(token)) is not None:
            key = self._last(paragraph, token, fits, subjects_first=False)
        return None if key is None else (key, "description")

    def _nation(self, paragraph: Paragraph, token: Token) -> str | None:
        """ "The Danes were quick. Their envoy gave", "Oman says they have sent": the state that a plural stands for."""
        speech = next((word for word in token.ancestors if word.lemma_ in speech_table().verbs.lemmas), None)
        subject = next((c for c in speech.children if c.dep_ == "nsubj"), None) if speech is not None else None
        if subject is None and token.left_edge.i <= token.sent.start and token.sent.start > 0:
            root = paragraph.doc[token.sent.start - 1].sent.root
            subject = next((c for c in root.children if c.dep_ == "nsubj" and c.tag_ in ("NNS", "NNPS")), None)
        ref = None if subject is None or subject == token else self._scene.at(paragraph, subject.i)
        return ref.entity if ref is not None and ref.entity.startswith("country/") else None

    def _are_people(self, paragraph: Paragraph, token: Token) -> bool:
        """ "villagers left their homes": the subject of the clause is nobody that could be looked up."""
        verb = next((word for word in token.ancestors if word.pos_ in ("VERB", "AUX")), token)
        while (
            verb.head != verb and not any(c.dep_ == "nsubj" for c in verb.children) and verb.dep_ in ("xcomp", "conj")
        ):
            verb = verb.head
        subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < token.i]
        return any(c.tag_ == "NNS" and self._scene.at(paragraph, c.i) is None for c in subjects)

    def _giver_before(self, paragraph: Paragraph, token: Token) -> str | None:
        """ "Dutch aid reached Aceh. It included tents": whose thing the subject of the sentence before was."""
        if token.sent.start == 0 or token.dep_ not in ("nsubj", "nsubjpass") or token.left_edge.i != token.sent.start:
            return None
        root = paragraph.doc[token.sent.start - 1].sent.root
        subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or self._scene.at(paragraph, subject.i) is not None or subject.tag_ not in ("NN", "NNP"):
            return None
        whose = [self._scene.at(paragraph, c.i) for c in subject.children if c.dep_ in ("amod", "compound", "poss")]
        keys = {ref.entity for ref in whose if ref is not None and ref.entity.startswith("country/")}
        return keys.pop() if len(keys) == 1 else None

    def _carrier(self, paragraph: Paragraph, token: Token) -> Token | None:
        """ "A plane of Oxfam left on Monday. It carried tents": the plane, if the verb is what such a thing does."""
        if token.sent.start == 0 or token.dep_ != "nsubj" or token.head.lemma_ not in _CARRYING:
            return None
        before = paragraph.doc[token.sent.start - 1].sent
        return next((word for word in before if word.lemma_.lower() in _CARRIERS and word.pos_ == "NOUN"), None)

    def _owner(self, paragraph: Paragraph, thing: Token) -> str | None:
        of = [p for c in thing.children if c.lower_ in ("of", "from") for p in c.children if p.dep_ == "pobj"]
        whose = [c for c in thing.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
        refs = [self._scene.at(paragraph, word.i) for word in (*whose, *of)]
        return next((ref.entity for ref in refs if ref is not None), None)

    def _speaker(self, paragraph: Paragraph, token: Token) -> str | None:
        """ "“We sent tents,” said a spokesman for Oxfam": the body or person that speaks in the sentence."""
        verbs = speech_table().verbs.lemmas
        told = (
            w for w in token.ancestors if w.head != w and w.head.lemma_ in verbs and w.dep_ in ("ccomp", "parataxis")
        )
        speech = next((word.head for word in told), None)
        subject = next((c for c in speech.children if c.dep_ == "nsubj"), None) if speech is not None else None
        if subject is None:
            return None
        keys = self._named_in(paragraph, subject)
        bodies = [key for key in keys if self._scene.entities[key].type in ("organization", "country")]
        return next(iter([*bodies, *keys]), None)

    def _named_in(self, paragraph: Paragraph, head: Token) -> list[str]:
        """The entities that a phrase names or describes, in order."""
        found: dict[str, None] = {}
        for token in paragraph.doc[head.left_edge.i : head.right_edge.i + 1]:
            ref = self._scene.at(paragraph, token.i)
            meant = (ref.entity, ref.form) if ref is not None else self._stands_for(paragraph, token)
            found |= {meant[0]: None} if meant is not None else {}
        return list(found)

    def _neighbour(self, token: Token) -> str | None:
        """ "its southern neighbour": the country beside the owner; of several, the one the article named last."""
        owned = {c.i for c in token.children if c.dep_ == "poss"}
        owner = next((ref for ref in self._here if any(ref.start <= i < ref.end for i in owned)), None)
        if owner is None or not owner.entity.startswith("country/"):
            return None
        side = next((_COMPASS[c.lower_] for c in token.children if c.lower_ in _COMPASS), None)
        around = [key for key in self._neighbours(owner.entity, side) if key in self._scene.entities]
        if len(around) == 1:
            return around[0]
        return max((key for key in around if key in self._named), key=self._named.__getitem__, default=None)

    def _last(self, paragraph: Paragraph, token: Token, fits: Fits, *, subjects_first: bool = True) -> str | None:
        """The last entity before the token that fits: subjects of the sentence, then of the one before."""
        before = [
            ref
            for ref in (*self._before, *self._here)
            if fits(self._scene.entities[ref.entity])
            and ref.form != "demonym"
            and not self._acts_on(paragraph, token, ref)
        ]
        if subjects_first:
            subjects = [ref for ref in before if self._is_subject(ref)]
            for same_sentence in (True, False):
                near = [ref for ref in subjects if _near(paragraph, token, ref, same_sentence)]
                if near:
                    return near[-1].entity
        return before[-1].entity if before else None

    def _acts_on(self, paragraph: Paragraph, token: Token, ref: Ref) -> bool:
        """ "Peru gave tents to the country": the subject of a clause and another phrase of it are not the same."""
        if ref.paragraph != paragraph.index or token.dep_ == "poss" or not self._is_subject(ref):
            return False
        verb = next((word for word in token.ancestors if word.pos_ in ("VERB", "AUX")), None)
        return paragraph.doc[ref.start : ref.end].root.head == verb

    def _is_subject(self, ref: Ref) -> bool:
        doc = self._scene.parsed.paragraphs[ref.paragraph].doc
        return doc[ref.start : ref.end].root.dep_ in ("nsubj", "nsubjpass", "csubj")


def _is_dummy(token: Token) -> bool:
    """ "it is time to", "it seems that", "it was the first help": nobody who could give or be helped."""
    if token.dep_ == "expl":
        return True
    thing = (child for child in token.head.children if child.dep_ == "attr" and child.pos_ == "NOUN")
    if token.head.lemma_ == "be" and token.dep_ == "nsubj" and not all(may_describe(child) for child in thing):
        return True
    clausal = (child.dep_ in ("ccomp", "advcl", "xcomp", "acomp") for child in token.head.children)
    return token.lower_ == "it" and token.head.lemma_ == "be" and token.dep_ == "nsubj" and any(clausal)


def _of_type(*types: str) -> Fits:
    return lambda entity: entity.type in types


def _is_place_there(token: Token) -> bool:
    """ "from there", "the refugees there", "were sent there", but not "there is"."""
    return token.dep_ != "expl" and (token.head.lower_ == "from" or token.dep_ == "advmod")


def _near(paragraph: Paragraph, token: Token, ref: Ref, same_sentence: bool) -> bool:
    if ref.paragraph != paragraph.index:
        return not same_sentence and token.sent.start == 0
    return (ref.start >= token.sent.start) == same_sentence
