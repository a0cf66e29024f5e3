"""What editors judge of reports in two articles: which two are meant, and what can no longer be matched.

This is asked of all kept readings at each build, since the other article may have come, gone or changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.corrections.matching import UnmatchedError, occurrences
from kg.merge.event import Telling
from kg.merge.judged import Judged, Refused
from kg.records import Correction, Judgement, Reading, Report


class Kept(Protocol):
    """The readings of all articles (:class:`kg.readings.Readings`)."""

    def corrected(self) -> Iterator[Reading]: ...

    def get(self, identifier: str) -> Reading | None: ...


def judge(readings: Kept) -> tuple[tuple[Judged, ...], tuple[str, ...]]:
    """All judgements of editors whose two reports are there, and a line for each correction that fits nothing."""
    judged: list[Judged] = []
    warnings: list[str] = []
    for reading in readings.corrected():
        for position, correction in enumerate(reading.corrections):
            try:
                if correction.problem:
                    raise UnmatchedError(correction.problem)
                if correction.judgement is not None and correction.reports:
                    judged.append(_judged(reading, position, correction, correction.judgement, readings))
            except UnmatchedError as error:
                warnings.append(warning(correction, str(error)))
    return tuple(judged), tuple(warnings)


def warning(correction: Correction, problem: str) -> str:
    """``tents.corrections.yaml:12: change report is not applied: no report …``"""
    return f"{correction.place}: {correction.kind} is not applied: {problem}"


def refused_warnings(refused: Iterable[Refused]) -> tuple[str, ...]:
    """A line for each judgement that the merge could not follow."""
    return tuple(f"{one.judged.place}: same event is not applied: {one.problem}" for one in refused)


def _judged(reading: Reading, position: int, correction: Correction, judgement: Judgement, readings: Kept) -> Judged:
    identifier = reading.article.id
    other = None if judgement.article == identifier else readings.get(judgement.article)
    if other is None:
        raise UnmatchedError(f"there is no other article {judgement.article!r} in the graph")
    here = Telling.of(identifier, reading.reports[correction.reports[0]])
    there = Telling.of(judgement.article, _meant(other, judgement))
    return Judged(here, there, judgement.same, correction.why, correction.place, position)


def _meant(other: Reading, judgement: Judgement) -> Report:
    found = [report for report in other.reports if _fits(report, other.article.text, judgement)]
    if len(found) == 1:
        return found[0]
    number = f"{len(found)} reports" if found else "no report"
    raise UnmatchedError(f"{number} asserted by the article {judgement.article!r} fit “{judgement.words}”")


def _fits(report: Report, text: str, judgement: Judgement) -> bool:
    if report.modality != "asserted" or not occurrences(judgement.words, text, report.evidence):
        return False
    asked = (
        (judgement.donors, report.donors),
        (judgement.recipients, report.recipients),
        (judgement.phase and (judgement.phase,), (report.phase,)),
    )
    return all(wanted is None or set(wanted) == set(got) for wanted, got in asked)
