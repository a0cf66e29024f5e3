"""The facts of an article with the rule that found each, and what was seen and not taken."""

from __future__ import annotations

from collections.abc import Iterator

from kg.explain.findings import Finding, finding, place
from kg.explain.names import EntityNames
from kg.records import Figure, Quotation, Reading, Report, Role
from kg.wording import figure_words, item_words, quotation_words, report_words


def fact_findings(reading: Reading, names: EntityNames) -> Iterator[Finding]:
    """Every report, figure, quotation, role and note of a reading."""
    text = reading.article.text
    for report in reading.reports:
        yield from _of_report(report, text, names)
    for figure in reading.figures:
        yield _of_figure(figure, text, names)
    for quotation in reading.quotations:
        yield _of_quotation(quotation, text, names)
    for role in reading.roles:
        yield _of_role(role, text, names)
    for note in reading.notes:
        yield finding("not taken", note.span, text, note.text)


def _of_report(report: Report, text: str, names: EntityNames) -> Iterator[Finding]:
    """In full where its first words stand; at its other words only that they belong to it."""
    first, *others = report.evidence
    says = report_words(report, names.short)
    yield finding(
        "event", first, text, says, why=_rule(report.rule),
        donors=names.all(report.donors), recipients=names.all(report.recipients),
        through=names.all(report.implementers),
        items=tuple(f"{item_words(item)} {place(item.span)}" for item in report.items),
        date=(report.date.iso,) if report.date else (),
        crisis=names.full(report.crisis), places=names.all(report.locations),
        also_told=tuple(map(place, others)),
    )  # fmt: skip
    for span in others:
        yield finding("goes on", span, text, f"the event of {place(first)}: {says}")


def _of_figure(figure: Figure, text: str, names: EntityNames) -> Finding:
    return finding(
        "figure", figure.evidence, text, figure_words(figure, names.short), why=_rule(figure.rule),
        place=names.full(figure.place), crisis=names.full(figure.crisis),
        date=(figure.date.iso,) if figure.date else (),
    )  # fmt: skip


def _of_quotation(quotation: Quotation, text: str, names: EntityNames) -> Finding:
    says = quotation_words(quotation, text, names.short)
    return finding("quotation", quotation.evidence, text, says, speaker=names.full(quotation.speaker))


def _of_role(role: Role, text: str, names: EntityNames) -> Finding:
    says = f"{names.short(role.person)} is {role.title}"
    return finding("role", role.evidence, text, says, person=names.full(role.person), of=names.full(role.of))


def _rule(rule: str) -> str:
    """Each once: an event that several sentences tell was found by several rules, or by one again and again."""
    rules = list(dict.fromkeys(filter(None, rule.split("; "))))
    return f"rule{'s' if len(rules) > 1 else ''} {'; '.join(rules)}" if rules else ""
