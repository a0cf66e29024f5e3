"""A result of a validator as people need it: which article, which words of it, what is wrong and what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.formats import shorten
from kg.rdf.terms import aid, oa, prov, schema
from kg.validate.results import Result
from kg.validate.shapes import shapes_by_iri
from kg.validate.wording import wrong_words

_TO_ARTICLE: Final = (
    schema("appearance"), schema("isPartOf"), schema("subjectOf"), prov("wasQuotedFrom"), prov("used"),
)  # fmt: skip
"""Properties that lead from a part of an article, or from an event, to the article."""
_FROM_PROVED: Final = (aid("reports"), aid("statedItem"), aid("quantity"))
"""Properties that lead from what has evidence to what is proved by the same words."""
_BY_QUERY: Final = "SPARQLConstraintComponent"


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: the article and the characters it was read from, the node at fault, and the rule.

    ``article`` is an identifier, or empty where the node belongs to none; ``span`` is start and end, or None, and
    ``words`` are those that stand there. ``message`` is what is wrong, ``expected`` what the rule wants. ``result`` is
    what the validator said, None for a finding that is no validator's.
    """

    article: str
    span: tuple[int, int] | None
    node: str
    path: str
    value: str
    message: str
    expected: str = ""
    words: str = ""
    result: Result | None = None

    def __str__(self) -> str:
        where = f"[{self.span[0]}:{self.span[1]}]" if self.span else ""
        what = " ".join(filter(None, (self.node, self.path, self.value)))
        said = "; expected: ".join(filter(None, (self.message, self.expected)))
        return f"{self.article or 'no article'}{where}: {what}: {said}"

    @property
    def rule(self) -> str:
        """The IRI of the shape that was broken; empty for a finding that is no validator's."""
        return self.result.shape if self.result else ""

    @property
    def severity(self) -> str:
        """``Violation``, ``Warning`` or ``Info``."""
        return self.result.severity if self.result else "Violation"

    def place(self) -> tuple[bool, str, tuple[int, int], str, str, str, str]:
        """What findings are ordered by: article, then span; those of no article come last."""
        return not self.article, self.article, self.span or (-1, -1), self.node, self.path, self.value, self.rule


def finding_of(result: Result, store: ox.Store) -> Finding:
    """The finding that a result is. ``store`` holds the graph that was validated."""
    focus, path, value = result.focus, shorten_path(result.path), _text_of(result.value)
    if result.component == _BY_QUERY:  # these name the node at fault as the value
        focus, path, value = result.value or result.focus, "", ""
    if value == _text_of(focus):
        value = ""
    node = focus if isinstance(focus, ox.NamedNode) else None
    shape = shapes_by_iri().get(result.shape)
    span, words = _proof(store, node)
    return Finding(
        _article(store, node), span, _text_of(focus), path, value, wrong_words(result.component),
        shape.message if shape else "", words, result,
    )  # fmt: skip


def shorten_path(path: str) -> str:
    """``aid:donor`` for its IRI, and ``^aid:reports`` for the IRI of a property that is walked backwards."""
    return f"^{shorten(path[1:])}" if path.startswith("^") else shorten(path)


def _text_of(term: object) -> str:
    return "" if term is None else term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _article(store: ox.Store, node: ox.NamedNode | None) -> str:
    """The identifier of the article that the node is, belongs to or was told by."""
    if node is None:
        return ""
    whole = ox.NamedNode(node.value.partition("#")[0])
    linked = (quad.object for name in _TO_ARTICLE for quad in store.quads_for_pattern(node, name, None))
    found = sorted({name for one in (whole, *linked) for name in _values(store, one, schema("identifier"))})
    return found[0] if found else ""


def _proof(store: ox.Store, node: ox.NamedNode | None) -> tuple[tuple[int, int] | None, str]:
    """The first words that prove the node, or those that prove what it was stated with, and where they stand."""
    for _ in range(len(_FROM_PROVED) + 1):
        if node is None:
            break
        evidence = (quad.object for quad in store.quads_for_pattern(node, aid("evidence"), None))
        if spans := sorted(found for one in (node, *evidence) for found in _offsets(store, one)):
            return spans[0]
        node = _proved_with(store, node)
    return None, ""


def _offsets(store: ox.Store, node: object) -> Iterator[tuple[tuple[int, int], str]]:
    start, end, words = (next(iter(_values(store, node, oa(name))), "") for name in ("start", "end", "exact"))
    if start.isdecimal() and end.isdecimal():
        yield (int(start), int(end)), words


def _proved_with(store: ox.Store, node: ox.NamedNode) -> ox.NamedNode | None:
    """What the node was stated with: the first by its IRI, so that the same graph gives the same report."""
    for name in _FROM_PROVED:
        subjects = (quad.subject for quad in store.quads_for_pattern(None, name, node))
        if found := sorted(one.value for one in subjects if isinstance(one, ox.NamedNode)):
            return ox.NamedNode(found[0])
    return None


def _values(store: ox.Store, node: object, name: ox.NamedNode) -> list[str]:
    if not isinstance(node, ox.NamedNode):
        return []
    found = {quad.object for quad in store.quads_for_pattern(node, name, None)}
    return sorted(one.value for one in found if isinstance(one, ox.Literal))
