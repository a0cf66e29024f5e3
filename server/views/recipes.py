"""How a dump is loaded into other stores: the commands that the page of the data shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a dump is loaded into another store. ``is_run``: the tests of this project run it."""

    store: str
    commands: str
    is_run: bool


def recipes(root: str) -> tuple[Recipe, ...]:
    """The recipes with the address of this server, which ends with a slash."""
    dumps = f"{root}dumps"
    fetch = f"curl -O {dumps}/aidgraph.nq.gz"
    return (
        Recipe("Oxigraph", f"{fetch}\noxigraph load --location store --file aidgraph.nq.gz\n"
               "oxigraph serve --location store", is_run=True),
        Recipe("rdflib", f"{fetch}\npython -c 'import gzip, rdflib\n"
               "graph = rdflib.Dataset()\ngraph.parse(gzip.open(\"aidgraph.nq.gz\"), format=\"nquads\")\n"
               "print(len(graph))'", is_run=True),
        Recipe("Virtuoso 7", f"curl -O {dumps}/aidgraph.ttl.gz   # into a folder of DirsAllowed in virtuoso.ini\n"
               "isql 1111 dba PASSWORD exec=\"ld_dir('/path/to/folder', 'aidgraph.ttl.gz', "
               "'https://w3id.org/aidgraph/');\"\n"
               'isql 1111 dba PASSWORD exec="rdf_loader_run(); checkpoint;"', is_run=False),
        Recipe("Apache Jena", f"{fetch}\ntdb2.tdbloader --loc store aidgraph.nq.gz\n"
               "fuseki-server --tdb2 --loc store /aidgraph", is_run=False),
        Recipe("GraphDB", f"{fetch}\nimportrdf preload --force --id aidgraph aidgraph.nq.gz   "
               "# while GraphDB is stopped, into a repository made before", is_run=False),
        Recipe("QLever", f"{fetch}\n# Qleverfile: NAME = aidgraph, INPUT_FILES = aidgraph.nq.gz,\n"
               "#   CAT_INPUT_FILES = zcat aidgraph.nq.gz, FORMAT = nq\nqlever index && qlever start", is_run=False),
    )  # fmt: skip
