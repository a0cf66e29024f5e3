"""One result as it is shown: its name and the words around what was found, with the marks of FTS5 read off.

A text from the data may hold anything, tags and our own marks included, so that no HTML is made here: a text becomes
pieces, marked or not, and the template escapes each.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from server.addresses import Addresses
from server.search.find import NAMED
from server.search.kinds import PARTS

_OPEN, _CLOSE, _BETWEEN = "\x01", "\x02", "\x1f"
_MARKED: Final = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_CONTROLS: Final = {number: None for number in range(32) if chr(number) not in "\t\n\r"}
_HITS: Final = """
SELECT document.id, document.kind, document.anchor, document.iri, document.title AS plain, document.body AS text,
    thing.iri AS page, thing.name, thing.lang, thing.uses, coalesce(event.date, article.date) AS date,
    highlight(search, 0, char(1), char(2)) AS title,
    snippet(search, 1, char(1), char(2), '…', 16) AS other,
    snippet(search, 2, char(1), char(2), '…', 30) AS body,
    (SELECT group_concat(publisher.name, char(31)) FROM link JOIN thing AS publisher ON publisher.id = link.target
        WHERE link.role = 'publisher' AND link.source = document.thing) AS publishers
FROM search JOIN document ON document.id = search.rowid JOIN thing ON thing.id = document.thing
LEFT JOIN event ON event.id = document.thing LEFT JOIN article ON article.id = document.thing
WHERE search MATCH ? AND search.rowid = ?
"""
"""A snippet has 30 words; FTS5 gives up to 64. The characters are those named above."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether it is what was found."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One result.

    ``href`` is None for what a browser should not be sent to; ``place`` is the name of the page that shows a part;
    ``uses`` is how many events and articles name it, where that is told.
    """

    kind: str
    iri: str
    href: str | None
    label: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    lang: str | None
    date: str | None
    publishers: tuple[str, ...]
    place: str | None
    uses: int


def read_hits(index: sqlite3.Connection, addresses: Addresses, expression: str, ids: Sequence[int]) -> tuple[Hit, ...]:
    """The results with these ids, in this order; without those that are gone, which the words of an older index still
    find (:mod:`kg.index.older`)."""
    rows = (index.execute(_HITS, (expression, number)).fetchone() for number in ids)
    return tuple(_hit(row, addresses) for row in rows if row is not None)


def _hit(row: sqlite3.Row, addresses: Addresses) -> Hit:
    is_part = row["kind"] in PARTS
    title = read_pieces(row["title"]) or (Piece(row["name"]),)
    label = _plain(row["plain"]) or row["name"]
    place = row["name"] if is_part and row["name"] != label else None
    return Hit(
        row["kind"], row["iri"], address(addresses, row["page"], row["anchor"]), label, title, _snippet(row),
        None if is_part else _foreign(row["lang"]), row["date"],
        tuple(filter(None, (row["publishers"] or "").split(_BETWEEN))), place,
        row["uses"] if row["kind"] in NAMED else 0,
    )  # fmt: skip


def address(addresses: Addresses, page: str, anchor: str) -> str | None:
    """The place on the page that shows it."""
    href = addresses.page_of(page)
    return f"{href}#{quote(anchor)}" if href and anchor and "#" not in href else href


def _snippet(row: sqlite3.Row) -> tuple[Piece, ...]:
    """The words around what was found. Other names are shown only if it was found in nothing else."""
    title, body, other = (read_pieces(row[column]) for column in ("title", "body", "other"))
    is_elsewhere = any(piece.is_marked for piece in (*title, *body))
    return other if not is_elsewhere and any(piece.is_marked for piece in other) else body


def read_pieces(text: str) -> tuple[Piece, ...]:
    """A text with FTS5's marks in pieces. Marks that the text itself had, and other control characters, are gone."""
    return tuple(piece for piece in _pieces(text) if piece.text)


def _pieces(text: str) -> Iterator[Piece]:
    end = 0
    for found in _MARKED.finditer(text):
        yield Piece(_plain(text[end : found.start()]))
        yield Piece(_plain(found[1]), is_marked=True)
        end = found.end()
    yield Piece(_plain(text[end:]))


def _plain(text: str) -> str:
    return text.translate(_CONTROLS)


def _foreign(lang: str | None) -> str | None:
    return lang if lang and not lang.startswith("en") else None
