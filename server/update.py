"""``/update``: the SPARQL 1.1 Protocol for updates, for whoever has the token.

An address of its own and not ``/sparql``, so that a proxy can keep writing apart from reading.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request

from kg.errors import SyntaxFault
from kg.writing import Update
from server.problems import Refused
from server.site import site
from server.syntax.allowed import Allowed
from server.syntax.corrections import repaired
from server.syntax.dataset import with_using
from server.syntax.network import guard_update
from server.syntax.wellformed import check_update
from server.writes import check_token, parse_update

update = Blueprint("update", __name__)

MAX_UPDATE: Final = 16 << 20
"""Bytes that an update may have: it is one text, read as one. More is for ``/graphs``, which takes files."""


@update.post("/update")
def update_by_post() -> Response:
    """Carry out an update whole, or say why not. When this is answered, every later query sees it."""
    check_token(request.headers.get("Authorization"), site().settings.token)
    request.max_content_length = MAX_UPDATE
    asked = parse_update(request.query_string, request.headers.get("Content-Type"), request.get_data())
    text = with_using(asked.text, asked.using, asked.using_named)
    try:
        _carry_out(text)
    except SyntaxFault as fault:
        other = repaired(text)
        if other is None:
            raise
        try:
            _carry_out(other)
        except SyntaxFault:
            raise fault from None
    return Response(status=204)


def _carry_out(text: str) -> None:
    try:
        guarded = guard_update(text, Allowed.of(site().settings.services))
    except Refused:
        check_update(text)
        raise
    site().perform(Update(guarded, request.base_url))
