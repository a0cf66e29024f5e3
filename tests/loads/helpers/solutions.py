"""Answers of any store as what they say: a multiset of rows, each a set of variables with terms as in N-Triples.

The order of rows and of variables is no part of it: stores choose it, and questions that sort leave ties open.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree

import pyoxigraph as ox

Answer = Counter[frozenset[tuple[str, str]]]

_SPARQL: Final = "{http://www.w3.org/2005/sparql-results#}"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_END: Final = b"</sparql>"
_PATH = re.compile(r"(?P<steps>(?:\w+:\w+/)+)(?P<last>\w+:\w+) (?P<object>\?\w+|\w+:\w+)")


def answer_of(solutions: object) -> Answer:
    """The rows of a SELECT answer of pyoxigraph or of what it parsed."""
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return Counter(
        frozenset((name, str(term)) for name, term in zip(names, row, strict=True) if term is not None)
        for row in solutions
    )


def parse_answer(text: bytes, form: str) -> Answer:
    """The rows of a result document in ``json`` or ``xml``, as SPARQL 1.1 has them.

    XML is read here: pyoxigraph 0.5.13 drops white space at the end of a literal and refuses Rasqal's ``<unbound/>``.
    """
    if form == "xml":
        root = ElementTree.fromstring(text.replace(b"]]>", b"]]&gt;"))  # Attean 0.033 writes it as it is
        return Counter(frozenset(_xml_row(row)) for row in root.iter(f"{_SPARQL}result"))
    said = json.loads(text)  # members of their own, as Comunica's "metadata", are none of our business
    plain = json.dumps({"head": said["head"], "results": said["results"]}).encode()
    return answer_of(ox.parse_query_results(plain, ox.QueryResultsFormat.JSON))


def _xml_row(row: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for binding in row.iter(f"{_SPARQL}binding"):
        term = binding[0]
        match term.tag.removeprefix(_SPARQL):
            case "uri":
                yield binding.attrib["name"], f"<{term.text}>"
            case "literal":
                datatype, language = term.get("datatype"), term.get(_LANGUAGE)
                typed = ox.NamedNode(datatype) if datatype else None
                yield binding.attrib["name"], str(ox.Literal(term.text or "", datatype=typed, language=language))
            case other:
                assert other == "unbound", f"no term of ours: {other}"


def split_answers(text: bytes, form: str) -> list[bytes]:
    """The documents of an output that has several: one a line in JSON, one after another in XML."""
    if form == "xml":
        return [document.lstrip() + _XML_END for document in text.split(_XML_END)[:-1]]
    return text.splitlines()


def own_answers(store: ox.Store, questions: Mapping[str, str]) -> dict[str, Answer]:
    """What our own engine answers."""
    return {name: answer_of(store.query(text)) for name, text in questions.items()}


def without_paths(question: str) -> str:
    """A question with sequence paths written as nested nodes, for engines of SPARQL 1.0."""
    return _PATH.sub(_nested, question)


def _nested(found: re.Match[str]) -> str:
    steps = found["steps"].rstrip("/").split("/")
    return f"{' [ '.join(steps)} [ {found['last']} {found['object']}{' ]' * len(steps)}"
