"""Queries as a store is sent them: prologue, values in place of variables, and what a text is by its tokens.

The embedded engine takes prefixes, a base and values beside the text; the SPARQL Protocol knows nothing but text. So
they are written into it, token by token, since what looks like a variable may stand in a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<name>[\w.\-]*:[\w.\-:%\\]*)
    |(?P<word>\w+)
    |(?P<space>\s+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def tokens_of(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token; put together they are the text again."""
    for found in _TOKEN.finditer(text):
        yield found.lastgroup or "", found.group()


@lru_cache(maxsize=1024)
def form_of(text: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; empty if it is none of them."""
    words = (token.upper() for kind, token in tokens_of(text) if kind == "word")
    return next((word for word in words if word in _FORMS), "")


@lru_cache(maxsize=1024)
def words_of(text: str) -> frozenset[str]:
    """The words of a query outside strings, IRIs and comments, in capitals."""
    return frozenset(token.upper() for kind, token in tokens_of(text) if kind == "word")


@lru_cache(maxsize=1024)
def namespaces_in(text: str) -> frozenset[str]:
    """The prefixes that names in a query begin with."""
    return frozenset(token.partition(":")[0] for kind, token in tokens_of(text) if kind == "name")


def with_prologue(text: str, prefixes: Mapping[str, str] | None, base: str | None) -> str:
    """The query with the base and those prefixes that it uses; what it declares itself wins, since it comes later."""
    used = namespaces_in(text)
    lines = [f"BASE <{base}>"] if base else []
    lines += [f"PREFIX {name}: <{iri}>" for name, iri in (prefixes or {}).items() if name in used]
    return "\n".join([*lines, text])


def with_values(text: str, values: Mapping[str, str]) -> str:
    """The query with values for variables that its SELECT names, as the embedded engine puts them in.

    In the SELECT clause, or GROUP BY if there is one, ``?this`` becomes ``(<value> AS ?this)``, and the value itself
    everywhere else.

    Args:
        values: terms as SPARQL writes them, by names of variables.
    """
    is_grouped = "GROUP" in words_of(text)
    parts: list[str] = []
    place = ""
    for kind, token in tokens_of(text):
        if kind == "word" and token.upper() in ("SELECT", "WHERE", "GROUP", "ORDER", "HAVING"):
            place = token.upper()
        elif token == "{":  # nosec B105  # a bracket is no password
            place = "WHERE"
        value = values.get(token[1:]) if kind == "variable" else None
        if value is None:
            parts.append(token)
        elif place == ("GROUP" if is_grouped else "SELECT"):
            parts.append(f"({value} AS {token})")
        else:
            parts.append(token if place == "SELECT" else value)
    return "".join(parts)


def graphs_in(text: str) -> tuple[frozenset[str], bool]:
    """The IRIs in angle brackets that stand behind GRAPH, and whether anything else does: a variable or short name."""
    iris: set[str] = set()
    has_others = False
    for kind, token in _behind_graph(text):
        if kind == "iri":
            iris.add(token[1:-1])
        has_others = has_others or kind != "iri"
    return frozenset(iris), has_others


def with_graph_variables(text: str) -> str:
    """The query with ``GRAPH <g>`` as ``VALUES ?graph_1 { <g> } GRAPH ?graph_1``."""
    parts: list[str] = []
    place: int | None = None
    number = 0
    for kind, token in tokens_of(text):
        if kind == "word" and token.upper() == "GRAPH":
            place = len(parts)
        elif place is not None and kind in ("iri", "name", "variable"):
            if kind != "variable":
                number += 1
                parts[place] = f"VALUES ?graph_{number} {{ {token} }} GRAPH"
                token = f"?graph_{number}"
            place = None
        parts.append(token)
    return "".join(parts)


def _behind_graph(text: str) -> Iterator[tuple[str, str]]:
    is_next = False
    for kind, token in tokens_of(text):
        if is_next and kind in ("iri", "name", "variable"):
            yield kind, token
            is_next = False
        is_next = is_next or (kind == "word" and token.upper() == "GRAPH")
