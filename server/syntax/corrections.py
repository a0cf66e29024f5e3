"""What pyoxigraph 0.5.13 reads or answers in another way than SPARQL says, set right in the text.

Only where the feature itself stands in the text, and only with a certain reading; any other text stays as it is.
:func:`correct` is for each query before it runs and costs a search for a word; :func:`repaired` is for a text in
which the engine has found a syntax error, so that no other pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.problems import BadRequest
from server.syntax.edits import Edit, apply_edits
from server.syntax.lexis import TOKEN
from server.syntax.prologue import read_prologue
from server.syntax.regrouping import regrouped
from server.syntax.selects import Query, read_query
from server.syntax.tokens import Doubt, Token

# What has the form of an IRI, but begins like a number, a variable or the like.
_COMPARISON = re.compile(r"<[?$0-9(!+\-\"'][^<>\"{}|^`\\\x00-\x20]*>")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


def correct(text: str) -> str:
    """The query to run in place of ``text``.

    Raises:
        BadRequest: by the rule of the longest token the text has an IRI where the engine sees two comparisons.
    """
    joins = "group_concat" in text.lower()
    compares = _COMPARISON.search(text) is not None
    if not joins and not compares:
        return text
    try:
        query = read_query(text)
    except Doubt:
        return text
    if compares:
        _refuse_comparisons(query)
    return apply_edits(text, _plain_joins(query)) if joins else text


def _refuse_comparisons(query: Query) -> None:
    """SPARQL 1.1 §19.8: tokens are the longest that match, so that ``?x<?a&&?b>?y`` has the IRI ``<?a&&?b>``."""
    for token in query.tokens:
        match = TOKEN.match(query.text, token.start)
        if token.text == "<" and match is not None and match.lastgroup == "iri":
            line = query.text.count("\n", 0, token.start) + 1
            column = token.start - query.text.rfind("\n", 0, token.start)
            detail = (
                f"Line {line}, column {column}: SPARQL reads {match[0]} as one IRI; put a space behind the less-than."
            )
            raise BadRequest(detail, extra={"line": line, "column": column})


def _plain_joins(query: Query) -> Iterator[Edit]:
    """SPARQL 1.1 §18.5.1.7: GROUP_CONCAT gives a simple literal; the engine keeps a language that all have."""
    for number, token in enumerate(query.tokens):
        if token.word == "GROUP_CONCAT" and number + 1 in query.closing:
            end = query.tokens[query.closing[number + 1]].end
            yield Edit(token.start, token.start, "STR(")
            yield Edit(end, end, ")")


def repaired(text: str) -> str | None:
    """A query or update that the engine refused, in words that it takes and that mean the same; None if it cannot be.

    What comes back may be wrong in other ways, and has to be guarded like any other text.
    """
    try:
        query = read_query(text)
        edits = [*_small_booleans(query), *_early_prologue(query)]
        return apply_edits(text, edits) if edits else regrouped(query)
    except Doubt:
        return None


def _small_booleans(query: Query) -> Iterator[Edit]:
    """SPARQL 1.1 §19.8, note 1: only ``a`` has a case. The engine knows ``true`` and ``false`` and not ``TRUE``."""
    for token in query.tokens:
        if token.word in ("TRUE", "FALSE") and not token.text.islower():
            yield Edit(token.start, token.end, token.text.lower())


def _early_prologue(query: Query) -> Iterator[Edit]:
    """SPARQL 1.1 §19.8, production 29: each operation may have a prologue. The engine takes one, before the first."""
    first = read_prologue(query.tokens)
    later = list(_later_prefixes(tuple(query.tokens[first.length :])))
    known = dict(first.prefixes)
    for declaration in later:
        name, iri = declaration[1].text.removesuffix(":"), declaration[2].text[1:-1]
        if known.setdefault(name, iri) != iri:
            raise Doubt(f"The prefix {name} is declared twice.")
    for declaration in later:
        start, end = declaration[0].start, declaration[2].end
        yield Edit(0, 0, f"PREFIX {declaration[1].text} {declaration[2].text} ")
        yield Edit(start, end, "")


def _later_prefixes(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """PREFIX, name and IRI of each declaration that comes behind an operation."""
    for number, token in enumerate(tokens):
        if token.word == "BASE":
            raise Doubt("A second BASE changes what later IRIs mean.")
        if token.word == "PREFIX":
            declaration = tokens[number : number + 3]
            if [part.kind for part in declaration] != ["word", "name", "iri"] or not _ABSOLUTE.match(
                declaration[2].text
            ):
                raise Doubt("A declaration cannot be moved to the beginning.")
            yield declaration
