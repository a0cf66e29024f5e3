"""Addresses elsewhere as people call them: ``Wikidata: Q38`` and ``CC BY-SA 4.0``, and not bare addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

from server.views.reader import Link

_SITES: Final[Mapping[str, str]] = {
    "www.wikidata.org": "Wikidata",
    "wikidata.org": "Wikidata",
    "sws.geonames.org": "GeoNames",
    "www.geonames.org": "GeoNames",
    "publications.europa.eu": "EU authority table",
    "dbpedia.org": "DBpedia",
    "viaf.org": "VIAF",
    "d-nb.info": "German National Library",
    "id.loc.gov": "Library of Congress",
    "isni.org": "ISNI",
    "ror.org": "ROR",
    "glidenumber.net": "GLIDE",
    "reliefweb.int": "ReliefWeb",
}
"""Hosts and what people call them."""

_LICENCE: Final = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/.*)?")


def named_site(link: Link) -> Link:
    """The link with the site's name before the last part of the address; unchanged where the site is not known."""
    parts = urlsplit(link.iri or "")
    site = _SITES.get(parts.hostname or "")
    if site is None:
        return link
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return Link(f"{site}: {last}" if last else site, link.href, iri=link.iri)


def named_licence(link: Link) -> Link:
    """The link with the short name that Creative Commons gives the licence; unchanged for those of others."""
    found = _LICENCE.fullmatch(link.iri or link.label)
    if found is None:
        return link
    short = "CC0" if found[1] == "zero" else f"CC {found[1].upper()}"
    return Link(f"{short} {found[2]}", link.href, iri=link.iri)
