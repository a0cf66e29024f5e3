"""The tools as the protocol shows them: their names, words and parameters are what an assistant chooses by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from importlib.metadata import version
from importlib.resources import files
from typing import Annotated, Final, Literal, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from server.assistant.asking import Refused
from server.assistant.desk import MOST_EVENTS, MOST_HITS, MOST_ROWS, Desk
from server.assistant.records import Description, Found, Givings, Rows, Vocabulary

READS: Final = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
"""Nothing is written, and nothing asked but the graph."""

Kind = Literal[
    "", "entity", "country", "organization", "person", "place", "crisis",
    "event", "article", "item", "quotation", "evidence", "concept",
]  # fmt: skip
Phase = Literal["", "requested", "pledged", "dispatched", "delivered"]
_P = ParamSpec("_P")
_T = TypeVar("_T")


def _telling(answer: Callable[_P, Awaitable[_T]]) -> Callable[_P, Awaitable[_T]]:
    """What is refused becomes an error that the assistant can read and act on."""

    @wraps(answer)
    async def told(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return await answer(*args, **kwargs)
        except Refused as error:
            raise ToolError(str(error)) from error
        except OSError as error:
            raise ToolError(f"The graph cannot be asked now: {error}") from error

    return told


def make_server(desk: Desk) -> MCPServer[None]:
    """The protocol's server with all tools and resources, which answer from this desk."""
    server: MCPServer[None] = MCPServer(
        "aidgraph", title="aidgraph", version=version("aidgraph"), instructions=_instructions(), log_level="WARNING"
    )
    _add_finding(server, desk)
    _add_asking(server, desk)
    _add_resources(server)
    return server


def _instructions() -> str:
    """What every assistant is told before it calls a tool."""
    return files("server").joinpath("assistant", "instructions.md").read_text(encoding="utf-8")


def _add_finding(server: MCPServer[None], desk: Desk) -> None:
    @server.tool(title="Search the graph", annotations=READS, structured_output=True)
    @_telling
    async def search(
        words: Annotated[str, Field(description='Words to look for; "some in a row" in quotes, -word to leave out.')],
        kind: Annotated[Kind, Field(description="Only things of this kind; page by page only with a kind.")] = "",
        limit: Annotated[int, Field(ge=1, le=MOST_HITS)] = 10,
    ) -> Found:
        """Find countries, organisations, people, places, crises, events, articles, items, quotations and sentences by
        their words. Forgives misspellings."""
        return await desk.search(words, kind, limit)

    @server.tool(title="List aid events", annotations=READS, structured_output=True)
    @_telling
    async def list_events(
        donor: Annotated[str, Field(description="Who gives: a name or an IRI.")] = "",
        recipient: Annotated[str, Field(description="Who gets it: a name or an IRI.")] = "",
        category: Annotated[str, Field(description="What: a category such as masks, food, funds, personnel.")] = "",
        phase: Annotated[Phase, Field(description="How far it came.")] = "",
        crisis: Annotated[str, Field(description="In which crisis: a name or an IRI.")] = "",
        since: Annotated[str, Field(description="2020, 2020-03 or 2020-03-21; inclusive.")] = "",
        until: Annotated[str, Field(description="2020, 2020-03 or 2020-03-21; inclusive.")] = "",
        limit: Annotated[int, Field(ge=1, le=MOST_EVENTS)] = 20,
    ) -> Givings:
        """List who gave what to whom, when and how far it came, with the words of the articles that prove it. All
        filters are optional; undated events are left out only where since or until is given."""
        names = {"donor": donor, "recipient": recipient, "category": category, "phase": phase, "crisis": crisis}
        return await desk.list_events(names, since, until, limit)

    @server.tool(title="Describe a thing", annotations=READS, structured_output=True)
    @_telling
    async def describe(
        iri: Annotated[str, Field(description="IRI of an event, article, country, person, crisis, figure, concept …")],
    ) -> Description:
        """All facts that the graph has of one thing, with the words of articles that prove what is said of it."""
        return await desk.describe(iri)


def _add_asking(server: MCPServer[None], desk: Desk) -> None:
    @server.tool(title="Query with SPARQL", annotations=READS, structured_output=True)
    @_telling
    async def query(
        sparql: Annotated[str, Field(description="A SPARQL 1.1 query; known prefixes need not be declared.")],
        limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows or triples to return.")] = 100,
    ) -> Rows:
        """Answer a SPARQL query over the whole graph, within the endpoint's limits of time and memory. Look at
        vocabulary first."""
        return await desk.query(sparql, limit)

    @server.tool(title="Read the vocabulary", annotations=READS, structured_output=True)
    @_telling
    async def vocabulary(
        words: Annotated[str, Field(description="Only terms with one of these words; empty for all.")] = "",
    ) -> Vocabulary:
        """Prefixes, classes, properties, concepts and functions for queries, each with its definition."""
        return await desk.vocabulary(words)


def _add_resources(server: MCPServer[None]) -> None:
    ontology = files("ontology")

    @server.resource("aidgraph://ontology", title="The ontology", mime_type="text/turtle")
    def read_ontology() -> str:
        """Classes, properties and concept schemes in Turtle."""
        return ontology.joinpath("aid.ttl").read_text(encoding="utf-8")

    @server.resource("aidgraph://questions", title="Questions with their queries", mime_type="application/sparql-query")
    def read_questions() -> str:
        """The competency questions: what the graph can be asked, each with its SPARQL."""
        questions = sorted(ontology.joinpath("questions").iterdir(), key=lambda file: file.name)
        return "\n".join(file.read_text(encoding="utf-8") for file in questions)
