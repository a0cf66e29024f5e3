"""The licence that a page names, as the address that stands for it in RDF.

Why not a list of names: licences are written in every way ("CC-BY-SA-4.0", "Creative Commons
Attribution 2.5 Generic"), but each comes down to a code and a version, of which creativecommons.org
makes the address. Without a version no address is made up.
"""

from __future__ import annotations

import re

PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain/mark/1.0/"
_ZERO = "https://creativecommons.org/publicdomain/zero/1.0/"
_CODES = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")  # all that creativecommons.org has

_VERSION = r"v?(?P<version>\d\.\d)(?:[\s/](?P<port>IGO)\b)?"
_ADDRESS = re.compile(rf"creativecommons\.org/licenses/(?P<code>by(?:-[a-z]{{2}}){{0,2}})/{_VERSION}", re.IGNORECASE)
_SHORT = re.compile(
    rf"\bCC[ -]?(?P<code>BY(?:[ -](?:NC|SA|ND)){{0,2}})\b(?:\s(?:licen[cs]e|version))?[ ,-]{{0,2}}{_VERSION}",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"attribution(?P<code>(?:[\s–-]{1,3}(?:non-?commercial|share-?alike|no-?deriv[a-z]{0,6}(?: works)?)){0,2})"
    rf"(?:\s?\([^()]{{1,20}}\))?(?:\slicen[cs]e)?[\s,]{{0,2}}(?:version\s)?{_VERSION}",
    re.IGNORECASE,
)
_ZERO_NAMED = re.compile(r"\bCC[ -]?(?:0|Zero)\b|publicdomain/zero", re.IGNORECASE)
_PUBLIC_NAMED = re.compile(r"\bpublic[ -]?domain\b", re.IGNORECASE)
_ELEMENTS = {"nc": "commercial", "sa": "alike", "nd": "deriv"}  # in the order that addresses have them


def find_licence(text: str) -> str | None:
    """The address of the licence named in a licence line; None where none is named with its version."""
    for pattern in (_ADDRESS, _SHORT, _LONG):
        if match := pattern.search(text):
            return _address(match)
    if _ZERO_NAMED.search(text):
        return _ZERO
    return PUBLIC_DOMAIN if _PUBLIC_NAMED.search(text) else None


def _address(match: re.Match[str]) -> str | None:
    code = match["code"].lower().replace(" ", "-")
    if not code.startswith("by"):
        code = "-".join(["by", *(element for element, name in _ELEMENTS.items() if name in code)])
    port = "igo/" if match["port"] else ""
    return f"https://creativecommons.org/licenses/{code}/{match['version']}/{port}" if code in _CODES else None
