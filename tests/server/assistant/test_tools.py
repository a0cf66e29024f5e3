"""The tools as an assistant calls them, over the protocol, on the ontology's worked example."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client

from kg.settings import Settings
from server.assistant.asking import Graph
from server.assistant.desk import Desk
from server.assistant.sources import Local, open_local
from server.assistant.tools import make_server

ID = "https://w3id.org/aidgraph/id/"
Call = Callable[..., Any]


class Session:
    """An event loop in which the graph stays open; calls go through the protocol's own client."""

    def __init__(self, settings: Settings) -> None:
        self._runner = asyncio.Runner()
        self._opened = open_local(settings)
        self.source: Local = self._run(self._opened.__aenter__())

    def close(self) -> None:
        self._run(self._opened.__aexit__(None, None, None))
        self._runner.close()

    def _run(self, work: Awaitable[Any]) -> Any:
        async def wait() -> Any:
            return await work

        return self._runner.run(wait())

    def call(self, tool: str, **arguments: object) -> Any:
        """What the tool answers, or its error as text."""
        result = self.talk(lambda client: client.call_tool(tool, arguments))
        if result.is_error:
            return result.content[0].text
        return result.structured_content

    def talk(self, say: Callable[[Client], Awaitable[Any]]) -> Any:
        async def talking() -> Any:
            async with Client(make_server(Desk(Graph(self.source)))) as client:
                return await say(client)

        return self._run(talking())


@pytest.fixture(scope="module")
def session(data: Path) -> Iterator[Session]:
    session = Session(Settings(data=data, query_timeout=5.0, copy_memory=0))
    yield session
    session.close()


@pytest.fixture
def call(session: Session) -> Call:
    return session.call


def test_tools_say_what_they_take_and_give_and_that_they_only_read(session: Session) -> None:
    tools = session.talk(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["search", "list_events", "describe", "query", "vocabulary"]
    assert all(tool.description and tool.input_schema and tool.output_schema for tool in tools)
    assert all(tool.annotations.read_only_hint for tool in tools)


def test_list_events_answers_with_the_proving_words(call: Call) -> None:
    found = call("list_events", recipient="Italy", category="ppe", since="2020-03", until="2020-03")
    (event,) = found["events"]
    assert found["understood"] == {
        "recipient": f"{ID}country/italy", "category": "https://w3id.org/aidgraph/scheme/category/ppe",
    }  # fmt: skip
    assert (event["donors"], event["phase"], event["date"]) == (["Russia"], "pledged", "2020-03-21")
    proof = event["proofs"][0]
    assert proof["publisher"] == "TASS"
    assert proof["modality"] == "asserted"
    assert proof["end"] - proof["start"] == len(proof["words"]) > 0


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({"donor": "Russia"}, 1),
        ({"donor": f"{ID}country/italy"}, 0),
        ({"phase": "delivered"}, 0),
        ({"since": "2020-03-22"}, 0),
        ({"since": "2020-03-21", "until": "2020"}, 1),
        ({"until": "2020-03-20"}, 0),
    ],
)
def test_list_events_keeps_what_fits(call: Call, given: dict[str, str], count: int) -> None:
    assert len(call("list_events", **given)["events"]) == count


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"donor": "Atlantis"}, "'Atlantis' is not known by that name"),
        ({"category": "hats"}, "'hats' is no category; there are"),
        ({"since": "last week"}, "'last week' is no date; write 2020, 2020-03 or 2020-03-21"),
        ({"donor": "a:b c"}, "is no IRI"),
    ],
)
def test_list_events_says_what_it_did_not_understand(call: Call, given: dict[str, str], said: str) -> None:
    assert said in call("list_events", **given)


def test_search_mends_a_misspelling_and_says_so(call: Call) -> None:
    found = call("search", words="russai", kind="country")
    assert found["looked_for"] == "russia"
    assert [hit["iri"] for hit in found["hits"]] == [f"{ID}country/russia"]


def test_search_gives_no_more_than_asked(call: Call) -> None:
    assert len(call("search", words="aid", limit=1)["hits"]) == 1


def test_describe_names_values_and_proves_them(call: Call) -> None:
    event = call("list_events", donor="Russia")["events"][0]
    described = call("describe", iri=event["iri"])
    facts = {fact["property"]: fact["values"] for fact in described["facts"]}
    assert facts["aid:donor"] == [{"text": "Russia", "iri": f"{ID}country/russia"}]
    assert described["name"] == event["name"]
    assert described["proofs"] == event["proofs"]
    assert described["is_complete"]


def test_describe_of_a_party_has_the_words_about_it(call: Call) -> None:
    assert call("describe", iri=f"{ID}country/italy")["proofs"]


def test_describe_of_what_is_not_there_says_what_to_do(call: Call) -> None:
    assert "The graph says nothing of" in call("describe", iri=f"{ID}country/atlantis")


def test_query_knows_the_prefixes_and_says_when_there_is_more(call: Call) -> None:
    found = call("query", sparql="SELECT ?class { ?thing a ?class } ORDER BY STR(?class)", limit=2)
    assert found["columns"] == ["class"]
    assert len(found["rows"]) == 2
    assert not found["is_complete"]
    assert found["note"].startswith("Only the first 2 rows")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ASK { ?e a aid:AidEvent }", "true"),
        ("ASK { ?e a aid:Nothing }", "false"),
        ("CONSTRUCT { <a:b> aid:donor 1 } WHERE {}", '<a:b> <https://w3id.org/aidgraph/ontology#donor> "1"^^'),
    ],
)  # fmt: skip
def test_query_answers_every_form(call: Call, query: str, text: str) -> None:
    assert call("query", sparql=query)["text"].startswith(text)


def test_query_with_a_fault_tells_its_place(call: Call) -> None:
    assert "syntax error at line 1, column 9" in call("query", sparql="SELECT ?")


def test_query_meets_the_limit_of_the_endpoint(call: Call) -> None:
    said = call("query", sparql="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?g) }")
    assert "not answered within 5 seconds" in said


def test_query_reaches_no_other_server(call: Call) -> None:
    assert "SERVICE" in call("query", sparql="SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_query_of_a_large_answer_is_broken_off_after_a_whole_row(call: Call) -> None:
    found = call("query", sparql="SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d a ?e }", limit=1000)
    assert not found["is_complete"]
    assert {len(row) for row in found["rows"]} == {4}


def test_vocabulary_finds_terms_by_their_words(call: Call) -> None:
    terms = {term["name"]: term for term in call("vocabulary", words="donor")["terms"]}
    assert terms["aid:donor"]["kind"] == "property"
    assert "aid:phase" not in terms


def test_resources_are_the_ontology_and_the_questions(session: Session) -> None:
    async def read(client: Client) -> list[str]:
        listed = await client.list_resources()
        contents = [(await client.read_resource(resource.uri)).contents[0] for resource in listed.resources]
        return [content.text for content in contents]

    ontology, questions = session.talk(read)
    assert "aid:AidEvent a owl:Class" in ontology
    assert "SELECT" in questions
