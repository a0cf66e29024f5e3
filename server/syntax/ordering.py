"""ORDER BY over terms of many kinds, written so that the engine can sort them.

A query whose sort ended the worker is tried once more with the text that :func:`total_order` gives. Its conditions
are evaluated as the last part of the group, each once a row, and the sort compares what :mod:`server.syntax.sortkeys`
makes of them. Where nothing is grouped, the group is wrapped:

    SELECT ?a { … } ORDER BY ?c          SELECT ?a { { … } BIND(… AS ?key) } ORDER BY ?key

A grouped select becomes an inner one, which also gives the aggregates that the conditions name:

    SELECT ?a (COUNT(*) AS ?n) { … }     SELECT ?a ?n { { SELECT ?a (COUNT(*) AS ?n) { … } GROUP BY ?a }
    GROUP BY ?a ORDER BY ?n              BIND(… AS ?key) } ORDER BY ?key

Nothing that the query selects is changed, and ``SELECT *`` is written out, so that the keys do not show.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.syntax.edits import Edit, apply_edits
from server.syntax.scope import alias, grouped_variables, selected_variables, star_variables, variables
from server.syntax.selects import AGGREGATES, Query, Range, Select, read_query
from server.syntax.sortkeys import bindings, conditions
from server.syntax.tokens import Doubt

_NOTHING = Range(0, 0)


def total_order(text: str) -> str | None:
    """``text`` with each ORDER BY made total; None if it has none, or cannot be rewritten with certainty."""
    if "order" not in text.lower():
        return None
    try:
        query = read_query(text)
        ordered = [select for select in query.selects.values() if "ORDER" in select.modifiers]
        names = _free_names(text)
        edits = [edit for select in ordered for edit in _rewriter(query, select, names).edits()]
    except Doubt:
        return None
    return apply_edits(text, edits) if edits else None


def _free_names(text: str) -> Iterator[str]:
    """Beginnings of variable names that the text does not have."""
    stem, number = "key", 0
    while stem in text:
        stem += "_"
    while True:
        number += 1
        yield f"{stem}{number}"


def _rewriter(query: Query, select: Select, names: Iterator[str]) -> _Rewriter:
    parts = [select.items, *select.modifiers.values()]
    is_grouped = not {"GROUP", "HAVING"}.isdisjoint(select.modifiers)
    has_rows = not _has(query, select.items, {"*"}) or star_variables(query, select)
    if select.form == "ASK" or not has_rows:
        return _Rewriter(query, select, names)
    if is_grouped or any(_has(query, part, AGGREGATES) for part in parts):
        return _Nester(query, select, names)
    return _Wrapper(query, select, names)


def _has(query: Query, part: Range, words: set[str] | frozenset[str]) -> bool:
    """Whether one of ``words`` stands in ``part``."""
    return any(token.text.upper() in words for token in query.tokens[part.start : part.end])


class _Rewriter:
    """Rewrites one select of a query. This one leaves its order out: one row, or rows that are all equal."""

    def __init__(self, query: Query, select: Select, names: Iterator[str]) -> None:
        self.query = query
        self.select = select
        self.order = select.modifiers["ORDER"]
        self.values = select.modifiers.get("VALUES", _NOTHING)
        if any(_has(query, part, {"{"}) for part in (select.items, self.order)):
            raise Doubt("A pattern stands in an expression.")
        self.keys = {next(names): condition for condition in _conditions(query, self.order)}
        if not self.keys:
            raise Doubt("ORDER BY has no condition.")

    def edits(self) -> Iterator[Edit]:
        """What makes the select's order total."""
        yield self.replace(self.order, "")

    def replace(self, part: Range, text: str) -> Edit:
        return Edit(self.query.tokens[part.start].start, self.query.tokens[part.end - 1].end, text)

    def insert(self, number: int, text: str) -> Edit:
        """``text`` before a token."""
        start = self.query.tokens[number].start
        return Edit(start, start, text)

    def items(self) -> Iterator[Range]:
        """What is selected, one by one."""
        for number in self.query.level(self.select.items):
            if self.query.tokens[number].word not in ("DISTINCT", "REDUCED"):
                yield Range(number, self.query.after(number))

    def new_order(self) -> str:
        return "ORDER BY " + " ".join(conditions(name, direction) for name, (_, direction) in self.keys.items())

    def without_values(self) -> Iterator[Edit]:
        """The VALUES at the end move to where they still come before the keys."""
        if self.values:
            yield self.replace(self.values, "")


