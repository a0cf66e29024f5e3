"""What the tools answer with: plain records, of which the protocol's schemas are made.

Field names are all that an assistant has to go by, so that they say what they hold. They have no slots, whose
descriptors the SDK takes for default values.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """Words of an article that prove something. ``start`` and ``end`` are Unicode code points of the article's text."""

    words: str
    headline: str
    publisher: str
    published: str
    article: str
    url: str
    start: int
    end: int
    modality: str
    """asserted, hypothetical or denied; empty where the words are of a figure or a quotation."""


@dataclass(frozen=True)
class Hit:
    """Something that a search found."""

    kind: str
    iri: str
    label: str
    snippet: str
    date: str
    publishers: list[str]


@dataclass(frozen=True)
class Found:
    """The hits of a search. ``looked_for``: the words after misspellings were mended; ``total``: of all hits."""

    looked_for: str
    total: int
    counts: dict[str, int]
    hits: list[Hit]


@dataclass(frozen=True)
class Giving:
    """One aid event with the words that prove it."""

    iri: str
    name: str
    date: str
    phase: str
    donors: list[str]
    recipients: list[str]
    items: list[str]
    crisis: str
    proofs: list[Proof]


@dataclass(frozen=True)
class Givings:
    """Aid events, the latest first. ``understood``: the names that were given, as the IRIs that they were taken for."""

    understood: dict[str, str]
    events: list[Giving]
    is_complete: bool


@dataclass(frozen=True)
class Value:
    """The value of a property: a thing with its label, or a literal (then ``iri`` is empty)."""

    text: str
    iri: str = ""


@dataclass(frozen=True)
class Fact:
    """A property of a thing with its values."""

    property: str
    label: str
    values: list[Value]


@dataclass(frozen=True)
class Description:
    """What the graph says of one thing. Where ``is_complete`` is false, a query can fetch the rest."""

    iri: str
    name: str
    facts: list[Fact]
    proofs: list[Proof]
    is_complete: bool


@dataclass(frozen=True)
class Rows:
    """The answer to a query.

    ``rows``: cells as SPARQL's TSV writes them: ``<iri>``, ``"text"@en``, ``42``; empty if unbound. For ASK, CONSTRUCT
    and DESCRIBE ``text`` holds ``true`` or ``false``, or N-Triples.
    """

    columns: list[str]
    rows: list[list[str]]
    is_complete: bool
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class VocabularyTerm:
    """A class, property, concept or function that queries can use."""

    name: str
    kind: str
    label: str
    definition: str


@dataclass(frozen=True)
class Vocabulary:
    """Prefixes, which queries need not declare, and terms."""

    prefixes: dict[str, str]
    terms: list[VocabularyTerm]
