"""Features of JSON-LD 1.1 Framing that our frames or their users rely on, one case each.

Sections are those of https://www.w3.org/TR/json-ld11-framing/. The official cases come in no package (README.md).
"""

from __future__ import annotations

from typing import Any

import pytest
from pyld import jsonld

from server.jsonld import load_frozen

Json = dict[str, Any]
CONTEXT: Json = {
    "@vocab": "http://x/", "id": "@id", "type": "@type", "donor": {"@type": "@id"},
    "told": {"@reverse": "http://x/of", "@container": "@set"}, "name": "http://x/name",
    "names": {"@id": "http://x/name", "@container": "@language"},
    "day": {"@type": "http://x/day"},
}  # fmt: skip
GRAPH: list[Json] = [
    {"id": "http://x/aid", "type": "Aid", "name": "aid", "names": {"en": "aid"}, "donor": "http://x/italy", "day": "1"},
    {"id": "http://x/loan", "type": "Loan", "donor": "http://x/italy"},
    {"id": "http://x/italy", "type": "Country", "name": "Italy"},
    {"id": "http://x/report", "type": "Report", "of": {"id": "http://x/aid"}, "by": {"id": "http://x/italy"}},
]
ITALY = {"id": "http://x/italy", "type": "Country", "name": "Italy"}
AID = {"id": "http://x/aid", "type": "Aid", "name": "aid", "names": {"en": "aid"}, "donor": ITALY, "day": "1"}
LOAN = {"id": "http://x/loan", "type": "Loan", "donor": ITALY}
TOLD = {"id": "http://x/report", "type": "Report", "of": {"id": "http://x/aid"}, "by": ITALY}
REPORT = TOLD | {"of": AID}


def framed(frame: Json, **options: Any) -> list[Json]:
    """The nodes of the framed document."""
    ours: Json = {"documentLoader": load_frozen, "omitGraph": False, "omitDefault": True, "embed": "@always"}
    result = jsonld.frame({"@context": CONTEXT, "@graph": GRAPH}, {"@context": CONTEXT} | frame, ours | options)
    nodes: list[Json] = result["@graph"]
    return sorted(nodes, key=lambda node: str(node["id"]))


@pytest.mark.parametrize(
    ("section", "frame", "expected"),
    [
        ("Matching on @id", {"id": "http://x/italy"}, [ITALY]),
        ("Matching on @id", {"id": ["http://x/aid", "http://x/loan"]}, [AID, LOAN]),
        ("Matching on Values: types", {"type": "Loan"}, [LOAN]),
        ("Matching on Values: any of the types", {"type": ["Aid", "Loan"]}, [AID, LOAN]),
        ("Matching on Values: @id goes before @type", {"id": "http://x/loan", "type": "Aid"}, [LOAN]),
        ("Wildcard Matching", {"of": {}}, [REPORT]),
        ("Wildcard Matching of a language map's property", {"name": {}, "type": "Aid"}, [AID]),
        ("Wildcard Matching of a property with a type", {"day": {}}, [AID]),
        ("Match on the Absence of a Property", {"donor": [], "type": {}, "@requireAll": True, "name": {}}, [ITALY]),
        ("Matching on Properties: any of them", {"day": {}, "of": {}}, [AID, REPORT]),
        ("Require All Flag", {"day": {}, "of": {}, "@requireAll": True}, []),
        ("Frame Matching: none", {"type": "Nothing"}, []),
        ("Object Embed Flag: @never", {"type": "Loan", "donor": {"@embed": "@never"}}, [LOAN | {"donor": ITALY["id"]}]),
        ("Explicit Inclusion Flag", {"type": "Aid", "@explicit": True, "day": {}},
         [{"id": "http://x/aid", "type": "Aid", "day": "1"}]),
        ("Default content", {"type": "Loan", "sum": {"@default": "unknown", "@omitDefault": False}},
         [LOAN | {"sum": "unknown"}]),
        ("Omit Default Flag", {"type": "Loan", "sum": {}}, [LOAN]),
        ("Reverse Framing", {"type": "Aid", "told": {}}, [AID | {"told": [TOLD]}]),
        ("Reverse Framing with a type", {"type": "Aid", "told": {"type": "Report"}}, [AID | {"told": [TOLD]}]),
        ("Reverse Framing with another type", {"type": "Aid", "told": {"type": "Letter"}}, [AID | {"told": []}]),
        ("Framing below", {"type": "Aid", "donor": {"type": "Nothing"}}, [AID | {"donor": None}]),
    ],
)  # fmt: skip
def test_feature_of_framing(section: str, frame: Json, expected: list[Json]) -> None:
    wanted = [{key: value for key, value in node.items() if value is not None} for node in expected]
    assert framed(frame) == wanted, section


@pytest.mark.parametrize(("embed", "second"), [("@always", ITALY), ("@once", ITALY["id"])])
def test_a_thing_that_is_met_again_in_a_tree_is_told_again_only_if_asked(embed: str, second: Json | str) -> None:
    """Object Embed Flag."""
    (report,) = framed({"type": "Report"}, embed=embed)
    assert (report["by"], report["of"]["donor"]) == (ITALY, second)


def test_one_thing_needs_no_graph() -> None:
    """Omit Graph Flag."""
    options = {"documentLoader": load_frozen, "omitGraph": True}
    result = jsonld.frame({"@context": CONTEXT, "@graph": GRAPH}, {"@context": CONTEXT, "type": "Country"}, options)
    assert {key: value for key, value in result.items() if key != "@context"} == ITALY


def test_a_map_of_languages_is_no_wildcard() -> None:
    """An empty map expands to no value, which would match only where there is none: frames name the plain key."""
    frame = jsonld.expand({"@context": CONTEXT, "names": {}}, {"documentLoader": load_frozen, "isFrame": True})
    assert frame == [{"http://x/name": []}]
