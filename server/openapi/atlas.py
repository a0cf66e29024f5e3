"""The map and the timeline, with the filters of the list of events."""

from __future__ import annotations

from typing import Final

from server.atlas.asking import MAP, TIMELINE
from server.explore.filters import Listing
from server.media import HTML_OFFER
from server.negotiate import Offer
from server.openapi.lists import selecting
from server.openapi.parts import UNCHANGED, Json, contents, errors, found, operation


def _picture(listing: Listing, about: str, rows: str) -> dict[str, Json]:
    page = {"200": found(contents((HTML_OFFER,)), "ETag"), **UNCHANGED, **errors(400, 404, 406, 412, 503)}
    file = {"200": found(contents((Offer("text/csv", "csv"),)), "ETag"), **UNCHANGED, **errors(400, 404, 412, 503)}
    return {
        listing.path: {"get": operation("pages", about, page, *selecting(listing))},
        f"{listing.path}.csv": {"get": operation("data", f"{rows}, as CSV.", file, *selecting(listing))},
    }


ROUTES: Final[dict[str, Json]] = {
    **_picture(MAP, "Who helped whom, as a map.", "The pairs of donor and recipient with the number of their events"),
    **_picture(TIMELINE, "Crises and the help in them, as a timeline.", "The crises with the number of their events"),
}
