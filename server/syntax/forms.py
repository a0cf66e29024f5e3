"""What kind of query a text is, which data it asks and whether its answer can be kept, by its tokens."""

from __future__ import annotations

import re

from server.syntax.clauses import network_clauses
from server.syntax.lexis import IRI, PREFIX, SPACE
from server.syntax.tokens import Doubt, read_tokens, token_starts

_DECLARATION = (
    rf"(?ai:BASE){SPACE}*+{IRI}|(?ai:PREFIX){SPACE}*+{PREFIX}{SPACE}*+{IRI}"
    rf"|(?ai:VERSION){SPACE}*+(?:'[^']*'|\"[^\"]*\")"
)
_FORM = re.compile(rf"(?:{SPACE}|{_DECLARATION})*+(?P<form>(?ai:SELECT|CONSTRUCT|DESCRIBE|ASK))")
_WORDS = ("now", "rand", "uuid", "bnode")
_CALL = re.compile(r"(?ai:NOW|RAND|UUID|STRUUID|BNODE)(?=[ \t\r\n#(])")


def query_form(text: str) -> str:
    """``SELECT``, ``CONSTRUCT``, ``DESCRIBE`` or ``ASK``; empty if the engine will find no query here."""
    match = _FORM.match(text)
    return match["form"].upper() if match else ""


def names_dataset(text: str) -> bool:
    """Whether the query names its dataset itself, by FROM; also if that is in doubt."""
    if "from" not in text.lower():
        return False
    try:
        return any(token.word == "FROM" for token in read_tokens(text))
    except Doubt:
        return True


def is_volatile(text: str) -> bool:
    """Whether the query may give another answer on the same data: it asks the clock, chance or another server."""
    try:
        return _calls(text) or bool(network_clauses(text, ("SERVICE",)))
    except Doubt:
        return True


def _calls(text: str) -> bool:
    """Whether one of the functions that give another value each time is called."""
    lowered = text.lower()
    if not any(word in lowered for word in _WORDS) or not _CALL.search(text):
        return False
    starts = token_starts(text)
    ends = (match.end() for start in starts if (match := _CALL.match(text, start)))
    return any(text.startswith("(", starts.get(end, end)) for end in ends)
