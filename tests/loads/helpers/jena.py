"""Commands of Apache Jena made from Debian's package, which has the classes only and stops at the start.

The copy of Xerces in Debian's ``jena-core.jar`` (4.5.0-2) was moved to the Java package ``xerces``, its messages were
left in ``org/apache/jena/ext/xerces``: every pattern of an XML Schema type then fails with "internal error". A jar
with the messages where the classes look for them, first on the class path, mends that. Classes that are loaded at each
start are kept in an archive (JEP 350): a question takes a third of the time.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from zipfile import ZipFile

_JARS = Path("/usr/share/java")
_CORE = _JARS / "jena-core.jar"
_OTHERS = (
    "jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-dboe-base", "jena-dboe-index", "jena-dboe-storage",
    "jena-dboe-trans-data", "jena-dboe-transaction", "jena-iri", "jena-rdfconnection", "jena-shacl", "jena-shex",
    "jena-tdb", "jena-tdb2", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io",
    "commons-lang3", "dexx.collection", "gson", "guava", "httpclient", "httpcore", "jackson-annotations",
    "jackson-core", "jackson-databind", "jsonld-java", "protobuf", "slf4j-api", "slf4j-simple", "thrift",
    "titanium-json-ld",
)  # fmt: skip
_MOVED = "org/apache/jena/ext/"
_COMMANDS = {"tdb2.tdbloader": "tdb2.tdbloader", "tdb2.tdbquery": "tdb2.tdbquery", "riot": "riotcmd.riot"}
_SCRIPT = """#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable -XX:SharedArchiveFile={archive} \\
  -cp {jars} {main} "$@"
"""


def make_commands(folder: Path) -> None:
    """Write Jena's commands into a folder; nothing where the package is not installed."""
    if not _CORE.is_file():
        return
    messages, archive = folder / "messages.jar", folder / "jena.jsa"
    with ZipFile(_CORE) as core, ZipFile(messages, "w") as moved:
        for name in core.namelist():
            if name.startswith(_MOVED) and name.endswith(".properties"):
                moved.writestr(name.removeprefix(_MOVED), core.read(name))
    jars = ":".join(map(str, (messages, *(_JARS / f"{name}.jar" for name in _OTHERS))))
    for name, main in _COMMANDS.items():
        command = folder / name
        command.write_text(_SCRIPT.format(archive=archive, jars=jars, main=main), encoding="utf-8")
        command.chmod(0o755)
    _keep_classes(folder, jars, archive)


def _keep_classes(folder: Path, jars: str, archive: Path) -> None:
    question = folder / "any.rq"
    question.write_text("SELECT * { ?s ?p ?o FILTER(?o > 1) }", encoding="utf-8")
    flags = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable", f"-XX:ArchiveClassesAtExit={archive}")
    store = folder / "empty"
    store.mkdir()
    query = ("tdb2.tdbquery", "--loc", str(store), "--query", str(question), "--results", "json")
    subprocess.run(["java", *flags, "-cp", jars, *query], capture_output=True, check=True, timeout=120)
