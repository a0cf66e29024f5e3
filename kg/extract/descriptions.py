"""Which parties a definite description may stand for: "the Gulf state", "the agency", "the bloc", "the Emir".

A description narrows the choice by what is generally known of a party (Qatar lies on the Gulf), by its name
("the bank" is called a bank) or by what it is not ("the charity" is no union of states). Which of those that
fit is meant is told by the text, and decided in :mod:`kg.extract.pronouns`. The words are data
(``data/descriptions.toml``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec

from kg.extract.tables import load_table
from kg.extract.tokens import Token
from kg.records import Entity

# Whether an entity may be what a description stands for.
Fits = Callable[[Entity], bool]

_DEFINITE = frozenset({"the", "this", "that"})
_NUMBER = frozenset({"NN", "NNP"})


class _Table(msgspec.Struct, frozen=True):
    nouns: dict[str, frozenset[str]]
    organizations: dict[str, frozenset[str]]
    parts: dict[str, tuple[str, ...]]
    never: dict[str, frozenset[str]]
    countries: dict[str, frozenset[str]]
    rulers: dict[str, frozenset[str]]
    plain: dict[str, frozenset[str]]


@cache
def _table() -> _Table:
    return load_table("descriptions", _Table)


def is_group_noun(token: Token) -> bool:
    """Whether a noun means parties of an aid event, told by their kind: "countries", "agencies"."""
    return token.lemma_.lower() in _table().nouns["several"]


def may_describe(noun: Token) -> bool:
    """Whether a noun may be said of a party: "it is a poor country", but not "it was the first help"."""
    return noun.lower_ in _table().nouns["country"] or noun.lower_ in _table().nouns["organization"]


def narrows(token: Token) -> bool:
    """Whether words only say which of the countries named is meant: "the Gulf state", or the "Gulf" of it."""
    noun = token if token.lower_ in _table().nouns["country"] else token.head
    words = [c.lower_ for c in noun.children if c.i < noun.i and c.dep_ in ("amod", "compound", "nmod")]
    narrowing = any(word in _table().countries for word in words) and token in (noun, *noun.children)
    return narrowing and description(noun) is not None


def description(token: Token) -> Fits | None:
    """What the noun says of the party that it stands for; None if it stands for none named before."""
    if token.tag_ not in _NUMBER or not _is_definite(token):
        return None
    word, table = token.lower_, _table()
    if word in table.rulers:
        return _one_of(table.rulers[word]) if token.dep_ in ("nsubj", "poss", "pobj") else None
    if word in table.nouns["country"]:
        return _country(token)
    return _organization(token) if word in table.nouns["organization"] else None


def _is_definite(token: Token) -> bool:
    """ "the country", "this nation", "the Gulf state", but not "the United States" or "the government of Peru"."""
    left = [child for child in token.children if child.i < token.i and child.dep_ != "punct"]
    if not any(child.lower_ in _DEFINITE for child in left) or _names_somebody(token):
        return False
    return all(child.lower_ in _DEFINITE or _is_plain(child) for child in left)


def _names_somebody(token: Token) -> bool:
    """Whether words behind the noun say who is meant: "the king of Jordan", "the bank ADB"."""
    behind = [child for child in token.children if child.i > token.i]
    return any(child.lower_ == "of" or (child.dep_ == "appos" and child.pos_ == "PROPN") for child in behind) or (
        token.dep_ == "compound" and token.head.pos_ == "PROPN"
    )


def _is_plain(child: Token) -> bool:
    if child.dep_ not in ("det", "amod", "case", "compound", "nmod", "advmod"):
        return False
    known = child.lower_ in _table().countries or child.lower_ in _table().plain["words"]
    return known or not child.text[0].isupper() or child.text == "UN"


def _country(token: Token) -> Fits:
    """Modifiers and noun both narrow the choice: "the Caribbean island"."""
    words = [token.lower_, *(child.lower_ for child in token.children if child.i < token.i)]
    classes = [_table().countries[word] for word in words if word in _table().countries]

    def fits(entity: Entity) -> bool:
        return entity.type == "country" and all(entity.key in members for members in classes)

    return fits


def _organization(token: Token) -> Fits:
    word, table = token.lower_, _table()
    members, parts = table.organizations.get(word), table.parts.get(word, ())
    never = table.never.get(word, frozenset())

    def fits(entity: Entity) -> bool:
        if entity.type != "organization" or entity.subtype == "NewsMediaOrganization" or entity.key in never:
            return False
        if members is not None:
            return entity.key in members
        return not parts or any(part in entity.name for part in parts)

    return fits


def _one_of(keys: frozenset[str]) -> Fits:
    return lambda entity: entity.key in keys
