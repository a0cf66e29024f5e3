"""What several articles say of one event, side by side: where they agree, where they differ, what each leaves out.

An article that does not say something contradicts nobody. Of those that say it, the ones that differ are those that
do not say what most say; where no side is the greater, all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.views.claims import Claim, Telling, Value
from server.views.parts import Source

MOST_COLUMNS: Final = 6
"""Articles that fit beside each other on a wide screen."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article says; no values if it does not."""

    values: tuple[Value, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One side of the giving. If all that speak of it agree, ``agreed`` says what they say, and how many they are."""

    label: str
    cells: tuple[Cell, ...]
    agreed: tuple[Value, ...]
    speakers: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table: a column an article. ``left_out`` articles found no room, but were compared."""

    sources: tuple[Source | None, ...]
    rows: tuple[Row, ...]
    left_out: int

    @property
    def differing(self) -> tuple[str, ...]:
        """The sides of the giving on which the articles differ."""
        return tuple(row.label for row in self.rows if not row.agreed)


def compare(tellings: Sequence[Telling]) -> Comparison | None:
    """The comparison of what several articles assert; None for one alone."""
    if len(tellings) < 2:
        return None
    rows = tuple(_row(claims) for claims in zip(*(telling.claims for telling in tellings), strict=True))
    sources = tuple(telling.source for telling in tellings[:MOST_COLUMNS])
    spoken_of = tuple(row for row in rows if row.speakers)
    return Comparison(sources, spoken_of, max(0, len(tellings) - MOST_COLUMNS))


def _row(claims: Sequence[Claim]) -> Row:
    meant = [frozenset(value.key for value in claim.values) for claim in claims]
    said = Counter(keys for keys in meant if keys)
    usual = _usual(said)
    cells = tuple(
        Cell(claim.values, bool(keys) and keys != usual) for claim, keys in zip(claims, meant, strict=True)
    )  # fmt: skip
    agreed = next((claim.values for claim in claims if claim.values), ()) if len(said) == 1 else ()
    return Row(claims[0].label, cells[:MOST_COLUMNS], agreed, said.total())


def _usual(said: Counter[frozenset[str]]) -> frozenset[str] | None:
    """What most say; None if no side is the greater."""
    first, second = [*said.most_common(2), (None, 0), (None, 0)][:2]
    return first[0] if first[1] > second[1] else None
