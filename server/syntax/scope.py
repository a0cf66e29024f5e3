"""Which variables ``SELECT *`` selects (SPARQL 1.1 §18.2.1), without evaluating."""

from __future__ import annotations

from collections.abc import Iterator

from server.syntax.selects import Query, Range, Select
from server.syntax.tokens import Doubt


def star_variables(query: Query, select: Select) -> list[str]:
    """The names of all variables in the scope of ``select``'s group and its VALUES, in the engine's order."""
    found = set(_of_group(query, select.group))
    if "VALUES" in select.modifiers:
        found.update(variables(query, select.modifiers["VALUES"]))
    return sorted(found)


def selected_variables(query: Query, select: Select) -> list[str]:
    """The names of what ``select`` selects, in order.

    Raises:
        Doubt: an item is neither a variable nor an expression with a name.
    """
    tokens = query.tokens
    names: list[str] = []
    for number in query.level(select.items):
        token = tokens[number]
        if token.text == "*":
            return star_variables(query, select)
        if token.text == "(":
            names.append(alias(query, number))
        elif token.kind == "variable":
            names.append(token.text[1:])
        elif token.word not in ("DISTINCT", "REDUCED"):
            raise Doubt(f"{token.text} is nothing to select.")
    return names


def alias(query: Query, opening: int) -> str:
    """The name in ``(expression AS ?name)``, by the number of its bracket."""
    last = query.after(opening) - 2
    if last <= opening or query.tokens[last].kind != "variable" or query.tokens[last - 1].word != "AS":
        raise Doubt("An expression has no name.")
    return query.tokens[last].text[1:]


def grouped_variables(query: Query, select: Select) -> list[str]:
    """The names of the groups that a grouped select has: ``GROUP BY ?a (?b) (expression AS ?c)``."""
    found: list[str] = []
    for number in query.level(select.modifiers.get("GROUP", Range(0, 0))):
        last = query.after(number) - 2
        if query.tokens[number].kind == "variable":
            found.append(query.tokens[number].text[1:])
        elif query.tokens[number].text == "(" and (last == number + 1 or query.tokens[last - 1].word == "AS"):
            found += variables(query, Range(last, last + 1))
    return found


def variables(query: Query, part: Range) -> list[str]:
    """The names of all variables that stand in ``part``."""
    return [token.text[1:] for token in query.tokens[part.start : part.end] if token.kind == "variable"]


def _of_group(query: Query, group: Range) -> Iterator[str]:
    """Variables of patterns; those of FILTER, of MINUS, within BIND and behind SERVICE are in no scope."""
    tokens = query.tokens
    number = group.start + 1
    if tokens[number].word == "SELECT":
        yield from selected_variables(query, query.selects[number])
        return
    while number < group.end - 1:
        token = tokens[number]
        if token.word in ("FILTER", "MINUS"):
            number = _behind_constraint(query, number)
        elif token.word == "BIND":
            yield alias(query, number + 1)
            number = query.after(number + 1)
        elif token.text == "{":
            yield from _of_group(query, Range(number, query.after(number)))
            number = query.after(number)
        else:
            if token.kind == "variable" and not _is_service(query, number):
                yield token.text[1:]
            number += 1


def _behind_constraint(query: Query, number: int) -> int:
    """The number behind the first brackets: of ``FILTER (…)``, ``FILTER NOT EXISTS {…}`` or ``MINUS {…}``."""
    brackets = (later for later in range(number, len(query.tokens)) if query.tokens[later].text in ("(", "{"))
    return query.after(next(brackets, number))


def _is_service(query: Query, number: int) -> bool:
    before = [token.word for token in query.tokens[number - 2 : number]]
    return before[-1] == "SERVICE" or before == ["SERVICE", "SILENT"]
