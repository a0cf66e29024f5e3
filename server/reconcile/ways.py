"""How the values of a property are read, a small class for each way: from the index if it has them, else the store.

The index knows links in both directions and in the order of lists, the latest first, so that the first events of a
country with thirty thousand come at once. What it does not know is a walk of a few steps through the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final, Protocol
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.formats import PREFIXES
from server.addresses import Addresses
from server.reconcile.deadline import Deadline
from server.reconcile.things import Thing, Things
from server.views.reader import term

WIDEST: Final = 5_000
"""Nodes that one step of a walk may reach."""

_SAME_AS: Final = term("schema:sameAs")
_WHOLE: Final = f"{PREFIXES['xsd']}integer"
_BROKEN: Final = {f"{PREFIXES['xsd']}{name}" for name in ("decimal", "double", "float")}
_DEFAULT: Final = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Value:
    """A value: ``iri`` is that of a thing, whose name is ``text``; ``number`` that of a number."""

    text: str
    iri: str | None = None
    number: int | float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What values are read from, for one request that has to end in time."""

    store: ox.Store
    things: Things
    addresses: Addresses
    deadline: Deadline


class Way(Protocol):
    """A way to the values of a thing."""

    def values(self, source: Source, thing: Thing, most: int) -> list[Value]:
        """At most so many of its values."""
        ...


@dataclass(frozen=True, slots=True)
class Name:
    """What it is called."""

    def values(self, source: Source, thing: Thing, most: int) -> list[Value]:
        """The one name that lists have."""
        return [Value(thing.name)]


@dataclass(frozen=True, slots=True)
class OtherNames:
    """Aliases, and names in other languages."""

    def values(self, source: Source, thing: Thing, most: int) -> list[Value]:
        """By the alphabet."""
        return [Value(name) for name in thing.names[1 : most + 1]]


@dataclass(frozen=True, slots=True)
class Iri:
    """Its whole IRI."""

    def values(self, source: Source, thing: Thing, most: int) -> list[Value]:
        """One."""
        return [Value(thing.iri)]


@dataclass(frozen=True, slots=True)
class Same:
    """The code of a thing in another register: what stands in a ``schema:sameAs`` behind ``space``.

    ``pattern`` is what a code looks like; ``end`` what stands behind it in the register's IRIs.
    """

    space: str
    pattern: str = r".+"
    end: str = ""

    def values(self, source: Source, thing: Thing, most: int) -> list[Value]:
        """The codes, sorted."""
        quads = source.store.quads_for_pattern(ox.NamedNode(thing.iri), _SAME_AS, None, _DEFAULT)
        links = (quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))
        codes = sorted(code for link in links if (code := self.code(link)))
        return [Value(code) for code in codes[:most]]

    def code(self, link: str) -> str:
        """The code in a link; empty if it is none of this register."""
        code = link.removeprefix(self.space).removesuffix(self.end)
        return code if link.startswith(self.space) and re.fullmatch(self.pattern, code) else ""

    def typed(self, text: str) -> str:
        """The code that somebody means who types it, or any address on the register's site that has it."""
        text = text.strip()
        if not self.space or "://" not in text:
            return text if re.fullmatch(self.pattern, text) else ""
        typed, ours = urlsplit(text), urlsplit(self.space)
        if typed.netloc.split(".")[-2:] != ours.netloc.split(".")[-2:]:
            return ""
        return next((part for part in typed.path.split("/") if re.fullmatch(self.pattern, part)), "")

    def holders(self, source: Source, text: str) -> Iterator[str]:
        """The IRIs of the things with that code."""
        code = self.typed(text)
        try:
            link = ox.NamedNode(f"{self.space}{code}{self.end}")
        except ValueError:
            return
        for quad in source.store.quads_for_pattern(None, _SAME_AS, link, _DEFAULT) if code else ():
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value


@dataclass(frozen=True, slots=True)
class Out:
    """Links of the index that lead away from a thing."""

    role: str

    def values(self, source: Source, thing: Thing, most: int) -> list[Value]:
        """By name."""
        statement = (
            "SELECT thing.name, thing.iri FROM link JOIN thing ON thing.id = link.target "
            "WHERE link.source = ? AND link.role = ? ORDER BY thing.sort, thing.iri LIMIT ?"
        )
        return [Value(name, iri) for name, iri in source.things.index.execute(statement, (thing.id, self.role, most))]


@dataclass(frozen=True, slots=True)
class In:
    """Links of the index of any of these roles that lead to a thing, from things of this kind."""

    roles: tuple[str, ...]
    kind: str

    def values(self, source: Source, thing: Thing, most: int) -> list[Value]:
        """In the order of lists: the latest first."""
        statement = (
            "SELECT thing.name, thing.iri FROM link JOIN thing ON thing.id = link.source "
            f"WHERE link.target = ? AND link.role IN ({', '.join('?' * len(self.roles))}) AND thing.kind = ? "
            "ORDER BY link.source LIMIT ?"
        )
        rows = source.things.index.execute(statement, (thing.id, *self.roles, self.kind, most))
        return [Value(name, iri) for name, iri in rows]


@dataclass(frozen=True)
class Walk:
    """Steps through the store, as a property path has them: ``^aid:reports/aid:evidence/oa:exact``.

    A step may have alternatives, ``schema:startDate|schema:datePublished``.
    """

    path: str

    @cached_property
    def _steps(self) -> tuple[tuple[_Step, ...], ...]:
        return tuple(tuple(map(_parse_step, step.split("|"))) for step in self.path.split("/"))

    def values(self, source: Source, thing: Thing, most: int) -> list[Value]:
        """Each once, sorted by their text."""
        reached: Iterable[object] = (ox.NamedNode(thing.iri),)
        for steps in self._steps:
            nodes = [node for node in reached if isinstance(node, ox.NamedNode)]
            found = (other for node in nodes for step in steps for other in step.take(source.store, node))
            reached = dict.fromkeys(islice(found, WIDEST))
        values = {value for one in reached if (value := _value(source, one))}
        return sorted(values, key=lambda value: (value.text, value.iri or ""))[:most]


@dataclass(frozen=True, slots=True)
class _Step:
    property: ox.NamedNode
    is_back: bool

    def take(self, store: ox.Store, node: ox.NamedNode) -> Iterator[object]:
        if self.is_back:
            return (quad.subject for quad in store.quads_for_pattern(None, self.property, node, _DEFAULT))
        return (quad.object for quad in store.quads_for_pattern(node, self.property, None, _DEFAULT))


def _parse_step(text: str) -> _Step:
    return _Step(term(text.removeprefix("^")), text.startswith("^"))


def _value(source: Source, found: object) -> Value | None:
    """A term as a value: a thing of a type of ours by its name, any other IRI as text, literals as they are."""
    if isinstance(found, ox.NamedNode):
        thing = source.things.by_iri(found.value)
        return Value(thing.name, thing.iri) if thing else Value(found.value)
    return _literal(found) if isinstance(found, ox.Literal) else None


def _literal(found: ox.Literal) -> Value:
    try:
        if found.datatype.value == _WHOLE:
            return Value(found.value, number=int(found.value))
        if found.datatype.value in _BROKEN:
            return Value(found.value, number=float(found.value))
    except ValueError:
        pass  # a literal may have a form that its datatype does not allow; it is text then
    return Value(found.value)
