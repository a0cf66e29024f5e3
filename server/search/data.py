"""Search for programs: results and suggestions as JSON, and the description by which a browser adds the search."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from server.description import TITLE
from server.search.hits import Hit
from server.search.page import SearchPage
from server.search.suggest import Suggestion

_OPENSEARCH = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{title}</ShortName>
  <Description>Names, headlines, items, quotations and sentences about aid.</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="16" height="16" type="image/svg+xml">{icon}</Image>
  <Url type="text/html" template="{search}"/>
  <Url type="application/json" template="{data}"/>
  <Url type="application/x-suggestions+json" template="{suggest}"/>
</OpenSearchDescription>
""")


def results_as_data(page: SearchPage) -> dict[str, Any]:
    """The results that a page shows, with how many there are and where to go on."""
    following = page.pager.number + 1 if page.pager.number < page.pager.pages else None
    return {
        "query": page.wanted.text,
        "shown": page.shown or page.wanted.text,
        "match": page.match,
        "kind": page.wanted.kind or None,
        "total": page.total,
        "counts": dict(page.counts),
        "page": page.pager.number,
        "next": page.wanted.href("/search.json", page=str(following)) if following else None,
        "hits": [_hit(hit) for group in page.groups for hit in group.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind, "iri": hit.iri, "label": hit.label, "href": hit.href,
        "snippet": "".join(piece.text for piece in hit.snippet), "date": hit.date, "publishers": list(hit.publishers),
    }  # fmt: skip


def suggestions_as_data(typed: str, found: Sequence[Suggestion]) -> dict[str, Any]:
    """Suggestions as our own scripts read them."""
    listed = [
        {"label": one.label, "kind": one.kind, "href": one.href, "iri": one.iri, "snippet": one.snippet}
        for one in found
    ]
    return {"query": typed, "suggestions": listed}


def suggestions_for_browsers(typed: str, found: Sequence[Suggestion], root: str) -> list[Any]:
    """The same as browsers read them for the box where addresses are typed (OpenSearch Suggestions 1.1)."""
    return [
        typed,
        [one.label for one in found],
        [one.snippet for one in found],
        [f"{root}{one.href}" if one.href and one.href.startswith("/") else one.href or one.iri for one in found],
    ]


def opensearch(root: str, icon: str) -> str:
    """The description (OpenSearch 1.1).

    Args:
        root: the address of the server, without a slash at its end.
    """
    return _OPENSEARCH.format(
        title=TITLE,
        icon=f"{root}{icon}",
        search=f"{root}/search?q={{searchTerms}}",
        data=f"{root}/search.json?q={{searchTerms}}",
        suggest=f"{root}/search/suggest?q={{searchTerms}}&format=opensearch",
    )


def as_json(data: object) -> str:
    """JSON as it is sent."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
