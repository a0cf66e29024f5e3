"""What a user can set: one table of names, types, defaults and help, and the one way to fill it.

The fields of :class:`Settings` are the table: the configuration file, the ``AIDGRAPH_…`` variables and the
options of the command line are all made from it, so that a new setting is one new field. Later sources win:
default, file, variable, option. A key that the table lacks is refused, because a misspelt setting that is
ignored looks like one that does not work. Nothing is read at import.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import SettingsError

DUMP_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "hdt", "parquet")
CONFIG_NAME = "aidgraph.toml"
VARIABLE_PREFIX = "AIDGRAPH_"


def _folder(text: str) -> Path:
    if not text.strip():
        raise ValueError("a folder")
    return Path(text)


def _file(text: str) -> Path:
    if not text.strip():
        raise ValueError("a file")
    return Path(text)


def _base(text: str) -> str:
    """An absolute web address without query or fragment; a missing final slash is added."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment or " " in text:
        raise ValueError("an http or https address such as https://example.org/aid/")
    return text if text.endswith("/") else text + "/"


def _host(text: str) -> str:
    if not text.strip():
        raise ValueError("a host name or address")
    return text


def _port(text: str) -> int:
    return _whole_number(text, 0, 65535)


def _workers(text: str) -> int:
    return _whole_number(text, 0, 1024)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        raise ValueError("seconds, more than 0 and at most 86400")
    return seconds


def _mebibytes(text: str) -> int:
    return _whole_number(text, 0, 1 << 20)


def _address(text: str) -> str:
    """An absolute web address; empty is none. Credentials in it would be printed with it."""
    parts = urlsplit(text)
    if not text:
        return text
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment or " " in text:
        raise ValueError("an http or https address such as http://localhost:7878/query")
    if "@" in parts.netloc:
        raise ValueError("an address without credentials (AIDGRAPH_STORE_USER and AIDGRAPH_STORE_PASSWORD take them)")
    return text


def _graph(text: str) -> str:
    """An absolute IRI; empty is none."""
    if text and (not urlsplit(text).scheme or re.search(r"[\x00-\x20<>\"{}|^`\\]", text)):
        raise ValueError("an absolute IRI such as https://example.org/aid/")
    return text


def _retries(text: str) -> int:
    return _whole_number(text, 0, 10)


def _rows(text: str) -> int:
    return _whole_number(text, 100, 10_000_000)


def _triples(text: str) -> int:
    return _whole_number(text, 0, 10**12)


def _token(text: str) -> str:
    """As RFC 6750 §2.1 writes a bearer token; empty is none."""
    if text and re.fullmatch(r"[A-Za-z0-9._~+/-]{16,}=*", text) is None:
        raise ValueError("at least 16 letters, digits or -._~+/ (try `openssl rand -hex 24`)")
    return text


def _formats(text: str) -> tuple[str, ...]:
    """Names of formats of dumps, divided by spaces or commas, each once."""
    names = tuple(dict.fromkeys(text.replace(",", " ").split()))
    if not set(names) <= set(DUMP_FORMATS):
        raise ValueError(f"some of {' '.join(DUMP_FORMATS)}, divided by spaces")
    return names


def _when(text: str) -> str:
    if text not in ("now", "later", "never"):
        raise ValueError("now, later or never")
    return text


def _services(text: str) -> tuple[str, ...]:
    """Web addresses, divided by spaces or commas."""
    entries = tuple(text.replace(",", " ").split())
    for entry in entries:
        parts = urlsplit(entry)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
            raise ValueError("http or https addresses, divided by spaces")
    return entries


def _whole_number(text: str, least: int, most: int) -> int:
    if not text.strip().isdecimal() or not least <= int(text) <= most:
        raise ValueError(f"a whole number from {least} to {most}")
    return int(text)


