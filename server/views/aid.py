"""How much help somebody gave and got, by year, counted so that a promise is never taken for a gift.

Every phase of a giving is an event, and ``aid:fulfils`` leads from a later phase to an earlier one. So each giving is
counted once, at the furthest phase that articles tell of: an event that another fulfils is left out. What counts as
given is what was sent or handed over. These are numbers of givings and not amounts: those are told in too many units.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from server.addresses import Addresses
from server.drawing import Bar, BarDrawing, draw_bars
from server.explore.links import foreign
from server.views.reader import Link, term

SERIES: Final[Mapping[str, str]] = {
    "donor": "Given",
    "recipient": "Received",
    "implementer": "Carried out",
    "crisis": "In this crisis",
    "place": "In this place",
}
"""The parts that a thing can have in an event, by their role in the index, with their names in charts."""

MOST_YEARS: Final = 60
MOST_PARTNERS: Final = 10

_GIVEN: Final = ("dispatched", "delivered")
_FURTHEST: Final = "NOT EXISTS (SELECT 1 FROM link AS later WHERE later.role = 'fulfils' AND later.target = event.id)"


@dataclass(frozen=True, slots=True)
class Counts:
    """Givings by the furthest phase told; ``other`` are those whose phase is not told, or none of ours."""

    given: int = 0
    promised: int = 0
    asked: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.given + self.promised + self.asked + self.other


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year, or None for what is not dated, with the counts of each series."""

    year: int | None
    counts: tuple[Counts, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All series by year, the latest first, with their sums; ``drawing`` shows what was given, if it has two years."""

    series: tuple[str, ...]
    rows: tuple[YearRow, ...]
    sums: tuple[Counts, ...]
    left_out: int
    drawing: BarDrawing | None

    @property
    def has_others(self) -> bool:
        """Whether some giving has a phase that is not ours."""
        return any(counts.other for counts in self.sums)


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody or something in the same givings. ``href`` lists their events."""

    link: Link
    counts: Counts
    href: str


@dataclass(frozen=True, slots=True)
class Partners:
    """The most frequent partners in one role, and how many there are."""

    rows: tuple[Partner, ...]
    total: int


def read_ledger(index: sqlite3.Connection, thing: int, roles: Sequence[str], value: str, name: str) -> Ledger | None:
    """The givings in which a thing has some part; None if there is none.

    Args:
        thing: its id in the index.
        roles: keys of :data:`SERIES`.
        value: the thing as a parameter of lists: ``country/italy``.
        name: for the title of the chart.
    """
    found = {role: by_year for role in roles if (by_year := _by_year(index, role, thing))}
    if not found:
        return None
    years = sorted({year for by_year in found.values() for year in by_year}, key=lambda year: -(year or -9999))
    rows = tuple(YearRow(year, tuple(by_year.get(year, Counts()) for by_year in found.values())) for year in years)
    return Ledger(
        series=tuple(SERIES[role] for role in found),
        rows=rows[:MOST_YEARS],
        sums=tuple(_sum(by_year.values()) for by_year in found.values()),
        left_out=max(0, len(rows) - MOST_YEARS),
        drawing=_draw(found, value, name),
    )


def _by_year(index: sqlite3.Connection, role: str, thing: int) -> dict[int | None, Counts]:
    rows = index.execute(
        "SELECT year, thing.iri AS phase, number FROM (SELECT event.year AS year, event.phase AS phase, "
        "count(*) AS number FROM link JOIN event ON event.id = source "
        f"WHERE role = ? AND target = ? AND {_FURTHEST} GROUP BY event.year, event.phase) "
        "LEFT JOIN thing ON thing.id = phase",
        (role, thing),
    ).fetchall()
    years = {row["year"] for row in rows}
    return {year: _counts({row["phase"]: row["number"] for row in rows if row["year"] == year}) for year in years}


def _counts(by_phase: Mapping[str | None, int]) -> Counts:
    def of(*names: str) -> int:
        return sum(by_phase.get(_phase_iri(name), 0) for name in names)

    given, promised, asked = of(*_GIVEN), of("pledged"), of("requested")
    return Counts(given, promised, asked, sum(by_phase.values()) - given - promised - asked)


def _sum(counts: Iterable[Counts]) -> Counts:
    entries = [(one.given, one.promised, one.asked, one.other) for one in counts]
    return Counts(*map(sum, zip(*entries, strict=True)))


def _draw(found: Mapping[str, Mapping[int | None, Counts]], value: str, name: str) -> BarDrawing | None:
    """What was sent or handed over, by year; None where it is all of one year, or undated."""
    dated = {
        role: {year: counts.given for year, counts in sorted(_dated(by_year).items()) if counts.given}
        for role, by_year in found.items()
    }
    if len({year for by_year in dated.values() for year in by_year}) < 2:
        return None
    bars = {
        SERIES[role]: [Bar(str(year), given, _year_href(role, value, year)) for year, given in by_year.items()]
        for role, by_year in dated.items()
        if by_year
    }
    return draw_bars(bars, title=f"Help sent or handed over, by year: {name}")


def _dated(by_year: Mapping[int | None, Counts]) -> dict[int, Counts]:
    return {year: counts for year, counts in by_year.items() if year is not None}


def _year_href(role: str, value: str, year: int) -> str:
    return events_href({role: value}, phases=_GIVEN, year=year)


def events_href(chosen: Mapping[str, str], *, phases: Sequence[str] = (), year: int | None = None) -> str:
    """The list of events with these parties, crisis or place, by their role, as its own page writes the address."""
    given = [f"{name}={quote(value, safe='/:')}" for name, value in chosen.items()]
    given += [f"phase={phase}" for phase in sorted(phases)]
    given += [f"from={year:04d}&to={year:04d}"] if year is not None else []
    return f"/events?{'&'.join(given)}"


def list_value(addresses: Addresses, iri: str) -> str:
    """A thing as a parameter of lists: ``country/italy``; the whole IRI of what is not ours."""
    return iri.removeprefix(f"{addresses.base}id/")


def read_partners(
    index: sqlite3.Connection, addresses: Addresses, thing: int, value: str, *, role: str, of: str
) -> Partners:
    """Who or what has the role ``of`` in the givings in which a thing has ``role``, the most frequent first."""
    rows = index.execute(
        "SELECT iri, name, lang, number, given, promised, asked, total FROM ("
        "SELECT other.target AS target, count(*) AS number, count(*) OVER () AS total, "
        "sum(event.phase IN (SELECT id FROM thing WHERE iri IN (?, ?))) AS given, "
        "sum(event.phase = (SELECT id FROM thing WHERE iri = ?)) AS promised, "
        "sum(event.phase = (SELECT id FROM thing WHERE iri = ?)) AS asked "
        "FROM link AS mine JOIN event ON event.id = mine.source "
        "JOIN link AS other ON other.source = mine.source AND other.role = ? "
        f"WHERE mine.role = ? AND mine.target = ? AND other.target != mine.target AND {_FURTHEST} "
        "GROUP BY other.target ORDER BY given DESC, number DESC, target LIMIT ?"
        ") JOIN thing ON thing.id = target ORDER BY given DESC, number DESC, target",
        (*map(_phase_iri, (*_GIVEN, "pledged", "requested")), of, role, thing, MOST_PARTNERS),
    ).fetchall()
    return Partners(tuple(_partner(row, addresses, {role: value}, of) for row in rows), rows[0]["total"] if rows else 0)


def _partner(row: sqlite3.Row, addresses: Addresses, mine: Mapping[str, str], of: str) -> Partner:
    given, promised, asked = row["given"] or 0, row["promised"] or 0, row["asked"] or 0
    return Partner(
        Link(row["name"], addresses.page_of(row["iri"]), foreign(row["lang"]), row["iri"]),
        Counts(given, promised, asked, row["number"] - given - promised - asked),
        events_href({**mine, of: list_value(addresses, row["iri"])}),
    )


def _phase_iri(name: str) -> str:
    return term(f"phase:{name}").value
