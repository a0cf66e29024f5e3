"""Writes what stands beside the dumps: ``void.ttl``, ``provenance.ttl`` and ``ro-crate-metadata.json``.

They tell the checksums of the dumps, so that they are written after them; they appear with them, or none does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.description.crate import CRATE, crate_text
from kg.description.dcat import Dumps, State, describe_dcat
from kg.description.facts import read_facts
from kg.description.names import DESCRIBED_PREFIXES, Names, Triples, named, told, words
from kg.description.provenance import Making, describe_making
from kg.description.void import describe_void
from kg.dumps.manifest import BUILD_NOTE, CHECKSUMS, MANIFEST, DumpFile, Manifest, read_manifest, read_note
from kg.errors import DataError
from kg.formats import written_prefixes
from kg.index.making import make_index
from kg.index.opened import open_index
from kg.store import Snapshot

VOID: Final = "void.ttl"
PROVENANCE: Final = "provenance.ttl"
DESCRIPTIONS: Final = (VOID, PROVENANCE, CRATE)
_TYPES: Final = {".ttl": "text/turtle", ".json": "application/json", "": "text/plain"}


def write_descriptions(folder: Path, snapshot: Snapshot, manifest: Manifest, making: Making) -> None:
    """Write all three beside the dumps of this manifest.

    Args:
        folder: it has the dumps, their checksums, the manifest and the note already.

    Raises:
        OSError: the folder cannot be written to.
        StoreError: the index of the snapshot cannot be made.
    """
    names = Names(manifest.base)
    void = sorted(describe_dumped(names, snapshot, manifest, making), key=str)  # by subject, for people
    _write_turtle(folder / VOID, void, names)
    _write_turtle(folder / PROVENANCE, describe_making(names, manifest, making, snapshot), names)
    others = [_described(folder / name) for name in (CHECKSUMS, MANIFEST, BUILD_NOTE, VOID, PROVENANCE)]
    (folder / CRATE).write_text(crate_text(names, manifest, making, others), encoding="utf-8")


def former_versions(folder: Path) -> list[str]:
    """Versions that the dumps had and have, the newest first: two, since the next one may be the same as the last."""
    try:
        manifest = read_manifest(folder)
    except DataError:
        manifest = None  # what is no manifest tells of no version; it is written anew
    earlier = read_note(folder).get("former")
    versions = [*((manifest.version,) if manifest else ()), *(earlier if isinstance(earlier, list) else ())]
    return list(dict.fromkeys(map(str, versions)))[:2]


def is_described(folder: Path) -> bool:
    """Whether all of them are there."""
    return all((folder / name).is_file() for name in DESCRIPTIONS)


def describe_dumped(names: Names, snapshot: Snapshot, manifest: Manifest, making: Making) -> Triples:
    """The dataset as the dumps hold it. Their addresses are made of the base: no server is known here."""
    make_index(snapshot.path.parent)
    with closing(open_index(snapshot.path.parent)) as index:
        facts = read_facts(index)
    document = names.dump(VOID)
    yield from told(
        document, ("a", named("void:DatasetDescription")), ("dcterms:title", words("Description of the dataset")),
        ("foaf:primaryTopic", names.dataset),
    )  # fmt: skip
    yield from describe_void(names, facts)
    dumps = Dumps(manifest, names.dump("").value, making.ended)
    yield from describe_dcat(names, facts, State(manifest.version), page=names.base, dumps=dumps)


def _write_turtle(path: Path, triples: Iterable[ox.Triple], names: Names) -> None:
    prefixes = DESCRIBED_PREFIXES | written_prefixes(names.base)
    with path.open("wb") as file:
        ox.serialize(triples, file, ox.RdfFormat.TURTLE, prefixes=prefixes)


def _described(path: Path) -> DumpFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    media_type = _TYPES[path.suffix]
    return DumpFile(path.name, path.suffix.lstrip("."), media_type, None, path.stat().st_size, digest)
