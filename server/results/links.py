"""A cell as something to read and to follow."""

from __future__ import annotations

from kg.formats import shorten
from server.addresses import Addresses
from server.results.answer import Cell
from server.views.reader import Link


def link_of(cell: Cell, addresses: Addresses) -> Link:
    """A cell with its address: ours lead to their pages, known prefixes shorten the rest, literals lead nowhere."""
    if cell.is_iri:
        return Link(_short(cell.value, addresses.base), addresses.page_of(cell.value), iri=cell.value)
    return Link(cell.value, lang=cell.lang)


def _short(iri: str, base: str) -> str:
    return iri.removeprefix(f"{base}id/") if iri.startswith(f"{base}id/") else shorten(iri)
