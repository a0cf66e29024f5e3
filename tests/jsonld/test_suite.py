"""The W3C's JSON-LD 1.1 cases for the features that we use, by PyLD as we call it and by our own functions.

``suite/README.md`` says where the cases come from and which are left out. What fails is listed with its reason, and a
case of the list that passes is a failure too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from server.jsonld import CONTEXT_IRI, Form, dump_jsonld, expanded_nodes, load_frozen

Case = dict[str, Any]
N_QUADS = {"format": "application/n-quads"}
SECTIONS = ("expand", "compact", "flatten", "toRdf", "fromRdf")

_REMOTE = "names a remote context, which our loader refuses instead of fetching"
_BASE = "PyLD 3.3 takes a relative @vocab or a bad @base as it is, and writes what is no IRI"
KNOWN = {
    "expand/0126": _REMOTE, "expand/0127": _REMOTE, "expand/0128": _REMOTE,
    "toRdf/e126": _REMOTE, "toRdf/e127": _REMOTE, "toRdf/e128": _REMOTE,
    "expand/er05": _REMOTE, "toRdf/er05": _REMOTE,
    "toRdf/0005": "the package decoded the characters of this case twice, so that input and answer differ",
    "toRdf/e111": _BASE, "toRdf/e112": _BASE, "toRdf/li12": _BASE,
    "toRdf/e122": "PyLD 3.3 fails on a node whose @id looks like a keyword",
    "toRdf/li14": "PyLD 3.3 fails on a list of relative IRIs where @base is null",
    "toRdf/wf05": "PyLD 3.3 does not check language tags",
}  # fmt: skip
"""Cases that fail, and why."""


def cases(section: str) -> Iterator[Case]:
    with Path(__file__).with_name("suite").joinpath(f"{section}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def parameters(*sections: str) -> list[Any]:
    return [
        pytest.param(section, case, id=name, marks=[pytest.mark.xfail(reason=KNOWN[name])] if name in KNOWN else [])
        for section in sections
        for case in cases(section)
        for name in [f"{section}/{case['id']}"]
    ]


PROCESSORS: dict[str, Callable[[Case, dict[str, Any]], Any]] = {
    "expand": lambda case, options: jsonld.expand(case["input"], options),
    "compact": lambda case, options: jsonld.compact(case["input"], case["context"], options),
    "flatten": lambda case, options: jsonld.flatten(case["input"], case.get("context"), options),
    "toRdf": lambda case, options: jsonld.to_rdf(case["input"], options | N_QUADS),
    "fromRdf": lambda case, options: jsonld.from_rdf(case["input"], options | N_QUADS),
}


def processed(section: str, case: Case) -> Any:
    options = {"documentLoader": load_frozen, "base": case["base"]} | case["option"]
    options |= {"expandContext": case["expandContext"]} if "expandContext" in case else {}
    return PROCESSORS[section](case, options)


def unordered(value: Any, *, is_list: bool = False) -> Any:
    """Arrays sorted but those of @list, so that equal documents are equal values."""
    if isinstance(value, dict):
        return {key: unordered(entry, is_list=key == "@list") for key, entry in value.items()}
    if not isinstance(value, list):
        return value
    entries = [unordered(entry) for entry in value]
    return entries if is_list else sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))


def canonical(quads: str) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.parse(quads.encode(), ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def codes(error: BaseException | None) -> Iterator[str | None]:
    while error is not None:
        yield getattr(error, "code", None)
        error = error.__cause__


pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning")  # PyLD warns of terms that look like keywords


@pytest.mark.parametrize(("section", "case"), parameters(*SECTIONS))
def test_pyld_as_we_call_it_passes(section: str, case: Case) -> None:
    if "error" in case:
        with pytest.raises(jsonld.JsonLdError) as fault:
            processed(section, case)
        assert case["error"] in codes(fault.value)
        return
    result = processed(section, case)
    if section == "toRdf":
        assert canonical(result) == canonical(case.get("expect", result))
    else:
        assert unordered(result) == unordered(case["expect"])


def graphs() -> list[Any]:
    """The answers of toRdf and the questions of fromRdf that are one graph, by name."""
    found = [(f"toRdf/{case['id']}", case["expect"]) for case in cases("toRdf") if case.get("expect")]
    found += [(f"fromRdf/{case['id']}", case["input"]) for case in cases("fromRdf")]
    return [pytest.param(quads, id=name) for name, quads in found if is_one_graph(quads)]


def is_one_graph(quads: str) -> bool:
    """Whether all is in the default graph, and told in a way that the engine reads."""
    try:
        return all(quad.graph_name == ox.DefaultGraph() for quad in ox.parse(quads.encode(), ox.RdfFormat.N_QUADS))
    except SyntaxError:
        return False


@pytest.mark.parametrize("quads", graphs())
def test_our_documents_hold_the_graph_of_the_case(quads: str) -> None:
    triples = [quad.triple for quad in ox.parse(quads.encode(), ox.RdfFormat.N_QUADS)]
    for profile in ("expanded", "compacted", "flattened"):
        document = json.loads(dump_jsonld(triples, "urn:x", CONTEXT_IRI, Form(profile)))
        again = jsonld.to_rdf(document, {"documentLoader": load_frozen} | N_QUADS)
        assert canonical(str(again)) == canonical(quads), profile
    nodes = expanded_nodes(triples)  # expanding what is expanded changes nothing
    assert unordered(jsonld.expand(nodes, {"documentLoader": load_frozen})) == unordered(nodes)


def test_enough_cases_are_there_and_no_known_one_is_gone() -> None:
    names = {f"{section}/{case['id']}" for section in SECTIONS for case in cases(section)}
    assert len(names) == 757
    assert KNOWN.keys() <= names
