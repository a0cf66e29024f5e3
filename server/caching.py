"""Answers that are known to be unchanged before they are made.

Data and query results depend on the address, the form and the version of the dataset, and on nothing
else, so their ETag is made of these and a client that has it gets 304 without any work. The tag is weak:
the engine does not promise the order of unordered results.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request


def revalidated(tag: str, make: Callable[[], Response]) -> Response:
    """The answer that ``make`` makes, or 304 if the client already has the one with this tag."""
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else make()
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
