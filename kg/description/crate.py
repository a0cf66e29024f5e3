"""The dumps as a research object, ``ro-crate-metadata.json``: https://w3id.org/ro/crate/1.2

Archives and workflow tools read it: one flat JSON-LD document, in which the folder is the root dataset and every file
has its type, size and checksum. It is written by hand: it is a short list, and the library of RO-Crate wants to copy
the files of a crate.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version as installed
from typing import Any, Final

from kg.description.dcat import KEYWORDS
from kg.description.names import LICENCE, RIGHTS, SENTENCE, TITLE, Names
from kg.description.provenance import SOFTWARE, Making
from kg.dumps.manifest import DumpFile, Manifest

CRATE: Final = "ro-crate-metadata.json"
PROFILE: Final = "https://w3id.org/ro/crate/1.2"
LICENCE_NAME: Final = "Creative Commons Attribution 4.0 International"
_SOFTWARE_ID: Final = "#aidgraph"

Node = dict[str, Any]


def crate_text(names: Names, manifest: Manifest, making: Making, others: Sequence[DumpFile]) -> str:
    """The metadata of a folder of dumps.

    Args:
        others: what lies beside the dumps and describes them.
    """
    files = (*manifest.files, *others)
    graph = [
        {"@id": CRATE, "@type": "CreativeWork", "about": _ref("./"), "conformsTo": _ref(PROFILE)},
        _root(names, manifest, making, files),
        *(_file(file) for file in files),
        _action(manifest, making),
        {
            "@id": _SOFTWARE_ID, "@type": "SoftwareApplication", "name": SOFTWARE, "version": installed(SOFTWARE),
            "url": names.base,
        },
        {"@id": names.base, "@type": "Organization", "name": names.publisher_name, "url": names.base},
        {"@id": LICENCE, "@type": "CreativeWork", "name": LICENCE_NAME, "description": RIGHTS},
    ]  # fmt: skip
    return json.dumps({"@context": f"{PROFILE}/context", "@graph": graph}, indent=2, ensure_ascii=False) + "\n"


def _root(names: Names, manifest: Manifest, making: Making, files: Sequence[DumpFile]) -> Node:
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": names.version(manifest.version).value,
        "name": TITLE,
        "description": SENTENCE,
        "version": manifest.version,
        "datePublished": _moment(making.ended),
        "license": _ref(LICENCE),
        "author": _ref(names.base),
        "publisher": _ref(names.base),
        "keywords": list(KEYWORDS),
        "hasPart": [_ref(file.name) for file in files],
        "mentions": _ref(f"#making-{manifest.version}"),
    }


def _file(file: DumpFile) -> Node:
    content = f"{file.media_type}, compressed" if file.compression else file.media_type
    return {
        "@id": file.name, "@type": "File", "name": file.name, "description": content,
        "encodingFormat": file.served_type, "contentSize": str(file.size), "sha256": file.sha256,
        "license": _ref(LICENCE),
    }  # fmt: skip


def _action(manifest: Manifest, making: Making) -> Node:
    """What was done; the articles that went in are told in ``provenance.ttl``, since there may be very many."""
    return {
        "@id": f"#making-{manifest.version}",
        "@type": "CreateAction",
        "name": "Build" if making.is_build else "Dump",
        "description": "What went in, with checksums, is told in provenance.ttl.",
        "startTime": _moment(making.started),
        "endTime": _moment(making.ended),
        "instrument": _ref(_SOFTWARE_ID),
        "result": [_ref(file.name) for file in manifest.files],
    }


def _ref(identifier: str) -> Node:
    return {"@id": identifier}


def _moment(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
