"""The forms of a JSON-LD document that a client can ask for by profile (JSON-LD 1.1, IANA Considerations).

A profile is asked for with ``Accept: application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"`` or with
``?profile=expanded``. What is not known is ignored, and then the document comes as it usually does (RFC 6906 §3.1).
"""

from __future__ import annotations

from typing import Final

from werkzeug.http import parse_accept_header, parse_options_header

NAMESPACE: Final = "http://www.w3.org/ns/json-ld#"

PROFILES: Final = ("expanded", "compacted", "flattened", "framed")
"""The forms that there are. The usual one, without a profile, is framed, with what the frame leaves out added."""

_MEDIA_TYPE: Final = "application/ld+json"


def asked_profile(accept: str | None, wanted: str | None = None) -> str | None:
    """The form asked for, or None for the usual one.

    Args:
        accept: the Accept header. Of several ranges the liked best counts, of several profiles of one the first known.
        wanted: the value of ``?profile=``, a name or an IRI, which goes before the header.
    """
    if wanted is not None:
        return _known(wanted)
    ranges = (parse_options_header(value) for value, quality in parse_accept_header(accept) if quality > 0)
    asked = (options.get("profile", "") for media_type, options in ranges if media_type.lower() == _MEDIA_TYPE)
    return next((found for profiles in asked if (found := _known(profiles))), None)


def _known(profiles: str) -> str | None:
    """The first known one of profiles with spaces between."""
    names = (profile.removeprefix(NAMESPACE) for profile in profiles.split())
    return next((name for name in names if name in PROFILES), None)


def media_type(profile: str | None) -> str:
    """The Content-Type that says which form a document has."""
    return f'{_MEDIA_TYPE};profile="{NAMESPACE}{profile}"' if profile else _MEDIA_TYPE
