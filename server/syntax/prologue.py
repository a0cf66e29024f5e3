"""BASE and PREFIX of a query, to know which IRI a short form stands for (SPARQL 1.1 §4.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from server.syntax.tokens import Doubt, Token


@dataclass(frozen=True, slots=True)
class Prologue:
    """What the declarations at the beginning of a text say, and how many tokens they are."""

    base: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    length: int = 0

    def expand(self, target: str) -> str:
        """The IRI behind ``<relative>`` or ``prefix:local``.

        Raises:
            Doubt: it cannot be told.
        """
        if "\\" in target:
            raise Doubt(f"{target} has escapes.")
        if target[0] == "<":
            return _join(self.base, target[1:-1])
        prefix, _, local = target.partition(":")
        if prefix not in self.prefixes:
            raise Doubt(f"The prefix {prefix!r} is not declared.")
        return self.prefixes[prefix] + local


def read_prologue(tokens: Sequence[Token]) -> Prologue:
    """The declarations that ``tokens`` begin with.

    Raises:
        Doubt: a prefix stands for two IRIs, or an IRI cannot be resolved.
    """
    base, prefixes, position = "", dict[str, str](), 0
    while position < len(tokens) and tokens[position].word in ("BASE", "PREFIX", "VERSION"):
        word, length = tokens[position].word, 3 if tokens[position].word == "PREFIX" else 2
        values = tokens[position + 1 : position + length]
        if word == "BASE" and values and values[0].kind == "iri":
            base = _join(base, values[0].text[1:-1])
        elif word == "PREFIX" and len(values) == 2 and values[1].kind == "iri":
            iri = _join(base, values[1].text[1:-1])
            if prefixes.setdefault(values[0].text.removesuffix(":"), iri) != iri:
                raise Doubt(f"The prefix {values[0].text} is declared twice.")
        position += length
    return Prologue(base, prefixes, position)


def _join(base: str, iri: str) -> str:
    if "\\" in iri:
        raise Doubt(f"<{iri}> has escapes.")
    try:
        return urljoin(base, iri)
    except ValueError as error:
        raise Doubt(f"<{iri}> is no IRI.") from error
