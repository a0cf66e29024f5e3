"""Which formats there are, and how a file tells its own."""

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import RdfFormat

from kg.errors import DataError
from kg.formats import GRAPH_FORMATS, open_rdf, prefixes_for, rdf_format_of, written_prefixes


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.ttl", RdfFormat.TURTLE),
        ("a.b.NQ.gz", RdfFormat.N_QUADS),
        ("a.nt.zst", RdfFormat.N_TRIPLES),
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


def test_parts_of_articles_are_written_without_a_prefix() -> None:
    part = ox.NamedNode("https://example.org/id/article/a#char-1-2")
    triple = ox.Triple(part, ox.NamedNode("http://schema.org/about"), ox.NamedNode("https://example.org/id/country/italy"))
    prefixes = written_prefixes("https://example.org/")
    text = ox.serialize([triple], format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
    assert text.endswith(b"<https://example.org/id/article/a#char-1-2> schema:about country:italy .\n")
