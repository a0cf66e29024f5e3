"""What each seed article becomes: a folder a case, the expected named graph in it, one runner for all.

``expected.nq`` holds the sorted N-Quads of the article's named graph after a build of all seeds. Our graphs have
no blank nodes, so two are isomorphic if they have the same lines. ``pytest tests/test_gold.py --write-gold`` writes
the files anew; read what changed with ``git diff tests/gold`` before it is committed.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.formats import prefixes_for
from kg.query import shown_term
from kg.rdf.iris import article_slug
from kg.settings import Settings

TESTS = Path(__file__).parent
CASES = sorted(folder.name for folder in (TESTS / "gold" / "seeds").iterdir() if folder.is_dir())
BASE = Settings().base
SHOWN = 40
"""Differing triples that a failure shows."""


@pytest.fixture(scope="module")
def dump(seeds_data: Path) -> bytes:
    return gzip.decompress((seeds_data / "dumps" / "aidgraph.nq.gz").read_bytes())


def graph_lines(dump: bytes, case: str) -> bytes:
    """The sorted lines of the named graph of the article with this identifier."""
    end = f" <{BASE}id/article/{article_slug(case)}> .\n".encode()
    return b"".join(sorted(line for line in dump.splitlines(keepends=True) if line.endswith(end)))


def difference(expected: bytes, found: bytes) -> str:
    """The triples that are in one of the two only, in short names, those of one subject together."""
    lines = [
        (" ".join(shown_term(term, prefixes_for(BASE)) for term in quad.triple), sign)
        for sign, text, other in (("-", expected, found), ("+", found, expected))
        for quad in ox.parse(b"".join({*text.splitlines(True)} - {*other.splitlines(True)}), ox.RdfFormat.N_QUADS)
    ]
    shown = [f"{sign} {triple}" for triple, sign in sorted(lines)]
    more = f"... and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
    return "\n".join([*shown[:SHOWN], more]).rstrip()


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_seed_becomes_its_expected_graph(case: str, dump: bytes, request: pytest.FixtureRequest) -> None:
    file, found = TESTS / "gold" / "seeds" / case / "expected.nq", graph_lines(dump, case)
    assert found, f"the dump has no named graph of {case}"
    if request.config.getoption("--write-gold"):
        file.write_bytes(found)
    if (expected := file.read_bytes()) != found:
        pytest.fail(f"{file.relative_to(TESTS)} (-) and the build (+) differ:\n{difference(expected, found)}", False)


@pytest.mark.parametrize("case", CASES)
def test_expected_graph_is_sorted_and_has_no_blank_nodes(case: str) -> None:
    text = (TESTS / "gold" / "seeds" / case / "expected.nq").read_bytes()
    lines = text.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    terms = [term for quad in ox.parse(text, ox.RdfFormat.N_QUADS) for term in (*quad.triple, quad.graph_name)]
    assert terms
    assert not [term for term in terms if isinstance(term, ox.BlankNode)]


def test_difference_names_what_each_side_lacks() -> None:
    graph = f"<{BASE}id/article/x> .\n"
    old, new = (f'<{BASE}id/country/italy> <http://schema.org/name> "{name}" {graph}'.encode() for name in "ab")
    assert difference(old, new) == "- country:italy schema:name a\n+ country:italy schema:name b"
