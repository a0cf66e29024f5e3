"""``/dumps/``: the whole graph as files, with a page that lists them.

Only names that the folder really lists are opened, so no path can lead out of it. A ``.gz`` file is sent as
what it is, ``application/gzip``: with a Content-Encoding a client would unpack it, and its checksum not hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response, send_file

from server.problems import NotFound
from server.rendering import render
from server.site import site
from server.views.dumps import DumpFile, DumpsPage
from server.views.page import Head

dumps = Blueprint("dumps", __name__)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_UNFINISHED = (".tmp", ".part", ".new")
_TYPES = {".gz": "application/gzip", ".zst": "application/zstd", ".json": "application/json"}


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    size: int
    changed: datetime


def dump_files(data: Path) -> list[_File]:
    """The finished files of the dumps folder, by name; none if there is no folder yet."""
    folder = data / "dumps"
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    offered = [
        path for path in paths if _NAME.fullmatch(path.name) and path.suffix not in _UNFINISHED and path.is_file()
    ]
    return [_File(path, path.stat().st_size, datetime.fromtimestamp(path.stat().st_mtime, UTC)) for path in offered]


@dumps.get("/dumps/")
def index() -> Response:
    """The list of the files."""
    files = tuple(
        DumpFile(file.path.name, file.size, file.changed.isoformat(timespec="seconds"))
        for file in dump_files(site().settings.data)
    )
    return render("dumps.html", DumpsPage(Head("Download the whole graph"), files))


@dumps.get("/dumps/<name>")
def dump(name: str) -> Response:
    """One file, whole or in ranges, with ETag and Last-Modified."""
    found = next((file for file in dump_files(site().settings.data) if file.path.name == name), None)
    if found is None:
        raise NotFound(f"There is no dump {name!r}; /dumps/ lists those that there are.")
    media_type = _TYPES.get(found.path.suffix, "text/plain")
    response = send_file(found.path.resolve(), media_type, as_attachment=media_type != "text/plain", conditional=True)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "no-cache"
    return response
