"""A clause with what its words can be looked up in, and what comes out of it: the ground that the readers share.

The readers of the senses stand in three rooms, since no file of them would be readable:
:mod:`kg.extract.senses` for goods that change hands, :mod:`kg.extract.services` for help that is done, and
:mod:`kg.extract.sums` for requests, sums and what is said of givers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.frames import Clause
from kg.extract.item_lists import candidates, listed
from kg.extract.items import FoundItem, bare_number, counted_people, find_items
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.parties import Parties, parties
from kg.extract.scene import Scene
from kg.extract.tokens import Token
from kg.records import Phase

PLACES = ("in", "into", "at", "to", "on", "across", "over", "around", "near", "throughout", "inside", "outside", "off")
_OFFERS = frozenset({"offer", "pledge", "promise", "commitment"})


@dataclass(frozen=True, slots=True)
class Said:
    """What one clause says; parties may be missing, to be told by the discourse.

    ``phase`` is set where the goods themselves tell it: to accept an offer makes it no delivery.
    """

    donors: Parties
    recipients: Parties
    items: list[FoundItem]
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """A clause with what its words can be looked up in."""

    scene: Scene
    paragraph: Paragraph
    numbers: tuple[Number, ...]
    clause: Clause

    def parties(self, heads: Iterable[Token]) -> Parties:
        """Who these phrases mean."""
        return parties(self.scene, self.paragraph, heads)

    def listed(self, heads: Iterable[Token]) -> list[FoundItem]:
        """The items that these phrases head, and what else stands on the same list."""
        heads = list(candidates(heads))
        start = min((head.i for head in heads), default=None)
        more = [] if start is None else listed(start + 1, self.clause.trigger)
        return self._found([*heads, *more])

    def items(self, heads: Iterable[Token]) -> list[FoundItem]:
        """The items that these phrases head."""
        return self._found(candidates(heads))

    def goods(self) -> list[FoundItem]:
        """What the clause acts on, with all that stands on the list."""
        clause = self.clause
        brought = clause.after("in") if clause.frame.lemma.endswith(" in") else ()
        behind = clause.after("with", "including", "along", *clause.frame.goods)
        heads = [*clause.patients, *behind, *brought, *self._hedged()]
        return self.listed(heads) or self.listed(self._counted_behind())

    def _counted_behind(self) -> list[Token]:
        """What is counted right behind an active verb that the parse left without an object: "voted C$3,000"."""
        verb = self.clause.trigger
        if self.clause.patients or not self.clause.agents or verb.pos_ != "VERB":
            return []
        start = verb.i + len(self.clause.frame.lemma.split())
        number = next((number for number in self.numbers if number.start == start), None)
        if number is None:
            return []
        at = [i for i in (number.head, number.unit_at, number.core) if i is not None]
        return [verb.doc[i] for i in dict.fromkeys(at)]

    def _hedged(self) -> list[Token]:
        """ "Carries over 40 tonnes": the parse takes the hedge of a number for a preposition."""
        words = ((n, word.lower_) for n in self.numbers for word in self.paragraph.doc[n.start : n.core])
        hedges = {(word, at) for n, word in words for at in (n.head, n.unit_at)}
        return [token for preposition, token in self.clause.obliques if (preposition, token.i) in hedges]

    def there(self, *prepositions: str) -> Parties:
        """The states or regions where something is: nobody is helped by an organisation's name behind "at", nor where
        the goods lay before: "flown from its stores in Riga"."""
        found = self.parties(head for head in self.clause.after(*prepositions) if not _lies_behind_from(head))
        return Parties(tuple(key for key in found.principals if key.startswith(("country/", "place/"))))

    def _found(self, tokens: Iterable[Token]) -> list[FoundItem]:
        """The items, leaving out words that name somebody: an African Union Mission is no mission sent."""
        tokens = list(tokens)
        named = (token for token in tokens if not self._is_name(token))
        found = list(find_items(self.paragraph, named, self.numbers))
        found += [people for token in tokens if (people := self._people(token)) is not None]
        return found or [bare for token in tokens if (bare := bare_number(self.paragraph, token, self.numbers))]

    def _people(self, token: Token) -> FoundItem | None:
        """ "Ninety Russians": people counted by their nation."""
        ref = self.scene.at(self.paragraph, token.i)
        if ref is None or ref.form != "demonym" or token.pos_ not in ("NOUN", "PROPN"):
            return None
        return counted_people(self.paragraph, token, self.numbers)

    def _is_name(self, token: Token) -> bool:
        ref = self.scene.at(self.paragraph, token.i)
        if token.lemma_ == "capital" and token.dep_ == "appos":
            return self._is_name(token.head)  # "Accra, the capital": no money
        if ref is None or ref.form not in ("name", "seat", "capital"):
            return False
        return all(number.head != token.i for number in self.numbers)  # "two Antonovs" name no body


def _lies_behind_from(head: Token) -> bool:
    """Whether a place is that of what stands behind "from", wherever the parse hangs it."""
    before = head.doc[head.head.i - 1] if head.dep_ == "pobj" and head.head.i > 0 else head
    return before != head and before.dep_ == "pobj" and before.head.lower_ == "from"


def states(found: Parties) -> tuple[str, ...]:
    """The parties that are neither an organisation nor a person."""
    return tuple(key for key in found.principals if not key.startswith(("organization/", "person/")))


def is_offer(tokens: Iterable[Token]) -> bool:
    """Whether the goods are a promise: "an offer of doctors", "a pledge"."""
    return any(token.lemma_.lower() in _OFFERS for token in tokens)
