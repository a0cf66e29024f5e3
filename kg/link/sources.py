"""Which datasets our links lead to, and which packages the identifiers were taken from, with their licences.

One table (``data/sources.toml``) for everybody who has to name a source: the description of the data as a whole, the
page of an entity, ``data/SOURCES.md``. A link says nothing of where it came from; its address says what it leads to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.link.tables import Row, read_toml

_TABLE = "sources.toml"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by its short name and its address."""

    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A dataset that ``schema:sameAs`` leads to.

    ``name`` is the short one (``wikidata``, ``geonames``, ``eu-authority``), ``space`` what its addresses begin with,
    ``form`` a regular expression of what follows there, ``example`` an address, ``licence`` that of the dataset itself.
    """

    name: str
    title: str
    homepage: str
    space: str
    form: str
    example: str
    licence: Licence

    def has(self, iri: str) -> bool:
        """Whether the address is one of this dataset, in the form that it gives its addresses."""
        return iri.startswith(self.space) and re.fullmatch(self.form, iri.removeprefix(self.space)) is not None


@dataclass(frozen=True, slots=True)
class LinkSource:
    """A package of a public registry, and what was taken from it.

    ``licence`` is the package's. Where its data come from elsewhere, ``origin`` names them and ``origin_licence`` is
    theirs. ``files`` are our tables that hold what was taken, ``links`` the names of the targets whose identifiers
    were taken; none where only names or figures were.
    """

    package: str
    version: str
    registry: str
    homepage: str
    licence: Licence
    taken: str
    files: tuple[str, ...]
    links: tuple[str, ...] = ()
    origin: str | None = None
    origin_licence: Licence | None = None

    @property
    def data_licence(self) -> Licence:
        """The licence of the data: that of their origin, where they have another."""
        return self.origin_licence or self.licence


@cache
def link_targets() -> tuple[LinkTarget, ...]:
    """The datasets that links lead to, in the order of the table."""
    table = read_toml(_TABLE)
    return tuple(LinkTarget(**row | {"licence": _licence(table, row["licence"])}) for row in table["targets"])


@cache
def link_sources() -> tuple[LinkSource, ...]:
    """The packages that names, figures and identifiers were taken from, in the order of the table."""
    table = read_toml(_TABLE)
    return tuple(_source(table, row) for row in table["sources"])


def sources_of(target: LinkTarget) -> tuple[LinkSource, ...]:
    """The packages that identifiers of this target were taken from."""
    return tuple(source for source in link_sources() if target.name in source.links)


def target_of(iri: str) -> LinkTarget | None:
    """The dataset that a ``schema:sameAs`` leads to.

    None for an address of any other site or form, which only an editor can have given.
    """
    return next((target for target in link_targets() if target.has(iri)), None)


def _source(table: Row, row: Row) -> LinkSource:
    licences = {key: _licence(table, row[key]) for key in ("licence", "origin_licence") if key in row}
    lists = {key: tuple(row.get(key, ())) for key in ("files", "links")}
    return LinkSource(**row | lists | licences)


def _licence(table: Row, name: str) -> Licence:
    return Licence(**table["licences"][name])
