"""Every error that this package raises on purpose.

    AidgraphError
    ├── ArticleError      one article cannot be read or written; the others go on
    ├── SettingsError     a setting or option is unknown or has a bad value
    ├── ModelError        the language model is missing or not the pinned one
    ├── StoreError        the data directory or its store cannot be used
    │   ├── LockedError   somebody else is writing to it; the same may be tried later
    │   ├── ReplicaError  it is a copy, and nobody writes to it but who makes the copy
    │   ├── MissingError  there is none, or it has gone
    │   ├── NotReadyError its index is still being made; the same may be tried later
    │   └── BackendError  the store behind an address does not answer as it should; the same may be tried later
    ├── StorageError      storage that machines share cannot be used
    ├── ClusterError      the cluster that articles are to be read on cannot be used
    └── DataError         RDF or a query given by the user cannot be taken
        ├── SyntaxFault   it has a syntax error, at a line and column
        └── UpdateFault   an update is well-formed and cannot be carried out

A message says what was got, what was expected and what to do. Foreign exceptions are translated
once, at the boundary where they arise, with ``from``.
"""

import re
from collections.abc import Callable

from kg.faultwords import expected_words

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<rest>.*)", re.DOTALL)
"""How pyoxigraph's messages about SPARQL begin."""


class AidgraphError(Exception):
    """Base of all; the command line prints its message in one line and exits with 1."""


class ArticleError(AidgraphError):
    """One article cannot be used.

    Args:
        source: the file (or line of a file) that the article came from.
        message: what was got, expected, and what to do.
    """

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source


class SettingsError(AidgraphError):
    """A setting is unknown or its value cannot be used."""


class ModelError(AidgraphError):
    """The language model is missing, or its files are not the pinned ones."""


class StoreError(AidgraphError):
    """The data directory, or the store in it, cannot be used."""


class LockedError(StoreError):
    """Somebody else is writing to the data directory."""


class ReplicaError(StoreError):
    """The data directory is a copy of another one, made by :mod:`kg.publish`; only that one is written to."""


class MissingError(StoreError):
    """Nothing was built yet, or the disk that it was built on is not there."""


class NotReadyError(StoreError):
    """The index of the newest version is still being made."""


class BackendError(StoreError):
    """A store that somebody else runs (``--store``) does not answer, or not as it should. Names no credentials."""


class StorageError(AidgraphError):
    """Storage that machines share, as S3, does not answer, or refuses what is asked."""


class ClusterError(AidgraphError):
    """The cluster that articles are to be read on is not there, is not like us, or was lost on the way."""


class DataError(AidgraphError):
    """RDF or SPARQL given by the user cannot be taken."""


class SyntaxFault(DataError):
    """RDF or SPARQL with a syntax error. ``line`` and ``column`` count from 1; None where the parser does not say."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column

    @classmethod
    def in_sparql(
        cls, kind: str, message: str, *, moved: Callable[[int, int], tuple[int, int]] | None = None
    ) -> "SyntaxFault":
        """The fault that the engine found in a text.

        Args:
            kind: what the text is, such as ``query``.
            message: the engine's.
            moved: gives line and column in the user's text for those in the text that the engine read.
        """
        found = _PLACE.match(message)
        if found is None:
            return cls(f"The {kind} has a syntax error: {message}.")
        line, column = int(found["line"]), int(found["column"])
        if moved is not None:
            line, column = moved(line, column)
        text = f"The {kind} has a syntax error at line {line}, column {column}: {expected_words(found['rest'])}."
        return cls(text, line=line, column=column)


class UpdateFault(DataError):
    """The engine understands an update and cannot carry it out, such as CREATE of a graph that there is."""
