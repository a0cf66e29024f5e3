"""Terms as they stand in the address of a fragment.

The form is the "explicit representation" of Hydra (https://www.w3.org/ns/hydra/core#ExplicitRepresentation), which
clients write: ``http://…`` for an IRI, ``"text"``, ``"text"@en``, ``"5"^^http://…`` for literals, ``?name`` or nothing
for anything. An IRI may stand in angle brackets, as people write it. What is between the quotes is the text itself:
no backslash means anything in it.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from server.problems import BadRequest

Known = ox.NamedNode | ox.Literal

LONGEST: Final = 20_000
"""Characters of a term. The longest sentences are a tenth of that; the index of the store hashes whatever comes."""

_LITERAL: Final = re.compile(r'"(?P<text>.*)"(?:@(?P<language>[^"@^]+)|\^\^(?P<datatype>[^"]+))?', re.DOTALL)


def parse_term(name: str, text: str) -> Known | None:
    """The term that ``text`` writes; None for a variable, which anything fits.

    Args:
        name: the parameter, for messages.

    Raises:
        BadRequest: it is no term.
    """
    if not text or text.startswith(("?", "_:")):  # a blank node in a pattern is a variable too (SPARQL 1.1 §4.1.4)
        return None
    if len(text) > LONGEST:
        raise BadRequest(f"{name} has {len(text)} characters; a term may have {LONGEST}.")
    try:
        return _literal(text) if text.startswith('"') else ox.NamedNode(_bare(text))
    except ValueError as error:
        raise BadRequest(
            f"{name} is {text[:200]!r}, and that is no term ({error}). "
            'Expected an absolute IRI, "text", "text"@en, "5"^^IRI or ?variable.'
        ) from error


def _literal(text: str) -> ox.Literal:
    found = _LITERAL.fullmatch(text)
    if found is None:
        raise ValueError("a literal begins and ends with a quotation mark, before its language or datatype")
    if found["language"]:
        return ox.Literal(found["text"], language=found["language"])
    datatype = found["datatype"]
    return ox.Literal(found["text"], datatype=ox.NamedNode(_bare(datatype)) if datatype else None)


def _bare(text: str) -> str:
    return text[1:-1] if text.startswith("<") and text.endswith(">") else text


def write_term(term: Known | None) -> str:
    """The term as it stands in an address: the inverse of :func:`parse_term`."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return term.value
    if term.language:
        return f'"{term.value}"@{term.language}'
    is_plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return f'"{term.value}"' if is_plain else f'"{term.value}"^^{term.datatype.value}'
