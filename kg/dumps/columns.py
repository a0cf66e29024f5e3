"""The kinds of columns that tables have: each knows its type, its meaning and how a row's value is read.

Lists of one table that describe the same things (``donors``, ``donor_names``) have the same order and length. Nothing
is null in a list; a name that is missing is an empty text.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from kg.dumps.paths import Paths
from kg.records import PartialDate

Type = Literal["text", "texts", "day", "number", "offsets"]
Value = str | float | datetime.date | list[str] | list[int] | None
Facts = Paths[Any]
"""Either way of walking paths; rows and things are terms of its own."""
Read = Callable[[Facts, Any], Value]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``type`` is text, a list of texts, a day, a number (64-bit float) or a list of whole numbers."""

    name: str
    type: Type
    about: str
    read: Read


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a row for each thing of the class ``of`` (a prefixed name) in the default graph, in order of IRIs."""

    name: str
    of: str
    about: str
    columns: tuple[Column, ...]


def text_column(name: str, path: str, about: str) -> Column:
    return Column(name, "text", about, lambda facts, row: facts.text(row, path))


def texts_column(name: str, path: str, about: str) -> Column:
    return Column(name, "texts", about, lambda facts, row: facts.texts(row, path))


def number_column(name: str, path: str, about: str) -> Column:
    def read(facts: Facts, row: Any) -> float | None:
        with suppress(ValueError):
            return float(facts.text(row, path) or "")
        return None

    return Column(name, "number", about, read)


def concept_column(name: str, path: str, about: str) -> Column:
    """The last part of a concept's IRI: the schemes are closed lists of words."""
    return Column(name, "text", about, lambda facts, row: _last(facts.text(row, path)))


def concepts_column(name: str, path: str, path_of: str, about: str) -> Column:
    """The concept of each thing that ``path`` leads to, in the order of the things."""

    def read(facts: Facts, row: Any) -> list[str]:
        return [_last(facts.text(thing, path_of)) or "" for thing in facts.nodes(row, path)]

    return Column(name, "texts", about, read)


def _last(iri: str | None) -> str | None:
    return None if iri is None else iri.rpartition("/")[2]


def named_things_columns(name: str, singular: str, path: str, about: str) -> tuple[Column, Column]:
    return (
        texts_column(name, path, f"{about}: their IRIs"),
        Column(
            f"{singular}_names",
            "texts",
            f"the names of `{name}`, in the same order",
            lambda facts, row: [_name(facts, thing) for thing in facts.nodes(row, path)],
        ),
    )


def named_thing_columns(name: str, path: str, about: str) -> tuple[Column, Column]:
    def read_name(facts: Facts, row: Any) -> str | None:
        things = facts.nodes(row, path)
        return _name(facts, things[0]) if things else None

    return text_column(name, path, f"{about}: its IRI"), Column(
        f"{name}_name", "text", f"the name of `{name}`", read_name
    )


def _name(facts: Facts, thing: Any) -> str:
    return facts.text(thing, "schema:name") or ""


def date_columns(name: str, path: str, about: str) -> tuple[Column, Column, Column]:
    """A date as precise as it is known, and the days that it may mean; no day where it is none of ISO 8601."""

    def read_day(facts: Facts, row: Any, end: str) -> datetime.date | None:
        with suppress(ValueError):
            day: datetime.date = getattr(PartialDate(facts.text(row, path) or ""), end)
            return day
        return None

    return (
        text_column(name, path, f"{about}, as precise as it is known: `2020-03-22`, `2020-03` or `2020`"),
        Column(
            f"{name}_first", "day", f"the first day that `{name}` may mean", lambda f, row: read_day(f, row, "first")
        ),
        Column(f"{name}_last", "day", f"the last day that `{name}` may mean", lambda f, row: read_day(f, row, "last")),
    )


def quantity_columns(to: str = "") -> tuple[Column, ...]:
    """Numbers of what ``to`` leads to, with their hedge."""
    return (
        number_column("value", f"{to}schema:value", "the number told"),
        number_column("min_value", f"{to}schema:minValue", "the least that it may be: of “over 6,000”, 6000"),
        number_column("max_value", f"{to}schema:maxValue", "the most that it may be"),
        concept_column(
            "qualifier", f"{to}aid:qualifier", "how the number is hedged: exact, over, at-least, about, up-to, range"
        ),
        text_column("unit", f"{to}schema:unitText", "what is counted, as printed (`tonnes`); null for money"),
        text_column("currency", f"{to}schema:currency", "the currency of an amount of money (ISO 4217)"),
    )


def article_columns(path: str) -> tuple[Column, ...]:
    """The one article that tells of the row."""
    return (
        text_column("article", path, "the article that tells it: its IRI"),
        text_column("article_id", f"{path}/schema:identifier", "its identifier"),
        text_column("headline", f"{path}/schema:headline", "its headline"),
        text_column("publisher", f"{path}/schema:publisher/schema:name", "the name of its publisher"),
        text_column(
            "published", f"{path}/schema:datePublished", "the date it was published on, as precise as it is known"
        ),
        text_column("url", f"{path}/schema:url", "its address on the web"),
    )


def articles_columns(path: str) -> tuple[Column, ...]:
    """All articles that tell of the row: lists of one order."""

    def listed(name: str, path_of: str, about: str) -> Column:
        return Column(
            name,
            "texts",
            about,
            lambda facts, row: [facts.text(one, path_of) or "" for one in facts.nodes(row, path)],
        )

    return (
        texts_column("articles", path, "the articles that tell it: their IRIs"),
        listed("article_ids", "schema:identifier", "the identifiers of `articles`, in the same order"),
        listed("headlines", "schema:headline", "the headlines of `articles`"),
        listed("publishers", "schema:publisher/schema:name", "the names of the publishers of `articles`"),
        listed("published", "schema:datePublished", "the dates on which `articles` were published"),
        listed("urls", "schema:url", "the addresses of `articles` on the web"),
    )


def evidence_columns(path: str = "aid:evidence") -> tuple[Column, ...]:
    return (
        Column("evidence", "texts", "the words of the articles that prove it",
               lambda facts, row: [span.exact for span in facts.spans(row, path)]),
        Column("evidence_articles", "texts", "the articles that `evidence` stands in: their IRIs",
               lambda facts, row: [span.article for span in facts.spans(row, path)]),
        Column("evidence_starts", "offsets", "where `evidence` begins in the article's text, in code points from 0",
               lambda facts, row: [span.start for span in facts.spans(row, path)]),
        Column("evidence_ends", "offsets", "where `evidence` ends, exclusive",
               lambda facts, row: [span.end for span in facts.spans(row, path)]),
    )  # fmt: skip


def iri_column(name: str, about: str) -> Column:
    return Column(name, "text", f"{about}: its IRI", lambda facts, row: facts.word(row))
