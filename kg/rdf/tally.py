"""How many nodes of each kind an article's graph holds, told from its reading, so that nobody has to scan a store.

Counted are nodes and not records: what two rules found alike has one IRI. No other article can add to these nodes; of
events and entities, which articles share, a graph has as many as there are merged events and keys.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.rdf.iris import part_names
from kg.records import Figure, Quotation, Reading, Report


@dataclass(frozen=True, slots=True)
class Tally:
    """Nodes of one article, or of several when added up. ``statistics`` are figures."""

    reports: int = 0
    statistics: int = 0
    quotations: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.reports + other.reports, self.statistics + other.statistics, self.quotations + other.quotations
        )

    def __sub__(self, other: Tally) -> Tally:
        return Tally(
            self.reports - other.reports, self.statistics - other.statistics, self.quotations - other.quotations
        )


def tally_of(reading: Reading) -> Tally:
    """What one article holds."""
    names = part_names(reading)
    reports, statistics, quotations = (
        len({name for part, name in names.items() if isinstance(part, kind)}) for kind in (Report, Figure, Quotation)
    )
    return Tally(reports, statistics, quotations)
