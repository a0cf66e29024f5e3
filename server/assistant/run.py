"""``aidgraph mcp``: the tools over standard input and output, or over HTTP."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AbstractAsyncContextManager
from typing import Final

import uvicorn

from kg.settings import Settings
from server.assistant.asking import Graph
from server.assistant.desk import Desk
from server.assistant.sources import Local, Remote, open_local, open_remote
from server.assistant.tools import make_server
from server.run import listen

PATH: Final = "/mcp"
"""Where the tools are over HTTP (Streamable HTTP)."""


def serve_stdio(settings: Settings, endpoint: str) -> None:
    """Serve until standard input ends; standard output is the protocol's alone.

    Args:
        endpoint: the address of another server of ours; empty for the graph in the data folder.

    Raises:
        StoreError: there is no graph.
        SettingsError: the address is none.
    """
    asyncio.run(_serve_stdio(settings, endpoint))


async def _serve_stdio(settings: Settings, endpoint: str) -> None:
    async with _source(settings, endpoint) as source:
        await make_server(Desk(Graph(source))).run_stdio_async()


def serve_http(settings: Settings, endpoint: str) -> None:
    """Serve on the settings' host and port until SIGINT or SIGTERM; see :func:`serve_stdio`.

    Names that a browser could be tricked into are refused on a loopback address (the SDK's own guard).

    Raises:
        SettingsError: the address cannot be listened on.
    """
    with listen(settings.host, settings.port) as listener:
        asyncio.run(_serve_http(settings, endpoint, listener))


async def _serve_http(settings: Settings, endpoint: str, listener: socket.socket) -> None:
    async with _source(settings, endpoint) as source:
        server = make_server(Desk(Graph(source)))
        app = server.streamable_http_app(streamable_http_path=PATH, stateless_http=True, host=settings.host)
        host, port = listener.getsockname()[:2]
        print(f"Tools on http://{f'[{host}]' if ':' in host else host}:{port}{PATH}; stop with Ctrl-C", flush=True)
        await uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).serve(sockets=[listener])


def _source(settings: Settings, endpoint: str) -> AbstractAsyncContextManager[Local | Remote]:
    return open_remote(endpoint) if endpoint else open_local(settings)
