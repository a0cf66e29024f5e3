"""What a SPARQL query would do beyond reading the store, decided on its tokens before it runs.

pyoxigraph reaches for the network on ``SERVICE`` and has no switch for it, so such a query must be
refused unseen. A search for the word is fooled by comments and strings; SPARQL's own grammar is not
enough either, because pyoxigraph 0.5.13 parses without a tokenizer: it takes ``1SERVICE<http://x/>{}``
and ``SERVICEex:a{}``, and in ``FILTER(?a<?b)SERVICE#>`` it sees a less-than sign where the grammar
sees an IRI. Here every place where a token may start is followed, both readings of ``<`` included,
and at each of them a pattern is tried. The work is linear in the length of the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# SPARQL 1.1 §19.8, productions 164-169.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = rf"{_BASE}_0-9\-\u00b7\u0300-\u036f\u203f-\u2040"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

IRI = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\[uU])*+>"
VARIABLE = rf"[?$][{_BASE}_0-9][{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]*+"
PREFIX = rf"(?:[{_BASE}](?:[{_NAME}.]{{0,63}}[{_NAME}])?)?:"  # bounded, or a long dotted word costs its square
LOCAL = rf"(?:(?:[{_BASE}_:0-9]|{_PLX})(?:[{_NAME}:]|{_PLX}|\.++(?=[{_NAME}:%\\]))*+)?"
_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*+'''|"
    r'"(?:[^"\\\r\n]|\\.)*+"|'
    r"'(?:[^'\\\r\n]|\\.)*+'"
)
_SPACE = r"(?:[ \t\r\n]++|#[^\r\n]*+)"

_TOKEN = re.compile(
    rf"(?P<space>{_SPACE}++)|(?P<iri>{IRI})|(?P<string>{_STRING})|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*+)"
    rf"|(?P<variable>{VARIABLE})|(?P<blank>_:[{_BASE}_0-9](?:[{_NAME}]|\.++(?=[{_NAME}]))*+)|(?P<name>{PREFIX}{LOCAL})"
    rf"|(?P<number>[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)|(?P<word>[{_BASE}][{_NAME}]*+)|(?P<other>[^\"'])",
    re.DOTALL,
)
_BOOLEAN = re.compile(r"true|false", re.IGNORECASE | re.ASCII)
_OPERAND = frozenset({"iri", "string", "language", "variable", "blank", "name", "number"})

_SERVICE = re.compile(
    rf"SERVICE(?P<gap>{_SPACE}*+)(?:SILENT(?P<gap2>{_SPACE}*+))?"
    rf"(?P<target>{IRI}|{VARIABLE}|(?P<prefix>{PREFIX}){LOCAL}){_SPACE}*+\{{",
    re.IGNORECASE | re.ASCII,
)
_DECLARED = re.compile(rf"PREFIX{_SPACE}*+(?P<prefix>{PREFIX})", re.IGNORECASE | re.ASCII)
_VOLATILE = re.compile(rf"(?:NOW|RAND|UUID|STRUUID|BNODE){_SPACE}*+\(", re.IGNORECASE | re.ASCII)


def token_starts(query: str) -> Iterator[int]:
    """Every offset of ``query`` at which the engine may begin to read a token, each once.

    After an operand, ``<`` may open an IRI or compare; both readings are followed. After ``true``
    and ``false`` a new token may begin without a space.
    """
    seen: set[tuple[int, bool]] = set()
    waiting = [(0, False)]
    while waiting:
        state = waiting.pop()
        if state in seen or state[0] >= len(query):
            continue
        seen.add(state)
        if (state[0], not state[1]) not in seen:
            yield state[0]
        waiting.extend(_next_states(query, *state))


def _next_states(query: str, start: int, after_operand: bool) -> list[tuple[int, bool]]:
    """Where the token at ``start`` may end, and whether what ends there is an operand."""
    match = _TOKEN.match(query, start)
    if match is None:  # a quotation mark that opens no string: the engine cannot read on here either
        return []
    kind = match.lastgroup or "other"
    if kind == "space":
        return [(match.end(), after_operand)]
    states = [(match.end(), kind in _OPERAND or match[0] in ")]}")]
    if kind == "iri" and after_operand:
        states.append((start + 1, False))
    if kind in ("word", "name") and (boolean := _BOOLEAN.match(query, start)):
        states.append((boolean.end(), True))
    return states


def service_targets(query: str) -> tuple[str, ...]:
    """The targets of all SERVICE clauses, as written: ``<http://…>``, ``?variable`` or ``ex:name``.

    Empty if the query stays inside the store. Sorted, each once.
    """
    if "service" not in query.lower():  # nearly every query; the engine knows no escapes outside strings and IRIs
        return ()
    starts = list(token_starts(query))
    matches = [match for start in starts if (match := _SERVICE.match(query, start))]
    declared = {match["prefix"] for start in starts if (match := _DECLARED.match(query, start))}
    return tuple(sorted({match["target"] for match in matches if _is_service(match, declared)}))


def _is_service(match: re.Match[str], declared: set[str]) -> bool:
    """Whether the engine may read this as a SERVICE clause, and not as a name such as ``services:a``."""
    glued = not (match["gap2"] if match["gap2"] is not None else match["gap"])
    return not (glued and match["prefix"] is not None) or match["prefix"] in declared


def is_volatile(query: str) -> bool:
    """Whether the query may give another answer on the same data: it asks for the time or for chance."""
    return bool(_VOLATILE.search(query)) and any(_VOLATILE.match(query, start) for start in token_starts(query))
