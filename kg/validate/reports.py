"""What a validation found, written for people or for programs; as RDF it is :mod:`kg.validate.rdf`'s."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from kg.validate.findings import Finding

LONGEST_WORDS: Final = 100
"""Characters of the article's words that a report for people shows."""


def conforms(findings: Sequence[Finding], *, allow_warnings: bool = False) -> bool:
    """Whether nothing was found (https://www.w3.org/TR/shacl/#conforms), or only what is allowed, warnings and less."""
    return not any(finding.severity == "Violation" or not allow_warnings for finding in findings)


def text_report(findings: Sequence[Finding]) -> Iterator[str]:
    """Lines for people: articles, in them the words, what is wrong there and what was expected; then each rule."""
    for article, of_article in groupby(findings, key=lambda finding: finding.article):
        yield f"Article {article}" if article else "No article"
        for _, there in groupby(of_article, key=lambda finding: finding.span):
            yield from _place(tuple(there))
        yield ""
    if findings:
        yield "Broken rules"
        yield from _rules(findings)
        yield ""
    yield _summary(findings)


def _place(findings: Sequence[Finding]) -> Iterator[str]:
    span = findings[0].span
    if span:
        yield f"  characters {span[0]} to {span[1]}: “{_cut(findings[0].words)}”"
    for finding in findings:
        what = " ".join(filter(None, (finding.node, finding.path)))
        yield f"    {what}"
        yield f"      {finding.severity.lower()}: {_wrong(finding)}"
        if finding.expected:
            yield f"      expected: {finding.expected}"


def _wrong(finding: Finding) -> str:
    return f"{_cut(finding.value)} {finding.message}" if finding.value else finding.message


def _cut(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= LONGEST_WORDS else f"{one_line[: LONGEST_WORDS - 1]}…"


def _rules(findings: Sequence[Finding]) -> Iterator[str]:
    """Each rule with how often it was broken, the most broken one first."""
    for (rule, message), count in sorted(_counts(findings).items(), key=lambda entry: (-entry[1], entry[0])):
        yield f"  {count:>6,}  {rule.rpartition('#')[2]}: {message}"


def _counts(findings: Sequence[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.expected or finding.message) for finding in findings)


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Conforms: no findings."
    kinds = Counter(finding.severity.lower() for finding in findings)
    told = ", ".join(_counted(kinds[kind], kind) for kind in ("violation", "warning", "info") if kinds[kind])
    articles = len({finding.article for finding in findings if finding.article})
    where = f", in {_counted(articles, 'article')}" if articles else ""
    return f"Does not conform: {told}{where}."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def json_report(findings: Sequence[Finding]) -> str:
    """The same for programs, with a new line at its end."""
    counts = {rule: count for (rule, _), count in _counts(findings).items()}
    report = {
        "conforms": conforms(findings),
        "findings": [_as_json(finding) for finding in findings],
        "rules": dict(sorted(counts.items())),
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "article": finding.article or None,
        "span": list(finding.span) if finding.span else None,
        "words": finding.words or None,
        "node": finding.node,
        "path": finding.path or None,
        "value": finding.value or None,
        "severity": finding.severity,
        "message": finding.message,
        "expected": finding.expected or None,
        "rule": finding.rule or None,
        "component": finding.result.component if finding.result else None,
    }