def _about(parse: Callable[[str], Any], help: str, *, is_secret: bool = False) -> dict[str, Any]:
    """What a row of the table knows besides its default; ``parse`` raises ValueError with what it expected.

    A secret is no option: what is written on a command line, everybody on the machine can read.
    """
    return {"parse": parse, "help": help, "is_secret": is_secret}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their values; frozen, so that a running command cannot change its own."""

    data: Path = field(
        default=Path("data"), metadata=_about(_folder, "Folder of the store, the readings and the dumps.")
    )
    base: str = field(
        default="https://w3id.org/aidgraph/", metadata=_about(_base, "Base IRI of articles, events and entities.")
    )
    corrections: Path = field(
        default=Path("corrections"),
        metadata=_about(_folder, "Folder of corrections by editors, besides those that lie beside their articles."),
    )
    links: Path = field(
        default=Path("links.tsv"),
        metadata=_about(_file, "File of links that editors confirmed, and of candidates for others."),
    )
    host: str = field(default="127.0.0.1", metadata=_about(_host, "Address that the server listens on."))
    port: int = field(default=8000, metadata=_about(_port, "Port that the server listens on; 0 takes a free one."))
    workers: int = field(default=0, metadata=_about(_workers, "Processes that answer queries; 0 is one for each core."))
    token: str = field(
        default="",
        repr=False,
        metadata=_about(_token, "Token that whoever writes has to show; without one nobody may.", is_secret=True),
    )
    query_timeout: float = field(default=30.0, metadata=_about(_seconds, "Seconds that a query may take."))
    query_memory: int = field(default=1024, metadata=_about(_mebibytes, "MiB that a query may take; 0 is no limit."))
    server_memory: int = field(
        default=4096, metadata=_about(_mebibytes, "MiB that a server process may take; 0 is no limit.")
    )
    write_timeout: float = field(
        default=300.0, metadata=_about(_seconds, "Seconds that an update or an upload may take.")
    )
    upload_limit: int = field(default=256, metadata=_about(_mebibytes, "MiB that an uploaded graph may have."))
    services: tuple[str, ...] = field(
        default=(), metadata=_about(_services, "What SERVICE and LOAD may reach; one that ends in / for all below it.")
    )
    answer_buffer: int = field(
        default=2048, metadata=_about(_mebibytes, "MiB of an answer that are kept until it is whole; more is streamed.")
    )
    cache: int = field(default=64, metadata=_about(_mebibytes, "MiB of answers that each process remembers."))
    copy_memory: int = field(
        default=1024, metadata=_about(_mebibytes, "MiB that a copy of the graph in memory may take; below 256, none.")
    )
    access_log: str = field(
        default="", metadata=_about(str, "File of one JSON line a request; - is standard output, empty is none.")
    )
    dump_formats: tuple[str, ...] = field(
        default=(), metadata=_about(_formats, f"Formats of the dumps, of {' '.join(DUMP_FORMATS)}; none is all.")
    )
    dumps: str = field(
        default="now", metadata=_about(_when, "When a build writes dumps: now, later (a process of its own) or never.")
    )
    hdt_limit: int = field(
        default=10_000_000,
        metadata=_about(_triples, "Triples up to which there is a dump in HDT: 50 bytes of memory each."),
    )
    jobs: int = field(
        default=0, metadata=_about(_workers, "Processes that read, validate and dump; 0 is one for each core.")
    )
    cluster: str = field(
        default="", metadata=_about(str, "Scheduler of Dask whose workers read articles, as tcp://host:8786.")
    )
    shards: str = field(
        default="", metadata=_about(str, "Folder or s3:// address, shared with the workers, of what they read.")
    )
    store: str = field(
        default="", metadata=_about(_address, "Address of a SPARQL store to use instead of the embedded one.")
    )
    store_update: str = field(
        default="", metadata=_about(_address, "Where that store takes updates; none: /query becomes /update.")
    )
    store_graphs: str = field(
        default="", metadata=_about(_address, "Where it takes the Graph Store protocol; none: updates do as well.")
    )
    store_default_graph: str = field(
        default="", metadata=_about(_graph, "Graph that stands for the default graph, where a store has none.")
    )
    store_user: str = field(default="", repr=False, metadata=_about(str, "Name to show to that store.", is_secret=True))
    store_password: str = field(default="", repr=False, metadata=_about(str, "Password to it.", is_secret=True))
    store_token: str = field(
        default="", repr=False, metadata=_about(str, "Bearer token for it, in place of both.", is_secret=True)
    )
    store_timeout: float = field(default=30.0, metadata=_about(_seconds, "Seconds that one answer of it may take."))
    store_retries: int = field(
        default=3, metadata=_about(_retries, "How often a request that changes nothing is tried again.")
    )
    store_page: int = field(default=10_000, metadata=_about(_rows, "Rows that are asked of it at a time."))
    store_look: float = field(
        default=10.0, metadata=_about(_seconds, "Seconds between two looks for changes by others.")
    )


def usable_jobs(settings: Settings) -> int:
    """How many processes are to read, validate and dump: as set, else as many as this process may use cores."""
    if settings.jobs:
        return settings.jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def setting_fields() -> tuple[Field[Any], ...]:
    """The table itself, for the command line and for the documentation's test."""
    return fields(Settings)


