"""``aidgraph mcp`` as programs start it: over standard input and output, over HTTP, and for a server elsewhere."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live import Live
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

AIDGRAPH = str(Path(sys.executable).with_name("aidgraph"))


async def _count(client: Client) -> Any:
    async with client:
        query = "SELECT (COUNT(?e) AS ?n) { ?e a aid:AidEvent }"
        result = await client.call_tool("query", {"sparql": query})
        return result.structured_content


def _over_stdio(*options: str) -> Any:
    server = StdioServerParameters(command=AIDGRAPH, args=["mcp", *options])
    return asyncio.run(_count(Client(stdio_client(server))))


def test_standard_input_and_output_carry_the_protocol(data: Path) -> None:
    assert _over_stdio("--data", str(data))["rows"] == [["1"]]


def test_another_server_is_asked_where_it_is_named(live: Live, tmp_path: Path) -> None:
    assert _over_stdio("--data", str(tmp_path), "--endpoint", live.address)["rows"] == [["1"]]


@pytest.fixture
def address(data: Path) -> Iterator[str]:
    command = [AIDGRAPH, "mcp", "--http", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.match(r"Tools on (\S+);", process.stdout.readline())
        assert found
        yield found[1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)


def test_http_carries_the_protocol(address: str) -> None:
    assert asyncio.run(_count(Client(address)))["rows"] == [["1"]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--data", "nowhere"], "nowhere"),
        (["--endpoint", "ftp://example.org/"], "is no address of a server"),
    ],
)
def test_what_keeps_it_from_starting_is_one_line(options: list[str], said: str, tmp_path: Path) -> None:
    done = subprocess.run([AIDGRAPH, "mcp", *options], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
