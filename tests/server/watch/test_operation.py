"""``docs/operation.md`` tells every metric and every field of the log, and no others."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from server.front.exchange import Exchange, Message
from server.watch.accesslog import access_line
from server.watch.board import Board
from server.watch.metrics import metrics_text

TEXT = (Path(__file__).parents[3] / "docs" / "operation.md").read_text(encoding="utf-8")


def told(heading: str) -> list[str]:
    """The first column of the table below a heading, without code marks."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.M)


def test_every_metric_is_told(tmp_path: Path) -> None:
    (tmp_path / "1" / "rocksdb").mkdir(parents=True)
    (tmp_path / "store").symlink_to("1/rocksdb")
    board = Board(tmp_path)
    board.count("/", "GET", 200, 0.1)
    text, _ = metrics_text(tmp_path, tmp_path / "store", None)
    board.close()
    families = text_string_to_metric_families(text.decode())
    names = [f"{one.name}_total" if one.type == "counter" else one.name for one in families]
    assert sorted(told("Numbers")) == sorted(names)


async def _receive() -> Message:
    raise AssertionError("nothing is read")


async def _send(message: Message) -> None:
    raise AssertionError(f"nothing is sent, not {message}")


def test_every_field_of_the_log_is_told() -> None:
    exchange = Exchange({"headers": [], "method": "GET", "path": "/", "client": None}, _receive, _send)
    line = access_line(exchange, began=datetime.now(UTC), seconds=0.1, version="")
    assert told("Access log") == [*json.loads(line)]
