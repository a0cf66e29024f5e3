"""``/reconcile`` and what belongs to it: parameters in, JSON out, and a page for the box of a preview."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from server.assets import assets
from server.problems import BadRequest, NotFound
from server.reconcile.asking import LONGEST, parse_batch, parse_extension
from server.reconcile.candidates import Candidates
from server.reconcile.deadline import Deadline
from server.reconcile.describing import candidate_data, describe, suggestion_data
from server.reconcile.extending import extend
from server.reconcile.kinds import TOLD, UNTYPED, type_data, type_of
from server.reconcile.manifest import manifest
from server.reconcile.matching import match
from server.reconcile.preview import preview
from server.reconcile.properties import properties_of, property_data, property_of
from server.reconcile.suggesting import FARTHEST, suggest_properties, suggest_things, suggest_types
from server.reconcile.things import Thing, Things, iri_of
from server.reconcile.ways import Source
from server.rendering import allow_frames, render
from server.search.find import read_shelves
from server.site import index, remember_lists, site, snapshot

reconcile = Blueprint("reconcile", __name__)

JSON: Final = "application/json"
_EVERY_KIND: Final = (*UNTYPED, *TOLD)


@reconcile.route("/reconcile", methods=["GET", "POST"])
def service() -> Response:
    """The manifest, or the answer to ``queries`` or ``extend``."""
    if "callback" in request.values:
        raise BadRequest(
            "JSONP is not spoken here: scripts of any site may read the answers (CORS). Leave callback out."
        )
    given = [name for name in ("queries", "extend") if name in request.values]
    if len(given) > 1:
        raise BadRequest("There are queries and extend in one request; send one of them.")
    if given == ["queries"]:
        batch = parse_batch(request.values["queries"])
        found = _candidates()
        return _json(
            {key: {"result": [candidate_data(found.source, one) for one in match(found, query)]}
             for key, query in batch.items()}
        )  # fmt: skip
    if given == ["extend"]:
        return _json(extend(_source(), parse_extension(request.values["extend"])))
    if request.method == "POST":
        raise BadRequest("A form with queries or extend is expected (application/x-www-form-urlencoded).")
    return _json(manifest(_root(), site().addresses.base, assets().address("icon.svg")))


@reconcile.get("/reconcile/suggest/<what>")
def suggestions(what: str) -> Response:
    """Entities, properties or types whose names begin with ``prefix``."""
    typed, skip, kinds = request.args.get("prefix", "")[:LONGEST], _skip(), _kinds()
    found: list[dict[str, object]]
    if what == "entity":
        candidates = _candidates()
        found = [suggestion_data(candidates.source, one) for one in suggest_things(candidates, typed, kinds, skip)]
    elif what == "property":
        found = [{**property_data(one)} for one in suggest_properties(typed, kinds, skip)]
    elif what == "type":
        found = [{**type_data(one), "description": one.description} for one in suggest_types(typed, skip)]
    else:
        raise _nothing(what)
    return _json({"result": found})


@reconcile.get("/reconcile/flyout/<what>")
def flyout(what: str) -> Response:
    """A few words on one of them, as HTML in JSON."""
    tellers: dict[str, Callable[[str], tuple[str, str]]] = {
        "entity": _tell_thing,
        "property": lambda name: (property_of(name).name, property_of(name).description),
        "type": lambda name: (type_of(name).name, type_of(name).description),
    }
    if what not in tellers:
        raise _nothing(what)
    identifier = request.args.get("id", "")
    name, words = tellers[what](identifier)
    html = Markup("<p><strong>{}</strong></p><p>{}</p>").format(name, words)
    return _json({"id": identifier, "html": str(html)})


@reconcile.get("/reconcile/properties")
def proposals() -> Response:
    """Properties that things of a type may be extended with."""
    identifier = request.args.get("type", "")
    kinds = type_of(identifier).kinds if identifier else _EVERY_KIND
    limit = request.args.get("limit", type=int)
    listed = properties_of(kinds)[: max(0, limit) if limit is not None else None]
    told = {"limit": limit} if limit is not None else {}
    return _json({"type": identifier, **told, "properties": [property_data(one) for one in listed]})


@reconcile.get("/reconcile/preview")
def preview_page() -> Response:
    """A small page about a thing, which any site may show in a frame."""
    page = preview(_source(), _thing(request.args.get("id", "")))
    allow_frames()
    return render("preview.html", page)


@reconcile.get("/reconcile/view")
def view() -> BaseResponse:
    """To the page of a thing."""
    thing = _thing(request.args.get("id", ""))
    place = site().addresses.page_of(thing.iri)
    if place is None:
        raise NotFound(f"{thing.iri} has no page that a browser could be sent to.")
    return redirect(quote(place, safe="/:?#@!$&'()*+,;=%-._~"), 303)


def _tell_thing(identifier: str) -> tuple[str, str]:
    thing = _thing(identifier)
    return thing.name, describe(_source(), thing)


def _thing(identifier: str) -> Thing:
    thing = _source().things.by_iri(iri_of(site().addresses, identifier))
    if thing is None:
        raise NotFound(f"There is no {identifier[:LONGEST]!r} to reconcile with.")
    return thing


def _nothing(what: str) -> NotFound:
    return NotFound(f"There is nothing for {what[:100]!r}; there is entity, property and type.")


def _kinds() -> tuple[str, ...]:
    """The kinds of the types that are asked for; all of them if none is."""
    names: Iterable[str] = filter(None, request.args.getlist("type"))
    return tuple(dict.fromkeys(kind for name in names for kind in type_of(name).kinds)) or _EVERY_KIND


def _skip() -> int:
    text = request.args.get("cursor", "") or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest(f"cursor is {text[:100]!r}; it is how many suggestions to skip.")
    return min(int(text), FARTHEST)


def _root() -> str:
    return request.url_root.rstrip("/")


def _source() -> Source:
    limit = Deadline(site().settings.query_timeout)
    return Source(snapshot().store, Things(index()), site().addresses, limit)


def _candidates() -> Candidates:
    connection = index()
    shelves = remember_lists("shelves", lambda: read_shelves(connection))
    return Candidates(_source(), shelves)


def _json(data: object) -> Response:
    response = Response(json.dumps(data, ensure_ascii=False, separators=(",", ":")), content_type=JSON)
    response.headers["Cache-Control"] = "no-cache"
    if request.method != "POST":
        response.add_etag()
        response.make_conditional(request)
    return response
