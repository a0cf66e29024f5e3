"""What strict loaders ask of terms, checked in the dumps of the seed articles, of their gold and of hostile articles.

Each rule is written out here and not left to a parser, which would pass what its authors left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
import rdflib
from served import Dumps

_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
ADDRESS = re.compile(
    r"https?://(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+(?::\d+)?"
    rf"(?:/{_CHARACTER}*)*(?:\?(?:{_CHARACTER}|[/?])*)?(?:#(?:{_CHARACTER}|[/?])*)?"
)
"""RFC 3986, appendix A, for addresses of the web with a host. In ASCII RFC 3987 asks for the same."""
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
"""The part of BCP 47 (2.1) that we need: a language, a script and a region, in the usual case."""
NO_TEXT = frozenset({"Cc", "Cs"})
"""General categories of control characters and surrogates."""


@pytest.fixture(
    params=["gold", pytest.param("seeds", marks=pytest.mark.slow), pytest.param("hostile", marks=pytest.mark.slow)]
)
def terms(request: pytest.FixtureRequest) -> frozenset[ox.NamedNode | ox.BlankNode | ox.Literal]:
    """Every term of a graph, once."""
    if request.param == "gold":
        return _terms(request.getfixturevalue("gold_quads"))
    dumps: Dumps = request.getfixturevalue(request.param)
    return _terms(dumps.store)


def _terms(quads: Iterable[ox.Quad]) -> frozenset[ox.NamedNode | ox.BlankNode | ox.Literal]:
    return frozenset(
        term
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    )


Terms = frozenset[ox.NamedNode | ox.BlankNode | ox.Literal]


def test_iris_are_addresses_of_the_web_in_ascii(terms: Terms) -> None:
    iris = [term.value for term in terms if isinstance(term, ox.NamedNode)]
    assert len(iris) > 100
    assert [iri for iri in iris if not ADDRESS.fullmatch(iri)] == []
    assert max(map(len, iris)) < 1_879  # what Virtuoso 7.2.5 keeps of one


@pytest.mark.parametrize(
    "wrong",
    ["http://", "http:///a", "http://a b/", "http://a/%zz", "http://a/[1]", "http://a/é", "http://a/#b#c", "a/b"],
)
def test_what_is_no_address_is_found(wrong: str) -> None:
    assert not ADDRESS.fullmatch(wrong)


def test_there_are_no_blank_nodes(terms: Terms) -> None:
    assert not any(isinstance(term, ox.BlankNode) for term in terms)


def test_language_tags_are_well_formed(terms: Terms) -> None:
    tags = {term.language for term in terms if isinstance(term, ox.Literal) and term.language}
    assert "en" in tags
    assert [tag for tag in tags if not LANGUAGE.fullmatch(tag)] == []


def test_values_have_lexical_forms_of_their_types(terms: Terms) -> None:
    typed = [term for term in terms if isinstance(term, ox.Literal) and not term.language]
    assert len({term.datatype for term in typed}) > 3
    read = [rdflib.Literal(term.value, datatype=term.datatype.value) for term in typed]
    assert [literal for literal in read if literal.ill_typed] == []


def test_literals_are_text(terms: Terms) -> None:
    literals = [term.value for term in terms if isinstance(term, ox.Literal)]
    assert len(literals) > 100
    assert [text for text in literals if any(is_no_text(character) for character in text)] == []


def is_no_text(character: str) -> bool:
    """Whether it is a control character that marks no tab and no end of line, a surrogate or a noncharacter."""
    code = ord(character)
    controls = unicodedata.category(character) in NO_TEXT and character not in "\t\n\r\x85"
    return controls or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
