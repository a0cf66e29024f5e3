"""Style sheets, scripts and pictures of the site, under addresses that change with their content.

``/static/style.4f2a91c0.css`` may be kept for ever by whoever has it (RFC 8246), because another content has another
address. The plain names work as well, for people who link to them. The style sheet is one file for the browser and
one file a part for us. What the browser's build made lies in ``static/ui``; where it was not built nothing is
missing but comfort, and :meth:`Assets.address` says None.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from flask import Blueprint, Flask, Response, current_app, request

from server.problems import NotFound

STYLE: Final = "style.css"
_FOREVER: Final = "public, max-age=31536000, immutable"
_KEY: Final = "aidgraph.assets"
_HASHED = re.compile(r"(?P<stem>.+)\.(?P<hash>[0-9a-f]{12})(?P<suffix>\.[a-z0-9]+)")
_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent. ``digest`` stands for its content."""

    content: bytes
    digest: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files, by their plain names below ``/static/``."""

    files: Mapping[str, Asset]

    def address(self, name: str) -> str | None:
        """Where a browser gets it; None if it was not built."""
        asset = self.files.get(name)
        if asset is None:
            return None
        stem, dot, suffix = name.rpartition(".")
        return f"/static/{stem}.{asset.digest}{dot}{suffix}"

    def find(self, path: str) -> tuple[Asset, bool] | None:
        """The file of an address and whether the address holds its hash; None if there is none of that content."""
        match = _HASHED.fullmatch(path)
        if match is not None:
            asset = self.files.get(f"{match['stem']}{match['suffix']}")
            return (asset, True) if asset is not None and asset.digest == match["hash"] else None
        asset = self.files.get(path)
        return (asset, False) if asset is not None else None


def read_assets(folder: Traversable) -> Assets:
    """Read all files of a folder and of the folders in it; those in ``css`` become one style sheet, in their order."""
    files = {name: file.read_bytes() for name, file in _files(folder, "")}
    parts = sorted(name for name in files if name.startswith("css/"))
    style = b"\n".join(files.pop(name) for name in parts)
    return Assets({name: _asset(name, content) for name, content in (files | {STYLE: style}).items()})


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        found += _files(entry, f"{prefix}{entry.name}/") if entry.is_dir() else [(f"{prefix}{entry.name}", entry)]
    return found


def _asset(name: str, content: bytes) -> Asset:
    suffix = f".{name.rpartition('.')[2]}"
    media_type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(content, hashlib.sha256(content).hexdigest()[:12], media_type)


static = Blueprint("assets", __name__)


def install_assets(app: Flask) -> None:
    """Read the package's files and let templates ask for their addresses with ``asset(name)``."""
    found = app.extensions[_KEY] = read_assets(resources.files("server").joinpath("static"))
    app.jinja_env.globals["asset"] = found.address
    app.register_blueprint(static)


def assets() -> Assets:
    """The files of the current application."""
    found: Assets = current_app.extensions[_KEY]
    return found


@static.get("/static/<path:filename>")
def asset(filename: str) -> Response:
    """One file."""
    found = assets().find(filename)
    if found is None:
        raise NotFound(f"There is no /static/{filename}.")
    file, is_lasting = found
    response = Response(file.content, content_type=file.media_type)
    response.set_etag(file.digest)
    response.headers["Cache-Control"] = _FOREVER if is_lasting else "no-cache"
    response.make_conditional(request)
    return response
