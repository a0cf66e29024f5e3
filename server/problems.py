"""Every way in which this server says no.

    Problem                  an HTTP error with a status, a title and what to do about it
    ├── BadRequest           400  the request, or the query in it, cannot be read
    ├── Unauthorized         401  whoever writes has to show the token
    ├── Refused              403  understood, and not done here
    ├── NotFound             404  the graph knows nothing of it
    ├── NotAcceptable        406  none of the forms that there are
    ├── TooSlow              408  a body that did not come in time
    ├── TooLarge             413  a body longer than what is taken
    ├── UnsupportedMedia     415  a body in a form that is not taken
    ├── NotEvaluated         422  a well-formed query that the engine cannot answer
    ├── Unavailable          503  no graph to answer from, for now
    ├── Busy                 503  too much to do already
    ├── Exhausted            503  a query that needs more memory than it may have
    └── TimedOut             504  a query that was not answered within its time

Raised anywhere in ``server``; :mod:`server.errors` is the one place that makes answers of them. A message
says what was got and what is expected, in whole sentences: people read it on a page.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar, Final

from kg.errors import (
    AidgraphError,
    BackendError,
    DataError,
    LockedError,
    MissingError,
    NotReadyError,
    ReplicaError,
    SyntaxFault,
    UpdateFault,
)
from server.negotiate import Offer

REPAIR: Final = 30
"""Seconds after which to ask again where the store cannot be read or written: people or programs have to see to it."""

AWAY: Final = "The store of the graph is not there; `aidgraph build` makes one."
"""Told where there is none, or its disk has gone. Where it should be is the operator's to know."""

UNUSABLE: Final = "The graph or its index cannot be read or written at the moment; the server's log has the reason."

QUIET: Final = 30.0
"""Seconds in which the log has a reason once: a store that is gone is asked for a hundred times a second."""


class Problem(Exception):
    """An answer that says no.

    ``extra`` are further members of the problem details, such as ``line``. ``reason`` is for the log: it may name
    folders, which are the operator's to know.
    """

    status: ClassVar[int] = 500

    def __init__(self, detail: str, *, extra: Mapping[str, object] | None = None, reason: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = dict(extra or {})
        self.reason = reason


class BadRequest(Problem):
    """The request cannot be read."""

    status = 400


class Unauthorized(Problem):
    """No token was shown, or not the right one. ``error`` is the code of RFC 6750 §3.1 for the latter."""

    status = 401

    def __init__(self, detail: str, *, error: str | None = None) -> None:
        super().__init__(detail)
        self.challenge = 'Bearer realm="aidgraph"' + (f', error="{error}"' if error else "")


class Refused(Problem):
    """The server understands and will not do it."""

    status = 403


class NotFound(Problem):
    """There is no such thing."""

    status = 404


class NotAcceptable(Problem):
    """None of the forms that there are suits the client; the answer lists them."""

    status = 406

    def __init__(self, offers: Sequence[Offer], *, wanted: str) -> None:
        available = list(dict.fromkeys(offer.media_type for offer in offers))
        detail = f"No form of this suits {wanted!r}. There is {', '.join(available)}."
        super().__init__(detail, extra={"available": available})


class TooSlow(Problem):
    """The client did not send the request's body in time."""

    status = 408


class TooLarge(Problem):
    """The body is longer than what is taken."""

    status = 413


class UnsupportedMedia(Problem):
    """The body has a Content-Type that is not taken."""

    status = 415


class NotEvaluated(Problem):
    """The query is well-formed, but the engine cannot answer it."""

    status = 422


class Unavailable(Problem):
    """There is no graph to answer from."""

    status = 503


class Busy(Problem):
    """There is too much to do already; the same request may be answered later."""

    status = 503


class Exhausted(Problem):
    """The query needs more memory than one query may have, or the engine gave up on it."""

    status = 503


class TimedOut(Problem):
    """The query was not answered within its time."""

    status = 504


def restore_problem(name: str, detail: str, extra: Mapping[str, object], reason: str = "") -> Problem:
    """The problem of that class, as it was raised in another process."""
    problem = _BY_NAME[name].__new__(_BY_NAME[name])
    Problem.__init__(problem, detail, extra=extra, reason=reason)
    return problem


def unusable(reason: str) -> Unavailable:
    """The problem that the store cannot be used, for a reason that is not the client's to know."""
    return Unavailable(UNUSABLE, extra={"retry-after": REPAIR}, reason=reason)


def log_reason(problem: Problem) -> Problem:
    """Tell whoever runs the server what a client is not told, each reason once in a while. Not in workers, whose
    standard error is looked through for their last words."""
    if problem.reason:
        _log_once(problem.reason, time.monotonic() // QUIET)
    return problem


@lru_cache(maxsize=64)
def _log_once(reason: str, _while: float) -> None:
    """Called with the same again, this does nothing."""
    print(f"aidgraph: {reason}", file=sys.stderr)


_BY_NAME = {problem.__name__: problem for problem in Problem.__subclasses__()}


def problem_of(error: AidgraphError) -> Problem:
    """What an error of ``kg`` is to a client."""
    if isinstance(error, SyntaxFault):
        known = {"line": error.line, "column": error.column}
        return BadRequest(str(error), extra={name: value for name, value in known.items() if value is not None})
    if isinstance(error, UpdateFault):
        return NotEvaluated(str(error))
    if isinstance(error, DataError):
        return BadRequest(str(error))
    if isinstance(error, LockedError):
        detail = "Somebody else is writing just now, and nothing was changed; try again later."
        return Busy(detail, extra={"retry-after": 5})
    if isinstance(error, NotReadyError):
        detail = "The graph has just changed, and what this page lists is still being put in order; try again soon."
        return Busy(detail, extra={"retry-after": 5})
    if isinstance(error, ReplicaError):
        return Refused("This is a replica, which only reads; write to the server that it is a copy of.")
    if isinstance(error, MissingError):
        return Unavailable(AWAY, extra={"retry-after": REPAIR})
    if isinstance(error, BackendError):
        return Unavailable(str(error), extra={"retry-after": REPAIR})
    return unusable(str(error))
