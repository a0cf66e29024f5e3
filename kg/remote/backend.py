"""Where a store is and how it wants to be asked: what is no secret, as a file of its generation; what is, beside it.

Credentials never go into a file, an address, a message or a command line. Processes that a server starts get them by
their environment, in the same variables that set them.
"""

from __future__ import annotations

import json
import os
from collections.abc import MutableMapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.settings import Settings

FILE: Final = "remote.json"
_SECRETS: Final = ("store_user", "store_password", "store_token")


@dataclass(frozen=True, slots=True)
class Backend:
    """The addresses of a store for queries, updates and the Graph Store protocol, and what it allows.

    ``default_graph``: IRI of the graph that stands for the default graph, in a store that has none of its own (else
    empty). ``timeout``: seconds for one answer. ``retries``: how often a request that changes nothing is tried again.
    ``page``: rows that the store gives at a time.
    """

    query: str
    update: str
    graphs: str = ""
    default_graph: str = ""
    timeout: float = 30.0
    retries: int = 3
    page: int = 10_000


@dataclass(frozen=True, slots=True)
class Secrets:
    """What to show to the store: a name and password, or a bearer token, or nothing."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def backend_of(settings: Settings) -> Backend:
    """The store that the settings name. Without an address for updates, that for queries is taken.

    ``…/query`` becomes ``…/update`` then, as Oxigraph, Fuseki and Stardog have it.
    """
    guessed = settings.store
    if guessed.endswith("/query"):
        guessed = guessed.removesuffix("query") + "update"
    return Backend(
        query=settings.store,
        update=settings.store_update or guessed,
        graphs=settings.store_graphs,
        default_graph=settings.store_default_graph,
        timeout=settings.store_timeout,
        retries=settings.store_retries,
        page=settings.store_page,
    )


def export_secrets(settings: Settings, environ: MutableMapping[str, str] = os.environ) -> None:
    """Let processes that are started from now on know the credentials."""
    for name in _SECRETS:
        if value := getattr(settings, name):
            environ[_variable(name)] = value


def secrets_of(environ: MutableMapping[str, str] = os.environ) -> Secrets:
    """The credentials that this process was given."""
    return Secrets(*(environ.get(_variable(name), "") for name in _SECRETS))


def write_backend(backend: Backend, folder: Path) -> None:
    """Note in the folder of a generation where its data are."""
    (folder / FILE).write_text(json.dumps(asdict(backend), indent=2) + "\n", encoding="utf-8")


def read_backend(folder: Path) -> Backend:
    """What :func:`write_backend` wrote.

    Raises:
        StoreError: the file is damaged.
    """
    try:
        return Backend(**json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"{folder / FILE}: cannot be read ({error}); delete {folder} and start again") from error


def _variable(name: str) -> str:
    return f"AIDGRAPH_{name.upper()}"