def load_settings(
    options: Mapping[str, str | None], *, environ: Mapping[str, str], config: Path | None = None
) -> Settings:
    """Fill the table from the file, the variables and the options, in this order.

    Args:
        options: what was given on the command line; ``None`` is "not given".
        environ: the environment, of which ``AIDGRAPH_…`` is read.
        config: a TOML file that must exist; without it ``aidgraph.toml`` in the working directory, if any.

    Raises:
        SettingsError: an unknown key of the file, a value that cannot be used, or a file that cannot be read.
    """
    given = _from_file(config) | _from_variables(environ)
    given |= {f"--{key}": text for key, text in options.items() if text is not None}
    return Settings(**{_key(origin): _parsed(origin, text) for origin, text in given.items()})


def _from_file(config: Path | None) -> dict[str, str]:
    """The keys of the file as ``FILE: key``; numbers and strings become text, to be read like the others."""
    path = config or Path(CONFIG_NAME)
    if config is None and not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); name a TOML file with --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is not TOML ({error})") from error
    for key, value in table.items():
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise SettingsError(f"{path}: {key} is {value!r}; write a text or a number")
    return {f"{path}: {key}": str(value) for key, value in table.items()}


def unknown_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The ``AIDGRAPH_…`` variables that this version has no setting for.

    A file and a command line are written for one version, so that an unknown name in them is an error; an environment
    is shared by versions and tools, so that the caller tells of it and goes on.
    """
    known = _from_variables(environ)
    return tuple(sorted(name for name in environ if name.startswith(VARIABLE_PREFIX) and name not in known))


def _from_variables(environ: Mapping[str, str]) -> dict[str, str]:
    names = (f"{VARIABLE_PREFIX}{key.upper()}" for key in _by_name())
    return {name: environ[name] for name in names if name in environ}


def _key(origin: str) -> str:
    """The field's name that ``--data``, ``AIDGRAPH_DATA`` or ``aidgraph.toml: data`` stands for."""
    if origin.startswith("--"):
        key = origin[2:].replace("-", "_")
    elif origin.startswith(VARIABLE_PREFIX):
        key = origin.removeprefix(VARIABLE_PREFIX).lower()
    else:
        key = origin.rpartition(": ")[2]
    if key not in _by_name():
        raise SettingsError(f"{origin}: no such setting; known are {', '.join(_by_name())}")
    return key


def _parsed(origin: str, text: str) -> Any:
    try:
        return _by_name()[_key(origin)].metadata["parse"](text)
    except ValueError as error:
        got = "something else" if _by_name()[_key(origin)].metadata["is_secret"] or "@" in text else repr(text)
        raise SettingsError(f"{origin}: got {got}, expected {error}") from error


def _by_name() -> dict[str, Field[Any]]:
    return {item.name: item for item in setting_fields() if item.default is not MISSING}
