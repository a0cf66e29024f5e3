"""The one function that builds the body of every error, and where errors of all kinds come together.

Machines get problem details (RFC 9457), browsers a page, whoever asks for plain text gets that. A
fault of our own becomes a 500 without a word of its traceback, which goes to the log.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import AidgraphError
from server.media import HTML_OFFER, content_type
from server.negotiate import Offer, choose
from server.problems import REPAIR, Problem, Unauthorized, log_reason, problem_of, unusable
from server.views.page import ErrorPage

ERROR_OFFERS = (
    Offer("application/problem+json", "json"),
    HTML_OFFER,
    Offer("text/plain", "txt"),
    Offer("application/json", "json"),
)


def register_error_handlers(app: Flask) -> None:
    """Let every error of ``app`` leave through :func:`error_response`."""
    app.register_error_handler(Problem, lambda error: error_response(error.status, error.detail, error.extra))
    app.register_error_handler(Unauthorized, _challenge)
    app.register_error_handler(AidgraphError, _own_response)
    app.register_error_handler(HTTPException, _http_response)
    for fault in (OSError, sqlite3.OperationalError):
        app.register_error_handler(fault, _disk_response)
    app.register_error_handler(MemoryError, _memory_response)


def _challenge(error: Unauthorized) -> Response:
    """RFC 9110 §11.6.1: who is refused for want of a token is told which kind would do."""
    response = error_response(error.status, error.detail, error.extra)
    response.headers["WWW-Authenticate"] = error.challenge
    return response


def _own_response(error: AidgraphError) -> Response:
    problem = log_reason(problem_of(error))
    return error_response(problem.status, problem.detail, problem.extra)


def _disk_response(error: Exception) -> Response:
    """The disk, or a file system that is not there: no fault of the request, nor of ours, and it may pass."""
    current_app.logger.error("a file cannot be read or written", exc_info=error)
    problem = unusable(str(error))
    return error_response(problem.status, problem.detail, problem.extra)


def _memory_response(error: MemoryError) -> Response:
    """What the system gives to this process is used up, or what its operator lets it have (``--server-memory``)."""
    current_app.logger.error("out of memory", exc_info=error)
    detail = "The server has no memory left for this at the moment; try again later."
    return error_response(503, detail, {"retry-after": REPAIR})


def _http_response(error: HTTPException) -> Response:
    """What Flask itself says no to: unknown routes, methods, oversized bodies, and our own faults (500)."""
    if error.response is not None or error.code is None or error.code < 400:
        response = error.get_response()
        return Response(response.get_data(), response.status_code, response.headers)
    answer = error_response(error.code, error.description or "", {})
    kept = ("Allow", "Retry-After", "Content-Range", "Location")
    answer.headers.extend([(name, value) for name, value in error.get_headers() if name in kept])
    return answer


def error_response(status: int, detail: str, extra: Mapping[str, object]) -> Response:
    """Build the body of an error in the form that the client takes; problem details if it takes none."""
    title = HTTPStatus(status).phrase
    offer = choose(ERROR_OFFERS, request.headers.get("Accept")) or ERROR_OFFERS[0]
    if offer.name == "html":
        body = render_template("error.html", page=ErrorPage(title, status, detail))
    elif offer.name == "txt":
        body = f"{status} {title}\n{detail}\n"
    else:
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail, **extra}
        body = json.dumps(problem, ensure_ascii=False) + "\n"
    response = Response(body, status, content_type=content_type(offer.media_type))
    response.headers["Cache-Control"] = "no-store"
    if "retry-after" in extra:
        response.headers["Retry-After"] = str(extra["retry-after"])
    response.vary.add("Accept")
    return response
