"""The dataset that the protocol gives an update, written into its text.

``using-graph-uri`` and ``using-named-graph-uri`` (SPARQL 1.1 Protocol §2.2.3) are to hold for each operation that
has a WHERE; pyoxigraph's ``Store.update`` takes no dataset, but USING in the text says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from server.problems import BadRequest
from server.syntax.edits import Edit, apply_edits
from server.syntax.prologue import read_prologue
from server.syntax.tokens import Doubt, Token, read_tokens


def with_using(text: str, using: Sequence[str], using_named: Sequence[str]) -> str:
    """The update ``text`` with USING for each of ``using`` and USING NAMED for each of ``using_named``.

    Raises:
        BadRequest: one is no absolute IRI, the text has a dataset of its own, or it cannot be read.
    """
    if not using and not using_named:
        return text
    clauses = "".join(
        [*(f" USING {_iri(iri)}" for iri in using), *(f" USING NAMED {_iri(iri)}" for iri in using_named)]
    )
    try:
        tokens = read_tokens(text)
        position = read_prologue(tokens).length
    except Doubt as doubt:
        raise BadRequest(f"using-graph-uri cannot be written into this update. {doubt}") from doubt
    edits = [edit for operation in _operations(tokens[position:]) for edit in _edits(text, operation, clauses)]
    return apply_edits(text, edits)


def _iri(text: str) -> str:
    try:
        return str(ox.NamedNode(text))
    except ValueError as error:
        raise BadRequest(f"A graph is named by something that is no absolute IRI: {error}.") from error


def _operations(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Each operation as its tokens outside braces, and the braces themselves."""
    operation: list[Token] = []
    depth = 0
    for token in tokens:
        depth -= token.text == "}"
        if depth == 0 and token.text == ";":
            yield operation
            operation = []
        elif depth == 0:
            operation.append(token)
        depth += token.text == "{"
    yield operation


def _edits(text: str, operation: Sequence[Token], clauses: str) -> Iterator[Edit]:
    """What makes one operation use the dataset; nothing for those that read no pattern."""
    words = [token.word for token in operation]
    if "USING" in words or "WITH" in words:
        raise BadRequest("The update names its dataset by USING or WITH; leave out using-graph-uri or those.")
    if words[:1] not in (["INSERT"], ["DELETE"]) or "WHERE" not in words:
        return
    where = operation[words.index("WHERE")]
    if words[1] == "WHERE" and len(operation) == 4:  # DELETE WHERE {…} has no place for USING, its long form has
        pattern = text[operation[2].start : operation[3].end]
        yield Edit(where.start, where.start, f"{pattern}{clauses} ")
    else:
        yield Edit(where.start, where.start, f"{clauses} ")
