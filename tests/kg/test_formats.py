"""Which formats there are, and how a file tells its own."""

import gzip
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from kg.errors import DataError
from kg.formats import GRAPH_FORMATS, open_rdf, prefixes_for, rdf_format_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.ttl", RdfFormat.TURTLE),
        ("a.b.NQ.gz", RdfFormat.N_QUADS),
        ("a.jsonld", RdfFormat.JSON_LD),
        ("a.owl", RdfFormat.RDF_XML),
    ],
)
def test_format_is_told_by_the_ending(name: str, expected: RdfFormat) -> None:
    assert rdf_format_of(Path(name)) == expected


@pytest.mark.parametrize("name", ["a.txt", "a", "ttl.gz.zip"])
def test_unknown_ending_is_refused(name: str) -> None:
    with pytest.raises(DataError, match=r"use one of \.ttl, \.nt"):
        rdf_format_of(Path(name))


def test_names_are_the_usual_endings() -> None:
    assert all(found.file_extension == name for name, found in GRAPH_FORMATS.items())


def test_prefixes_follow_the_base_but_the_vocabulary_stays() -> None:
    prefixes = prefixes_for("http://localhost/")
    assert prefixes["country"] == "http://localhost/id/country/"
    assert prefixes["phase"] == "https://w3id.org/aidgraph/scheme/phase/"


def test_compressed_file_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.nt.gz"
    path.write_bytes(gzip.compress(b"content"))
    with open_rdf(path) as file:
        assert file.read() == b"content"


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        open_rdf(tmp_path / "a.nt.gz")
