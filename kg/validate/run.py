"""The command ``aidgraph validate``: what is to be validated, and where the report goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

import pyoxigraph as ox

from kg.endpoint import Endpoint
from kg.loading import read_quads
from kg.plain import plain
from kg.settings import Settings
from kg.store import open_snapshot
from kg.validate.check import validate_quads, validate_store
from kg.validate.findings import Finding
from kg.validate.rdf import rdf_report
from kg.validate.remote import fetch_quads, is_address
from kg.validate.reports import json_report, text_report

FORMATS: Final = ("text", "json", "ttl")


def validate_sources(sources: Sequence[str], settings: Settings, *, engine: str, timeout: float) -> tuple[Finding, ...]:
    """Validate the store, or files and endpoints taken together.

    Raises:
        DataError: a source cannot be read.
        StoreError: there is no store yet.
    """
    if not sources:
        return validate_store(open_snapshot(settings.data).store, engine=engine)
    return validate_quads((quad for source in sources for quad in _quads(source, timeout)), engine=engine)


def _quads(source: str, timeout: float) -> Iterator[ox.Quad]:
    if is_address(source):
        return fetch_quads(source, Endpoint(source, timeout).ask)
    return read_quads(Path(source))


def write_report(findings: Sequence[Finding], form: str, output: TextIO) -> None:
    """Write the report for people or programs."""
    if form == "json":
        output.write(json_report(findings))
    elif form == "ttl":
        output.write(rdf_report(findings).decode())
    else:
        output.writelines(f"{plain(line)}\n" for line in text_report(findings))
