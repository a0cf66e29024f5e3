"""Answers of any store as what they say: a multiset of rows, each a set of variables with terms as in N-Triples.

The order of rows and of variables is no part of it: stores choose it, and questions that sort leave ties open.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

Answer = Counter[frozenset[tuple[str, str]]]

_FORMATS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}
_XML_END = b"</sparql>"
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
    """The rows of a result document. Members of their own, as Comunica's "metadata", are none of our business."""
    if form == "json":
        said = json.loads(text)
        text = json.dumps({"head": said["head"], "results": said["results"]}).encode()
    return answer_of(ox.parse_query_results(text, _FORMATS[form]))


def split_answers(text: bytes, form: str) -> list[bytes]:
    """The documents of an output that has several: one a line in JSON, one after another in XML."""
    if form == "xml":
        return [document + _XML_END for document in text.split(_XML_END)[:-1]]
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
