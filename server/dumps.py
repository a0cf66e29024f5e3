"""``/dumps/``: the whole graph as files, with a page that lists them.

Only names that the folder really lists are opened, so no path can lead out of it. A ``.gz`` file is sent as
what it is, ``application/gzip``: with a Content-Encoding a client would unpack it, and its checksum not hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response, request, send_file

from kg.dumps.manifest import CHECKSUMS, read_note
from server.problems import NotFound
from server.rendering import render
from server.site import site, snapshot
from server.views.dumps import DumpFile, DumpsPage, coming, grouped
from server.views.page import Alternate, Head
from server.views.recipes import recipes

dumps = Blueprint("dumps", __name__)

_DESCRIPTION = "The whole graph as files, how to load it elsewhere, what may be done with it, and what it does not say."
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_UNFINISHED = (".tmp", ".part", ".new")
_TYPES = {
    ".gz": "application/gzip",
    ".zst": "application/zstd",
    ".json": "application/json",
    ".hdt": "application/vnd.hdt",
    ".parquet": "application/vnd.apache.parquet",
    ".ttl": "text/turtle",
}
"""Registered media types by ending; other files are plain text."""
_SHOWN = ("text/plain", "text/turtle", "application/json")
"""Types that a browser shows; others are saved."""


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
    folder = site().settings.data / "dumps"
    sums, note, version = _read_sums(folder), read_note(folder), snapshot().version
    files = tuple(
        DumpFile(file.path.name, file.size, file.changed.isoformat(timespec="seconds"), sums.get(file.path.name, ""))
        for file in dump_files(site().settings.data)
    )
    of = str(note.get("version", ""))
    root = request.url_root
    void = Alternate("/.well-known/void", "text/turtle", "Description of the dataset (VoID)")
    head = Head("The data", _DESCRIPTION, canonical="/dumps/", alternates=(void,))
    made = str(note.get("time", ""))
    return render("dumps.html", DumpsPage(head, grouped(files), recipes(), root, version, of, coming(folder), made))


def _read_sums(folder: Path) -> dict[str, str]:
    """The checksums that the build wrote, by file; none for files that it did not write."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


@dumps.get("/dumps/<name>")
def dump(name: str) -> Response:
    """One file, whole or in ranges, with ETag and Last-Modified."""
    found = next((file for file in dump_files(site().settings.data) if file.path.name == name), None)
    if found is None:
        raise NotFound(f"There is no dump {name!r}; /dumps/ lists those that there are.")
    media_type = _TYPES.get(found.path.suffix, "text/plain")
    is_saved = media_type.partition(";")[0] not in _SHOWN
    response = send_file(found.path.resolve(), media_type, as_attachment=is_saved, conditional=True)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "no-cache"
    return response
