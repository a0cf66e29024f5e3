"""The RDF and result formats that can be asked for by name, and the prefixes that make them readable.

pyoxigraph knows each format's media type and file ending; what is kept here is only which of them we offer
under which name. Dumps, ``query``, ``load`` and the server all read these tables, so that a format is added once.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.errors import DataError
from kg.unzstd import open_zstd

GRAPH_FORMATS: Final[dict[str, RdfFormat]] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
"""By file ending. N3 is left out: nothing but N3 rules needs it, and Turtle is a part of it."""

RESULT_FORMATS: Final[dict[str, QueryResultsFormat]] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}

OTHER_ENDINGS: Final[dict[str, str]] = {"ntriples": "nt", "nquads": "nq", "turtle": "ttl", "xml": "rdf", "owl": "rdf"}
"""Endings that files also have, and the format that they mean."""

VOCABULARY: Final = "https://w3id.org/aidgraph/"
"""Where the ontology and the concept schemes stay, whatever the base of the data."""

PREFIXES: Final[dict[str, str]] = {
    "aid": f"{VOCABULARY}ontology#",
    **{
        scheme: f"{VOCABULARY}scheme/{scheme}/"
        for scheme in ("phase", "modality", "qualifier", "category", "disaster", "measure")
    },
    "schema": "http://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def shorten(iri: str) -> str:
    """An IRI with the prefix that we know for it: ``wd:Q38``; unchanged if there is none."""
    fitting = [(namespace, prefix) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)]
    namespace, prefix = max(fitting, key=lambda entry: len(entry[0]), default=("", ""))
    return f"{prefix}:{iri.removeprefix(namespace)}" if prefix else iri


def prefixes_for(base: str) -> dict[str, str]:
    """The vocabulary's prefixes and those of the identifiers under ``base``, as ``country:italy``."""
    kinds = ("article", "event", "country", "place", "person", "organization", "crisis")
    return PREFIXES | {kind: f"{base}id/{kind}/" for kind in kinds}


def written_prefixes(base: str) -> dict[str, str]:
    """The prefixes to write Turtle and TriG with: all but that of articles.

    With it their parts would be ``article:a\\#char-1-2``, which is right (https://www.w3.org/TR/turtle/#reserved) and
    which Virtuoso 7.2.5 reads as an IRI with the backslash in it.
    """
    return {name: iri for name, iri in prefixes_for(base).items() if name != "article"}


def rdf_format_of(path: Path) -> RdfFormat:
    """The format of an RDF file by its ending, ``.gz`` and ``.zst`` aside.

    Raises:
        DataError: the ending is none that we read.
    """
    ending = path.name.lower().removesuffix(".gz").removesuffix(".zst").rpartition(".")[2]
    found = GRAPH_FORMATS.get(OTHER_ENDINGS.get(ending, ending))
    if found is None:
        known = ", ".join(f".{name}" for name in GRAPH_FORMATS)
        raise DataError(f"{path}: the ending names no RDF format; use one of {known}, with .gz or .zst if compressed")
    return found


def open_rdf(path: Path) -> IO[bytes]:
    """Open an RDF file for reading, unpacking ``.gz`` and ``.zst`` on the way.

    Raises:
        DataError: there is no such file, or it may not be read.
    """
    try:
        if path.suffix.lower() == ".gz":
            return cast("IO[bytes]", gzip.open(path))
        if path.suffix.lower() == ".zst":
            return open_zstd(path)
        return path.open("rb")
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
