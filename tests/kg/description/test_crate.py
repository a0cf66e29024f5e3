"""The research object: read by the library of RO-Crate, and held to the rules of its specification."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rocrate.rocrate import ROCrate

from kg.description.crate import CRATE, PROFILE, crate_text
from kg.description.names import Names
from kg.description.provenance import Making
from kg.dumps.manifest import Manifest

BEGUN, DONE = datetime(2024, 5, 2, 10, 0, 0, tzinfo=UTC), datetime(2024, 5, 2, 10, 5, 0, tzinfo=UTC)
Node = dict[str, Any]


@pytest.fixture(scope="module")
def nodes(dumps: Path) -> dict[str, Node]:
    document = json.loads((dumps / CRATE).read_text(encoding="utf-8"))
    assert document["@context"] == f"{PROFILE}/context"
    return {node["@id"]: node for node in document["@graph"]}


def test_library_reads_it(dumps: Path, manifest: Manifest) -> None:
    crate = ROCrate(dumps)
    assert {entity.id for entity in crate.data_entities} >= {file.name for file in manifest.files}
    assert crate.root_dataset["license"].id == "https://creativecommons.org/licenses/by/4.0/"
    assert crate.root_dataset["datePublished"]
    assert crate.version == "1.2"
    (action,) = crate.get_by_type("CreateAction")
    assert action["instrument"]["name"] == "aidgraph"


def test_library_can_copy_the_files(dumps: Path, tmp_path: Path) -> None:
    ROCrate(dumps).write(tmp_path / "copy")
    assert (tmp_path / "copy" / "aidgraph.nq.gz").read_bytes() == (dumps / "aidgraph.nq.gz").read_bytes()


def test_every_file_is_told_as_it_is(dumps: Path, nodes: dict[str, Node]) -> None:
    files = {name: node for name, node in nodes.items() if node["@type"] == "File"}
    assert files.keys() == {path.name for path in dumps.iterdir() if not path.name.startswith(".")} - {CRATE}
    for name, node in files.items():
        content = (dumps / name).read_bytes()
        assert node["sha256"] == hashlib.sha256(content).hexdigest()
        assert node["contentSize"] == str(len(content))
        assert "/" in node["encodingFormat"]


def test_root_has_what_is_required(nodes: dict[str, Node]) -> None:
    """RO-Crate 1.2, "Direct properties of the Root Data Entity"."""
    assert nodes[CRATE] == {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": PROFILE},
    }
    root = nodes["./"]
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    assert [part["@id"] for part in root["hasPart"]] == [key for key, node in nodes.items() if node["@type"] == "File"]


def test_document_is_flat_and_every_reference_leads_to_a_node(nodes: dict[str, Node]) -> None:
    values = [value for node in nodes.values() for value in node.values()]
    references = [
        one for value in values for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)
    ]
    assert all(one.keys() == {"@id"} for one in references)
    assert {one["@id"] for one in references} - {PROFILE} <= nodes.keys()


def test_same_build_gives_the_same_bytes(manifest: Manifest) -> None:
    making, names = Making(BEGUN, DONE, is_build=True), Names(manifest.base)
    assert crate_text(names, manifest, making, ()) == crate_text(names, manifest, making, ())
    assert "2024-05-02T10:05:00+00:00" in crate_text(names, manifest, making, ())
