"""Corrections as they are explained: what was asked for, what came of it, and what it replaced."""

from __future__ import annotations

from kg.explain.findings import Edited, place
from kg.explain.names import EntityNames
from kg.records import Correction, Reading
from kg.wording import figure_words, quotation_words, report_words


def edited(reading: Reading, names: EntityNames) -> tuple[Edited, ...]:
    """Every correction of the article, in the order in which they were applied."""
    return tuple(_edited(correction, reading, names) for correction in reading.corrections)


def _edited(correction: Correction, reading: Reading, names: EntityNames) -> Edited:
    replaced = tuple(
        f"{one.what}: {one.value} {' '.join(map(place, one.evidence))}".rstrip() for one in correction.replaced
    )
    return Edited(
        kind=correction.kind,
        place=correction.place,
        by=correction.by,
        date=correction.date.iso,
        why=correction.why,
        replaced=replaced,
        yielded=_yielded(correction, reading, names),
        problem=correction.problem,
    )


def _yielded(correction: Correction, reading: Reading, names: EntityNames) -> tuple[str, ...]:
    text = reading.article.text
    return (
        *names.full(correction.entity),
        *(report_words(reading.reports[number], names.short) for number in correction.reports),
        *(figure_words(reading.figures[number], names.short) for number in correction.figures),
        *(quotation_words(reading.quotations[number], text, names.short) for number in correction.quotations),
    )
