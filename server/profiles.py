"""The forms of a JSON-LD document that a client can ask for: by profile, with a frame and a version of the context.

A profile is asked for with ``Accept: application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"`` (JSON-LD
1.1, https://www.w3.org/TR/json-ld11/#iana-considerations) or with ``?profile=expanded``. Beside the form, the list of
profiles may name one of our frames or contexts. So may a ``Link`` field of the request: "in an HTTP request header",
say the definitions of http://www.w3.org/ns/json-ld#frame and #context, these relations specify "the location of a
frame to use for framing" and of a context for compaction. Nothing is fetched: a link to anything but our own is
refused. A profile that is not known is ignored, and the document comes as it usually does (RFC 6906 §3.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urljoin

from werkzeug.http import parse_accept_header, parse_options_header

from kg.formats import VOCABULARY
from server.jsonld import CONTEXT_VERSION, CONTEXT_VERSIONS, FRAMES
from server.problems import BadRequest

NAMESPACE: Final = "http://www.w3.org/ns/json-ld#"

PROFILES: Final = ("expanded", "compacted", "flattened", "framed")
"""The forms that there are. The usual one, without a profile, is framed, with what the frame leaves out added."""

_MEDIA_TYPE: Final = "application/ld+json"
_BOTH: Final = {"compacted", "flattened"}
_UNQUOTED: Final = re.compile(r'(;\s*profile=)([^\s;,"]+)', re.IGNORECASE)
"""An IRI as the value of a parameter needs quotes (RFC 9110 §5.6.6); the examples of JSON-LD 1.1 have none."""
_LINK: Final = re.compile(r'<([^>]*)>((?:[^,"<]|"(?:[^"\\]|\\.)*")*)')
"""A link-value of RFC 8288 §3: its target, and its parameters."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for; None where nothing was. ``frame`` is a name, ``context`` a version."""

    profile: str | None = None
    frame: str | None = None
    context: str | None = None

    def query(self) -> str:
        """The same as the query of an address, with its question mark; empty if nothing was asked for."""
        asked = {"profile": self.profile, "frame": self.frame, "context": self.context}
        text = urlencode({name: value for name, value in asked.items() if value})
        return f"?{text}" if text else ""


def wanted_form(parameters: Mapping[str, str], accept: str | None, link: str | None, address: str) -> Wanted:
    """The form asked for by the address, by Accept and by Link, in this order.

    Args:
        accept: the Accept header. Of several ranges the liked best counts.
        link: the Link fields of the request, with commas between.
        address: of the request, for links that are relative to it.

    Raises:
        BadRequest: a frame or context is wanted that is not one of ours.
    """
    profiles = tuple(_accepted(accept))
    profile = _form(parameters["profile"].split()) if "profile" in parameters else _form(profiles)
    named, linked = [_ours(one, address) for one in profiles], tuple(_linked(link, address))
    frames = [parameters.get("frame"), *(name for kind, name in (*named, *linked) if kind == "frame")]
    contexts = [parameters.get("context"), *(name for kind, name in (*named, *linked) if kind == "context")]
    frame = _one_of(FRAMES, "frame", next(filter(None, frames), None))
    context = _one_of(CONTEXT_VERSIONS, "context", next(filter(None, contexts), None))
    if frame and profile is None:
        profile = "framed"
    return Wanted(profile, frame if profile == "framed" else None, context)


def _accepted(accept: str | None) -> Iterator[str]:
    """The profiles that the best range of an Accept header lists."""
    quoted = _UNQUOTED.sub(r'\1"\2"', accept or "")
    ranges = (parse_options_header(value) for value, quality in parse_accept_header(quoted) if quality > 0)
    for media_type, options in ranges:
        if media_type.lower() == _MEDIA_TYPE and options.get("profile"):
            yield from options["profile"].split()


def _form(profiles: tuple[str, ...] | list[str]) -> str | None:
    """The first known form of a list; a document both flattened and compacted is our flattened one."""
    names = [name for profile in profiles if (name := profile.removeprefix(NAMESPACE)) in PROFILES]
    if set(names) >= _BOTH and names[0] in _BOTH:
        return "flattened"
    return names[0] if names else None


def _ours(iri: str, address: str) -> tuple[str, str]:
    """What an IRI names: ``frame`` or ``context`` with its name or version, or twice nothing."""
    whole = urljoin(address, iri)
    for base in (urljoin(address, "/"), VOCABULARY):
        path = whole.removeprefix(base)
        if found := re.fullmatch(r"(frame|context)s?/([^/]+)\.jsonld", path):
            return found[1], found[2]
        if path == "context.jsonld":
            return "context", CONTEXT_VERSION
    return "", ""


def _linked(link: str | None, address: str) -> Iterator[tuple[str, str]]:
    """The frames and contexts that Link fields name.

    Raises:
        BadRequest: one is not ours.
    """
    for target, parameters in _LINK.findall(link or ""):
        relations = parse_options_header(f"link{parameters}")[1].get("rel", "").split()
        for kind in ("frame", "context"):
            if f"{NAMESPACE}{kind}" in relations:
                named = _ours(target, address)
                if named[0] != kind:
                    raise BadRequest(f"<{target}> is no {kind} of this server, and none is fetched from elsewhere.")
                yield named


def _one_of(known: tuple[str, ...], kind: str, name: str | None) -> str | None:
    if name is not None and name not in known:
        raise BadRequest(f"There is no {kind} {name!r}; there are {', '.join(known)}.")
    return name


def media_type(profile: str | None) -> str:
    """The Content-Type that says which form a document has."""
    return f'{_MEDIA_TYPE};profile="{NAMESPACE}{profile}"' if profile else _MEDIA_TYPE
