"""``aidgraph serve``, ``up`` and ``mcp``, added to the commands of :mod:`kg.cli`; the console script starts here.

The commands live apart because ``kg`` never imports ``server``.
"""

from __future__ import annotations

import sys

import click

from kg.cli import build_and_report, run
from kg.cli import cli as kg_cli
from kg.options import BUILD_SETTINGS, SHARED_SETTINGS, with_settings
from kg.settings import Settings

SERVING = (
    *("host", "port", "workers", "query_timeout", "query_memory", "server_memory", "write_timeout", "upload_limit"),
    *("services", "answer_buffer", "cache", "copy_memory", "access_log", "store_look"),
)
ASSISTING = ("host", "port", "query_timeout", "query_memory", "services", "cache", "copy_memory")

# A group of its own with the same commands, so that importing this module leaves kg.cli as it was.
cli = click.Group(
    commands=dict(kg_cli.commands), params=kg_cli.params, help=kg_cli.help, context_settings=kg_cli.context_settings
)


@cli.command()
@with_settings(*SHARED_SETTINGS, *SERVING)
def serve(settings: Settings) -> None:
    """Serve the graph: SPARQL, linked data, pages and dumps."""
    from server.run import serve as run_server

    run_server(settings)


@cli.command()
@click.argument("sources", nargs=-1)
@with_settings(*BUILD_SETTINGS, *SERVING)
def up(sources: tuple[str, ...], settings: Settings) -> None:
    """Build SOURCES (default seeds/), then serve the graph.

    An article that fails does not keep the rest from being served; the exit code tells of it in the end.
    """
    from server.run import listen
    from server.run import serve as run_server

    listen(settings.host, settings.port).close()  # found out before the build, which takes its time
    failed = 0
    try:
        build_and_report(sources, settings)
    except click.exceptions.Exit as stop:
        failed = stop.exit_code
    run_server(settings)
    raise click.exceptions.Exit(failed)


@cli.command()
@click.option("--http", "over_http", is_flag=True, help="Serve over HTTP at /mcp of --host and --port.")
@click.option("--endpoint", default="", help="Address of a running server to ask; without it, the graph in DATA.")
@with_settings(*SHARED_SETTINGS, *ASSISTING)
def mcp(over_http: bool, endpoint: str, settings: Settings) -> None:
    """Offer the graph to assistants by the Model Context Protocol, over standard input and output."""
    from server.assistant.run import serve_http, serve_stdio

    (serve_http if over_http else serve_stdio)(settings, endpoint)


def main() -> None:
    """The ``aidgraph`` command."""
    sys.exit(run(cli))
