"""Whether an update is well-formed, without carrying it out.

The engine reads a whole update before it begins; one that begins with what cannot be done goes no further. So a text
that is refused for what it would reach can still be told that it has a syntax error, which comes first
(SPARQL 1.1 Protocol §2.2.4: a malformed update is a 400).
"""

from __future__ import annotations

from functools import partial
from typing import Final

import pyoxigraph as ox

from kg.errors import SyntaxFault
from server.problems import problem_of
from server.syntax.prologue import read_prologue
from server.syntax.tokens import Doubt, read_tokens

LONGEST: Final = 2048
"""Characters of an update that is looked at. The engine's parser takes some kilobytes of stack for each bracket that
is open, and a process whose stack is used up ends; 4,000 open ones are too many for a thread, and 1,000 are not."""

_IMPOSSIBLE = " DROP GRAPH <urn:aidgraph:absent> ; "


def check_update(text: str) -> None:
    """Look for a syntax error; what cannot be read with certainty passes, and what is longer than :data:`LONGEST`.

    Raises:
        BadRequest: there is one.
    """
    if len(text) > LONGEST:
        return
    try:
        tokens = read_tokens(text)
        start = tokens[read_prologue(tokens).length].start
    except (Doubt, IndexError):
        return
    try:
        ox.Store().update(text[:start] + _IMPOSSIBLE + text[start:], base_iri="urn:aidgraph:base")
    except SyntaxError as error:
        fault = SyntaxFault.in_sparql("update", error.msg, moved=partial(_without_ours, text, start))
        raise problem_of(fault) from error
    except RuntimeError:
        return  # as it should: there is no such graph


def _without_ours(text: str, start: int, line: int, column: int) -> tuple[int, int]:
    """Where that place is in the text without what was put in at ``start``."""
    is_behind = line == text.count("\n", 0, start) + 1 and column >= start - text.rfind("\n", 0, start)
    return line, max(1, column - len(_IMPOSSIBLE)) if is_behind else column
