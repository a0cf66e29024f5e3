"""Answers that are known to be unchanged before they are made.

Data and query results depend on the address, the form, the version of the dataset and that of this software, and on
nothing else, so their ETag is made of these and a client that has it gets 304 without any work. The tag is weak: the
engine does not promise the order of unordered results. A client that kept no tag can ask by time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version

from flask import Response, request

from server.site import are_behind


def revalidated(tag: str, make: Callable[[], Response], *, modified: datetime | None = None) -> Response:
    """The answer that ``make`` makes, or 304 if the client already has the one with this tag.

    Args:
        modified: since when the answer is as it is.
    """
    tag = f"{_software()}/{tag}"
    if are_behind():  # the same version will have other lists
        tag, modified = f"{tag}/behind", None
    response = Response(status=304) if _has(tag, modified) else make()
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    if modified is not None:
        tell_modified(response, modified)
    return response


def tell_modified(response: Response, modified: datetime) -> None:
    """Say since when an answer is as it is, unless it may change within the same second (RFC 9110 §8.8.2.1)."""
    if datetime.now(UTC) >= modified.replace(microsecond=0) + timedelta(seconds=1):
        response.last_modified = modified


def _has(tag: str, modified: datetime | None) -> bool:
    """Whether the client has it. A time counts only where no tag is given (RFC 9110 §13.1.3)."""
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(tag)
    since = request.if_modified_since
    return modified is not None and since is not None and modified.replace(microsecond=0) <= since


@cache
def _software() -> str:
    return version("aidgraph")
