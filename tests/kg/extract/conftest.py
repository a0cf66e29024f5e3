"""The figures of made-up paragraphs in one line each, for every test of figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kg.extract.figures import find_figures
from kg.extract.times import Anchor
from kg.records import Figure


@pytest.fixture(scope="session")
def show() -> Callable[[Figure], str]:
    """Writes a figure in the notation of the tables: ``deaths 30 france change``."""
    return _show


@pytest.fixture(scope="session")
def read_figures(read: Callable[..., Any]) -> Callable[..., tuple[str, ...]]:
    """Reads ``text``, with ``headline`` by name, and gives its figures in the notation of the tables."""

    def read_them(text: str, *, headline: str = "") -> tuple[str, ...]:
        document = read(text, headline=headline)
        figures, _ = find_figures(document.scene, Anchor(document.article.published, None))
        return tuple(_show(figure) for figure in figures)

    return read_them


def _show(figure: Figure) -> str:
    quantity = figure.quantity
    bounds = f"{_plain(quantity.minimum)}-{_plain(quantity.maximum)}"
    value = _plain(quantity.value) if quantity.value is not None else bounds
    place = figure.place.split("/")[1] if figure.place else "-"
    return f"{figure.measure} {value} {place}{' change' if figure.change else ''}"


def _plain(value: Decimal | None) -> str:
    """A decimal without exponent or trailing zeros."""
    return "" if value is None else f"{value.normalize():f}"
