"""Who a phrase means when it acts: the state behind its president, ministry or army; an organisation; a group.

"The state is the donor, its ministries, agencies and armed forces are implementers": that rule is kept
here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.nlp import Paragraph
from kg.extract.scene import Form, Ref, Scene
from kg.extract.subjects import relative_noun
from kg.extract.tokens import Token
from kg.records import Entity

# People who are not those whom the "of" behind them names: "the friends of Malta".
_OTHERS = frozenset(
    {
        "friend",
        "victim",
        "survivor",
        "neighbour",
        "neighbor",
        "ally",
        "enemy",
        "partner",
        "rest",
        "donor",
        "supporter",
        "most",
        "part",
    }
)
# People who have left the place behind "from": "for refugees from Syria" helps them elsewhere.
_DISPLACED = frozenset({"refugee", "evacuee", "migrant", "exile", "returnee", "people", "family"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Entity keys: those who are party to a giving, and those who carry it out for them."""

    principals: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()

    def __or__(self, other: Parties) -> Parties:
        return Parties(_union(self.principals, other.principals), _union(self.implementers, other.implementers))


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def parties(scene: Scene, paragraph: Paragraph, heads: Iterable[Token]) -> Parties:
    """The parties that these phrases name, each phrase given by its head."""
    found = Parties()
    for head in heads:
        found |= _party(scene, paragraph, head)
    return found


def _party(scene: Scene, paragraph: Paragraph, head: Token) -> Parties:
    if group := scene.groups.get((paragraph.index, head.i)):
        return Parties(group)
    ref = scene.at(paragraph, head.i)
    if ref is not None:
        found = Parties()
        for one in (ref, *_series(scene, paragraph, ref)):
            found |= _of_ref(scene, one)
        return found
    naming = [_owner(token) for token in _naming(head)]
    if named := [token for token in naming if token.dep_ == "appos" and _form(scene, paragraph, token) == "name"]:
        naming = named  # "its partner, Oxfam" is Oxfam alone
    found = Parties()
    if any(_form(scene, paragraph, token) == "demonym" for token in naming):
        # "his Chinese counterpart" acts for China, not for him
        naming = [token for token in naming if _form(scene, paragraph, token) != "pronoun"]
    for token in naming:
        inner = scene.at(paragraph, token.i)
        if inner is not None and scene.entities[inner.entity].type in ("country", "organization", "place", "person"):
            found |= _of_ref(scene, inner)
    return found | _in_brackets(scene, paragraph, head)


def _owner(token: Token) -> Token:
    """The noun that "whose" stands for; any other word itself."""
    return (relative_noun(token) or token) if token.lower_ == "whose" else token


def _form(scene: Scene, paragraph: Paragraph, token: Token) -> Form | None:
    ref = scene.at(paragraph, token.i)
    return None if ref is None else ref.form


def _series(scene: Scene, paragraph: Paragraph, ref: Ref) -> list[Ref]:
    """The names listed behind one: "Chad, Mali and the Gambia, as well as UNICEF". A mere comma is no list."""
    doc, joined = paragraph.doc, False
    found: list[Ref] = []
    here = ref.end
    while here < len(doc) and doc[here].lower_ in _JOINTS:
        start = here
        while here < len(doc) and doc[here].lower_ in _JOINTS:
            here += 1
        following = scene.at(paragraph, here) if here < len(doc) else None
        if following is None or scene.entities[following.entity].type not in ("country", "organization"):
            break
        joined = joined or any(doc[i].lower_ == "and" or doc[i].lower_ == "well" for i in range(start, here))
        found.append(following)
        here = following.end
    return found if joined else []


_JOINTS = frozenset({",", "and", "the", "as", "well"})


def _naming(head: Token) -> list[Token]:
    """Words inside the phrase that say whose it is: possessors, demonyms, "of" and "from" phrases."""
    whose = () if head.lemma_.lower() in _OTHERS else ("poss",)
    own = [c for c in head.children if c.dep_ in (*whose, "amod", "compound", "nmod", "nummod", "appos")]
    own += [g for c in own for g in c.children if g.dep_ in ("conj", "amod", "compound", "nmod")]
    behind = [
        p
        for c in head.children
        if c.dep_ == "prep" and _names_whose(c.lower_, head.lemma_.lower())
        for p in c.children
        if p.dep_ == "pobj"
    ]
    joined = [g for p in behind for g in p.children if g.dep_ in ("conj", "poss", "amod", "compound")]
    deeper = [g for p in [*behind, *joined] for c in p.children if c.lower_ == "of" for g in c.children]
    return [*own, *behind, *joined, *deeper]


def _names_whose(preposition: str, lemma: str) -> bool:
    """Whether "of" or "from" behind this noun tells whose it is: not behind "friends" or "refugees"."""
    if preposition == "from":
        return lemma not in _DISPLACED
    return preposition == "of" and lemma not in _OTHERS


def _in_brackets(scene: Scene, paragraph: Paragraph, head: Token) -> Parties:
    """ "Several navies (Russian, British, German)": the list right behind the phrase names them."""
    doc, here = paragraph.doc, head.i + 1
    if here >= len(doc) or doc[here].text != "(":
        return Parties()
    found = Parties()
    while here < len(doc) and doc[here].text != ")":
        ref = scene.at(paragraph, here)
        if ref is not None and ref.start == here:
            found |= _of_ref(scene, ref)
        here += 1
    return found


def _of_ref(scene: Scene, ref: Ref) -> Parties:
    entity = scene.entities[ref.entity]
    if entity.type in ("country", "unnamed"):
        return Parties((entity.key,))
    if entity.type == "organization":
        if ref.form == "seat" and entity.part_of:
            return Parties((entity.part_of,))
        if entity.subtype == "GovernmentOrganization":
            return Parties((entity.part_of,) if entity.part_of else (), (entity.key,))
        return Parties((entity.key,))
    if entity.type == "person":
        of = scene.affiliations.get(entity.key)
        if of is None:
            return Parties((entity.key,))
        inner = scene.entities.get(of)
        if inner is not None and inner.type == "organization":
            return _of_ref(scene, Ref(ref.paragraph, ref.start, ref.end, of, "name"))
        return Parties((scene.country_of(of) or of,))
    if entity.type == "place":
        return _of_place(ref, entity)
    return Parties()


def _of_place(ref: Ref, entity: Entity) -> Parties:
    """A town stands for its country; a region of several countries for itself, but "European" for nobody; a
    place that is not listed has no country and is no party."""
    if entity.part_of:
        return Parties((entity.part_of,))
    return Parties((entity.key,)) if entity.listed and ref.form != "demonym" else Parties()


def places(scene: Scene, paragraph: Paragraph, heads: Iterable[Token]) -> tuple[str, ...]:
    """The named places below a country among these phrases, for the location of an event."""
    found: dict[str, None] = {}
    for head in heads:
        for token in (head, *_naming(head), *(c for c in head.children if c.dep_ in ("compound", "appos"))):
            ref = scene.at(paragraph, token.i)
            if ref is not None and scene.entities[ref.entity].type == "place" and ref.form == "name":
                found[ref.entity] = None
    return tuple(found)
