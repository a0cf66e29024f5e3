"""A grouped SELECT whose items use the names of others: ``SELECT (SUM(?v) AS ?n) (?n / 2 AS ?half)``.

SPARQL evaluates the items one after another (§18.2.4.4), so that ``?n`` is known to the second. pyoxigraph 0.5.13
refuses it. The items that use others move to an outer select around one with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.syntax.edits import Edit, apply_edits
from server.syntax.scope import alias, grouped_variables, variables
from server.syntax.selects import AGGREGATES, Query, Range, Select
from server.syntax.tokens import Doubt

_NOTHING = Range(0, 0)


def regrouped(query: Query) -> str | None:
    """The text with such items moved; None if there are none.

    Raises:
        Doubt: they cannot be moved with certainty.
    """
    edits = [edit for select in query.selects.values() for edit in _edits(query, select)]
    return apply_edits(query.text, edits) if edits else None


def _edits(query: Query, select: Select) -> list[Edit]:
    numbers = [n for n in query.level(select.items) if query.tokens[n].word not in ("DISTINCT", "REDUCED")]
    items = [Range(number, query.after(number)) for number in numbers]
    inner: list[Range] = []
    outer: list[Range] = []
    known: set[str] = set()
    for item in items:
        is_named = query.tokens[item.start].text == "("
        moves = is_named and not known.isdisjoint(variables(query, Range(item.start, item.end - 2)))
        (outer if moves else inner).append(item)
        known.update([alias(query, item.start)] if is_named else [])
    is_grouped = "GROUP" in select.modifiers or any(_has_aggregate(query, item) for item in items)
    return list(_moved(query, select, inner, outer)) if outer and is_grouped else []


def _moved(query: Query, select: Select, inner: list[Range], outer: list[Range]) -> Iterator[Edit]:
    """``inner`` becomes an inner select with the group; ``outer`` stays, and so does the order."""
    order, values = (select.modifiers.get(word, _NOTHING) for word in ("ORDER", "VALUES"))
    if any(_has_aggregate(query, part) for part in [*outer, order]):
        raise Doubt("An item uses another, and an aggregate or a pattern.")
    needed = {name for part in [*outer, order] for name in variables(query, part)}
    sources = [query.source(item) for item in inner]
    sources += [f"?{name}" for name in grouped_variables(query, select) if name in needed]
    items = sorted([*inner, *outer], key=lambda item: item.start)
    selected = (query.source(item) if item in outer else f"?{_name(query, item)}" for item in items)
    parts = [select.group, *(select.modifiers[word] for word in ("GROUP", "HAVING") if word in select.modifiers)]
    start, end = query.tokens[select.group.start].start, query.tokens[max(part.end for part in parts) - 1].end
    yield _replaced(query, Range(items[0].start, items[-1].end), f" {' '.join(selected)} ")
    yield Edit(start, start, f"{{ {{ SELECT {' '.join(dict.fromkeys(sources))} ")
    yield Edit(end, end, f" {query.source(values)} }} }} ")
    if values:
        yield _replaced(query, values, "")


def _replaced(query: Query, part: Range, text: str) -> Edit:
    return Edit(query.tokens[part.start].start, query.tokens[part.end - 1].end, text)


def _name(query: Query, item: Range) -> str:
    token = query.tokens[item.start]
    return token.text[1:] if token.kind == "variable" else alias(query, item.start)


def _has_aggregate(query: Query, part: Range) -> bool:
    """Whether what ``part`` says needs the group itself: an aggregate, or a pattern."""
    return any(token.word in AGGREGATES or token.text == "{" for token in query.tokens[part.start : part.end])
