"""What became of corrections, by their number in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from kg.corrections.files import Corrections
from kg.records import Correction, CorrectionKind, PartialDate

Applied = dict[int, Correction]


def applied(corrections: Corrections, number: int) -> Correction:
    """A correction that was applied, without what came of it."""
    entry = corrections.entries[number]
    kind = cast("CorrectionKind", entry.__struct_config__.tag)  # a test compares the tags with the closed list
    day = PartialDate(corrections.date)
    return Correction(kind, corrections.by, day, entry.why, corrections.place(number))


def failed(corrections: Corrections, number: int, problem: str) -> Correction:
    """A correction that fits nothing any more, and why."""
    return replace(applied(corrections, number), problem=problem)
