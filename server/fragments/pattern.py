"""What a fragment is asked for by: a triple of which any part may be left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from werkzeug.datastructures import MultiDict

from server.fragments.terms import Known, parse_term, write_term
from server.problems import BadRequest

PARTS: Final = ("subject", "predicate", "object")
"""The parameters of an address, which are the parts of a triple."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; None is a variable. Variables are told apart by their places only, never by their names."""

    subject: Known | None = None
    predicate: Known | None = None
    object: Known | None = None

    @property
    def is_open(self) -> bool:
        """Whether every triple fits."""
        return self == Pattern()

    @property
    def is_possible(self) -> bool:
        """Whether any triple can fit: a literal is no subject and no predicate (RDF 1.1 §3.1)."""
        return not isinstance(self.subject, ox.Literal) and not isinstance(self.predicate, ox.Literal)

    @property
    def sparql(self) -> str:
        """The pattern as SPARQL has it."""
        return " ".join(f"?{name}" if term is None else str(term) for name, term in self._parts().items())

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the address, without those that say nothing."""
        return {name: write_term(term) for name, term in self._parts().items() if term is not None}

    def address(self, root: str, **more: str) -> str:
        """The address of the fragment, or of one of its pages with ``page``."""
        written = urlencode(self.parameters | more, quote_via=quote, safe="")
        return f"{root}fragments{'?' if written else ''}{written}"

    def _parts(self) -> Mapping[str, Known | None]:
        return {name: getattr(self, name) for name in PARTS}


def parse_pattern(parameters: MultiDict[str, str]) -> Pattern:
    """The pattern that an address asks for.

    Raises:
        BadRequest: a part is given twice, or is no term.
    """
    for name in PARTS:
        if len(parameters.getlist(name)) > 1:
            raise BadRequest(f"{name} is given {len(parameters.getlist(name))} times; a triple has one.")
    return Pattern(*(parse_term(name, parameters.get(name, "")) for name in PARTS))