class _Wrapper(_Rewriter):
    """``{ … }`` becomes ``{ { … } VALUES … BIND(… AS ?alias) BIND(… AS ?key) }``."""

    def edits(self) -> Iterator[Edit]:
        query, group = self.query, self.select.group
        aliased = list(self._aliased())
        bound = [f"BIND{query.source(part)}" for part in aliased]
        bound += [bindings(query.source(part), name) for name, (part, _) in self.keys.items()]
        end = query.tokens[group.end - 1].end
        yield self.insert(group.start, "{ ")
        yield Edit(end, end, f" {query.source(self.values)} {' '.join(bound)} }}")
        yield self.replace(self.order, self.new_order())
        yield from self.without_values()
        yield from (self.replace(part, f"?{alias(query, part.start)} ") for part in aliased)
        for part in self.items():
            if query.tokens[part.start].text == "*":
                yield self.replace(
                    part, " ".join(["", *(f"?{name}" for name in star_variables(query, self.select)), ""])
                )
        yield from self._template()

    def _aliased(self) -> Iterator[Range]:
        """The items ``(expression AS ?name)``, if a condition names one of them."""
        items = [part for part in self.items() if self.query.tokens[part.start].text == "("]
        named = {name for part, _ in self.keys.values() for name in variables(self.query, part)}
        if not named.isdisjoint(alias(self.query, part.start) for part in items):
            yield from items

    def _template(self) -> Iterator[Edit]:
        """``CONSTRUCT WHERE { … }`` has no template of its own; with the keys in its group it needs one."""
        first = self.select.items.start
        if self.select.form == "CONSTRUCT" and self.query.tokens[first - 1].word == "CONSTRUCT":
            yield self.insert(first, f"{self.query.source(self.select.group)} ")


class _Nester(_Rewriter):
    """The select becomes an inner one, of which an outer selects the same."""

    def edits(self) -> Iterator[Edit]:
        query, items = self.query, list(self.items())
        if self.select.form != "SELECT":
            raise Doubt(f"{self.select.form} with groups.")
        selected = " ".join(f"?{name}" for name in selected_variables(query, self.select))
        inner = {query.source(part): None for part in items}  # in order, each once
        bound = [bindings(self._outside(name, part, inner), name) for name, (part, _) in self.keys.items()]
        yield self.replace(Range(items[0].start, items[-1].end), f" {selected} ")
        yield self.insert(self.select.group.start, f"{{ {{ SELECT {' '.join(inner)} ")
        yield self.replace(self.order, f"{query.source(self.values)} }} {' '.join(bound)} }} {self.new_order()}")
        yield from self.without_values()

    def _outside(self, name: str, part: Range, inner: dict[str, None]) -> str:
        """A condition's expression as it is outside the inner select, whose items get what it needs from within."""
        named = set(variables(self.query, part))
        if not _has(self.query, part, AGGREGATES):
            needed = named.intersection(grouped_variables(self.query, self.select))
            inner.update(dict.fromkeys(f"?{found}" for found in sorted(needed) if f"${found}" not in inner))
            return self.query.source(part)
        if named.intersection(alias(self.query, item.start) for item in self.items() if item.end - item.start > 1):
            raise Doubt("A condition mixes aggregates with names of others.")
        inner[f"({self.query.source(part)} AS ?{name}a)"] = None
        return f"?{name}a"


def _conditions(query: Query, order: Range) -> Iterator[tuple[Range, str]]:
    """The expressions of ORDER BY, each with its direction.

    Raises:
        Doubt: something else stands there.
    """
    number = order.start + 2
    while number < order.end:
        direction = query.tokens[number].word
        start = number + 1 if direction in ("ASC", "DESC") else number
        number = start
        while number < order.end and query.tokens[number].kind in ("word", "iri", "name"):  # a function's name
            number += 1
        if number == order.end or (query.tokens[number].kind != "variable" and query.tokens[number].text != "("):
            raise Doubt("A condition cannot be told from the next.")
        number = query.after(number)
        yield Range(start, number), "DESC" if direction == "DESC" else "ASC"
