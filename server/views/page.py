"""What every page has: a title, the forms in which its data can be had, and what is embedded for search engines.

Each page's variables are one frozen dataclass, called ``page`` in its template, so that what a template
may use is written down and typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

T = TypeVar("T")

PAGE_SIZE = 50
"""Rows of a list on one page."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of the same thing, for ``<link rel="alternate">`` and for the list at the foot of the page."""

    href: str
    media_type: str
    label: str


@dataclass(frozen=True, slots=True)
class Head:
    """The part of a page that its frame shows.

    ``structured`` is schema.org JSON-LD; ``canonical`` the path that search engines are to know the page by, which
    ``noindex`` keeps out of them; ``scripts`` are bundles in ``static/ui`` that make the page more comfortable.
    """

    title: str
    description: str = ""
    iri: str | None = None
    alternates: tuple[Alternate, ...] = ()
    structured: Mapping[str, object] | None = None
    canonical: str | None = None
    noindex: bool = False
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """An error as a person sees it."""

    title: str
    status: int
    detail: str

    @property
    def head(self) -> Head:
        """An error has no data and nothing for search engines."""
        return Head(self.title)


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one is in a long list. Pages count from 1; an empty list has one page."""

    number: int
    total: int
    parameter: str = "page"
    keep: str = ""
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, ceil(self.total / self.size))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The number of the first row on this page, 0 in an empty list."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return min(self.total, self.offset + self.size)

    def slice(self, things: Sequence[T]) -> Sequence[T]:
        """Those of all things that stand on this page."""
        return things[self.offset : self.offset + self.size]

    def href(self, number: int) -> str:
        """The address of another page of the same list."""
        return f"?{self.keep}{'&' if self.keep else ''}{self.parameter}={number}"
