"""Content negotiation as pure functions: a header and a list of offers in, one offer or none out.

Werkzeug's own ``best_match`` finds nothing for ``text/turtle;charset=utf-8``, for JSON-LD with a
profile, or where the header is missing, so only its header parser is used here. The rules are those
of RFC 9110 §12.5.1: the most specific range that matches an offer gives its quality, ``q=0`` rules
it out. Equal qualities go to the offer that was named more specifically, then to our own order, so
that ``text/turtle, */*`` means Turtle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.http import parse_accept_header, parse_options_header

HTML = "text/html"
UNDERSTOOD = frozenset({"charset", "profile", "header", "version"})
"""Parameters of a media range that do not rule our offers out: we send UTF-8 and say the rest in the answer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One form that can be sent: its media type, and ``name`` as in ``?format=`` or a file's ending."""

    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header, without the parameters that we understand."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How closely the range names ``media_type``: 2 whole, 1 type, 0 anything, -1 not at all."""
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (kind, subtype):
            return 2
        if self.type == kind and self.subtype == "*":
            return 1
        return 0 if (self.type, self.subtype) == ("*", "*") else -1


def parse_accept(header: str | None) -> tuple[MediaRange, ...]:
    """The media ranges of an Accept header.

    A missing or empty header, and one without any readable range, means ``*/*``. A range with a
    parameter that we do not understand is left out: it asks for something narrower than we have.
    """
    ranges = tuple(
        MediaRange(kind, subtype, quality)
        for value, quality in parse_accept_header(header)
        for kind, subtype in _media_range(value)
    )
    return ranges if ranges or _has_range(header) else (MediaRange("*", "*", 1.0),)


def _media_range(value: str) -> list[tuple[str, str]]:
    """The type and subtype of one range as a list of one, or an empty list for a range we cannot meet."""
    media_type, parameters = parse_options_header(value)
    if media_type == "*":  # sent by Java's own client
        return [("*", "*")]
    kind, slash, subtype = media_type.lower().partition("/")
    readable = bool(kind and slash and subtype) and not (kind == "*" and subtype != "*")
    return [(kind, subtype)] if readable and parameters.keys() <= UNDERSTOOD else []


def _has_range(header: str | None) -> bool:
    return any("/" in value for value, _ in parse_accept_header(header))


def choose(offers: Sequence[Offer], accept: str | None) -> Offer | None:
    """The offer that the Accept header likes best, or ``None`` if it takes none of them (406)."""
    ranges = parse_accept(accept)
    ranked = [(*_quality(offer, ranges), -place, offer) for place, offer in enumerate(offers)]
    best = max(ranked, key=lambda entry: entry[:3], default=None)
    return best[3] if best and best[0] > 0 else None


def _quality(offer: Offer, ranges: Sequence[MediaRange]) -> tuple[float, int]:
    """Quality and specificity that the most specific matching range gives to an offer."""
    matches = [(found, entry.quality) for entry in ranges if (found := entry.specificity(offer.media_type)) >= 0]
    specificity, quality = max(matches, default=(-1, 0.0))
    return quality, specificity


def named(offers: Sequence[Offer], name: str) -> Offer | None:
    """The offer that ``?format=`` asks for, by its short name or its media type.

    A list of types with commas between is one that SPARQLWrapper writes there: the first that we have.
    """
    wanted = (part.strip() for part in name.lower().split(","))
    return next((offer for one in wanted for offer in offers if one in (offer.name, offer.media_type)), None)


def prefers_html(accept: str | None) -> bool:
    """Whether the client is a person's browser: it names HTML itself, and likes nothing of ours better."""
    machine = Offer("application/json", "json")
    best = choose((machine, Offer(HTML, "html")), accept)
    return best is not None and best.media_type == HTML
