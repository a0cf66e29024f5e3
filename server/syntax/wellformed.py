"""Whether an update is well-formed, without carrying it out.

The engine reads a whole update before it begins; one that begins with what cannot be done goes no further. So a text
that is refused for what it would reach can still be told that it has a syntax error, which comes first
(SPARQL 1.1 Protocol §2.2.4: a malformed update is a 400).
"""

from __future__ import annotations

import pyoxigraph as ox

from server.problems import BadRequest
from server.syntax.prologue import read_prologue
from server.syntax.tokens import Doubt, read_tokens

_IMPOSSIBLE = " DROP GRAPH <urn:aidgraph:absent> ; "


def check_update(text: str) -> None:
    """Raise :class:`BadRequest` if an update has a syntax error; what cannot be read with certainty passes."""
    try:
        tokens = read_tokens(text)
        start = tokens[read_prologue(tokens).length].start
    except (Doubt, IndexError):
        return
    try:
        ox.Store().update(text[:start] + _IMPOSSIBLE + text[start:], base_iri="urn:aidgraph:base")
    except SyntaxError as error:
        detail = str(error).partition(": ")[2] or str(error)
        raise BadRequest(f"The update has a syntax error: {detail}.") from error
    except RuntimeError:
        return  # as it should: there is no such graph
