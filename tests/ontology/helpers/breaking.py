"""What a new version of the ontology takes away from those who use an older one, and whether it says so.

A term that is gone breaks queries; a term with another type, domain, range, broader concept or code means something
else in the data that people hold. Both need a version that says "this may break" (semantic versioning: the first
number, or the second while the first is 0) and a note that names the term. A definition in other words may mean the
same, which only a person can tell: it needs the note. What is added breaks nothing: a new term, a further superclass
or match, a disjointness, which says formally what definitions have excluded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.formats import VOCABULARY, shorten

_RDF, _RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
_OWL, _SKOS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2004/02/skos/core#"
ONTOLOGY: Final = ox.NamedNode(f"{VOCABULARY}ontology")
FIXED: Final = (
    f"{_RDF}type", f"{_RDFS}domain", f"{_RDFS}range", f"{_OWL}inverseOf", f"{_OWL}equivalentClass",
    f"{_OWL}equivalentProperty", f"{_SKOS}inScheme", f"{_SKOS}broader", f"{_SKOS}notation",
)  # fmt: skip
"""What may neither lose nor gain a value."""
KEPT: Final = (f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf", f"{_SKOS}exactMatch", f"{_SKOS}topConceptOf")
"""What may gain values and not lose them."""
WORDS: Final = (
    f"{_RDFS}comment", f"{_RDFS}label", f"{_SKOS}definition", f"{_SKOS}prefLabel", "http://purl.org/dc/terms/title",
)  # fmt: skip
"""What a person has to read again."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A change of a term of ours; ``breaks`` says whether it needs a version that may break."""

    term: str
    what: str
    breaks: bool


def changes(old: ox.Store, new: ox.Store) -> list[Change]:
    """What users of the older version have to know, sorted by term."""
    return sorted(change for term in _terms(old) for change in _changes_of(term, old, new))


def unannounced(old: ox.Store, new: ox.Store) -> list[Change]:
    """The changes that the new version does not own up to, in its number or in its note."""
    told, may_break = note(new), raised(version(old), version(new))
    return [change for change in changes(old, new) if (change.breaks and not may_break) or f"{change.term}" not in told]


def raised(old: str, new: str) -> bool:
    """Whether a version may break what an older one promised (https://semver.org, clauses 4 and 8)."""
    (old_major, old_minor, _), (major, minor, _) = _numbers(old), _numbers(new)
    return major > old_major or (major == 0 and old_major == 0 and minor > old_minor)


def version(store: ox.Store) -> str:
    """``owl:versionInfo`` of the ontology."""
    (found,) = _values(store, ONTOLOGY, f"{_OWL}versionInfo")
    return found


def note(store: ox.Store) -> frozenset[str]:
    """The prefixed names in the note that opens with the ontology's version; empty if there is no such note."""
    mine = [text for text in _values(store, ONTOLOGY, f"{_SKOS}historyNote") if text.startswith(f"{version(store)} (")]
    return frozenset(word.strip(".,;:()") for text in mine for word in text.split())


def _terms(store: ox.Store) -> set[ox.NamedNode]:
    """What the ontology and its schemes define."""
    subjects = {quad.subject for quad in store if isinstance(quad.subject, ox.NamedNode)}
    return {node for node in subjects if node.value.startswith((f"{VOCABULARY}ontology#", f"{VOCABULARY}scheme/"))}


def _changes_of(term: ox.NamedNode, old: ox.Store, new: ox.Store) -> Iterator[Change]:
    name = shorten(term.value)
    if next(new.quads_for_pattern(term, None, None), None) is None:
        yield Change(name, "removed", breaks=True)
        return
    for predicate in (*FIXED, *KEPT, *WORDS):
        before, after = _values(old, term, predicate), _values(new, term, predicate)
        changed = not before <= after if predicate in KEPT else before != after
        if changed:
            yield Change(name, f"{shorten(predicate)} changed", breaks=predicate not in WORDS)


def _values(store: ox.Store, node: ox.NamedNode, predicate: str) -> set[str]:
    quads = store.quads_for_pattern(node, ox.NamedNode(predicate), None)
    return {quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple)}


def _numbers(number: str) -> tuple[int, int, int]:
    major, minor, patch = (int(part) for part in number.split("."))
    return major, minor, patch
