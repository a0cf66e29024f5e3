"""What a validation found, as RDF in SHACL's own vocabulary (https://www.w3.org/TR/shacl/#validation-report).

Validators write results as blank nodes. Here each has an IRI made from what it says (a UUID of version 5), so that
two reports can be compared and the same graph gives the same report. The one blank node left is the path of a rule
that walks a property backwards, which SHACL wants to be one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg.errors import DataError
from kg.formats import PREFIXES, rdf_format_of
from kg.rdf.terms import A, schema, xsd
from kg.validate.findings import Finding
from kg.validate.results import Result
from kg.validate.shapes import SH

_SPACE: Final = uuid.UUID("6f0a2a2e-6b0c-5f1e-9f7d-6d0f3b1c2a55")
"""A space of names of our own, as version 5 of UUID asks for (RFC 9562, section 5.5); made once."""


_PREFIXES: Final = ("aid", "schema", "xsd")
_WITH_PREFIXES: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
"""In the other formats prefixes help nobody, and more than one would stand in no order."""


def write_rdf_report(findings: Sequence[Finding], path: Path) -> None:
    """Write the report to a file, in the format that its ending names.

    Raises:
        DataError: the ending names no RDF format, or the file cannot be written.
    """
    data = rdf_report(findings, rdf_format_of(path))
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror})") from error


def rdf_report(findings: Sequence[Finding], form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> bytes:
    """The report in an RDF format."""
    triples = sorted(set(_report(findings)), key=str)
    prefixes = {"sh": SH} | {name: PREFIXES[name] for name in _PREFIXES if form in _WITH_PREFIXES}
    text = cast("bytes", ox.serialize(triples, format=form, prefixes=prefixes))
    return _in_order(text) if form in _WITH_PREFIXES else text


def _in_order(turtle: bytes) -> bytes:
    """Prefixes by name: the serialiser writes them in an order that changes from run to run."""
    lines = turtle.splitlines(keepends=True)
    heads = [line for line in lines if line.startswith(b"@prefix ")]
    return b"".join((*sorted(heads), *lines[len(heads) :]))


def _report(findings: Sequence[Finding]) -> Iterator[ox.Triple]:
    told = {finding.result: finding for finding in findings if finding.result}
    nodes = {result: _named(*result.key) for result in told}
    report = _named(*sorted(node.value for node in nodes.values()))
    yield ox.Triple(report, A, _sh("ValidationReport"))
    yield ox.Triple(report, _sh("conforms"), ox.Literal("false" if told else "true", datatype=xsd("boolean")))
    for result, finding in told.items():
        yield ox.Triple(report, _sh("result"), nodes[result])
        yield from _result(nodes[result], result, finding)


def _result(node: ox.NamedNode, result: Result, finding: Finding) -> Iterator[ox.Triple]:
    yield ox.Triple(node, A, _sh("ValidationResult"))
    yield ox.Triple(node, _sh("focusNode"), result.focus)
    yield ox.Triple(node, _sh("resultSeverity"), _sh(result.severity))
    yield ox.Triple(node, _sh("sourceConstraintComponent"), _sh(result.component))
    yield ox.Triple(node, _sh("resultMessage"), ox.Literal(finding.expected or finding.message))
    if result.shape:
        yield ox.Triple(node, _sh("sourceShape"), ox.NamedNode(result.shape))
    if result.value is not None:
        yield ox.Triple(node, _sh("value"), result.value)
    if result.path.startswith("^"):
        path = ox.BlankNode(f"path{uuid.uuid5(_SPACE, node.value).hex}")
        yield ox.Triple(path, _sh("inversePath"), ox.NamedNode(result.path[1:]))
        yield ox.Triple(node, _sh("resultPath"), path)
    elif result.path:
        yield ox.Triple(node, _sh("resultPath"), ox.NamedNode(result.path))
    if finding.article:  # beyond SHACL: which article it is, so that nobody has to look for it
        yield ox.Triple(node, schema("identifier"), ox.Literal(finding.article))


def _named(*content: str) -> ox.NamedNode:
    return ox.NamedNode(uuid.uuid5(_SPACE, "\n".join(content)).urn)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)
