"""Lines of the access log: what they hold, what they never hold, and who may share a file."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SettingsError
from server.front.exchange import Exchange, Message
from server.watch.accesslog import PIECE, AccessLog, access_line, open_log

BEGAN = datetime(2020, 3, 22, 10, 0, 0, 123_456, tzinfo=UTC)


async def receive() -> Message:
    raise AssertionError("nothing is read")


async def send(message: Message) -> None:
    raise AssertionError(f"nothing is sent, not {message}")


def exchange(path: str = "/sparql", method: str = "GET", client: str = "192.0.2.1", **fields: str) -> Exchange:
    headers = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in fields.items()]
    scope = {"headers": headers, "method": method, "path": path, "client": (client, 1), "query_string": b"token=secret"}
    return Exchange(scope, receive, send)


def entry(one: Exchange, *, seconds: float = 0.25) -> Any:
    line = access_line(one, began=BEGAN, seconds=seconds, version="000003")
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    return json.loads(line)


def test_line_tells_all_of_a_request() -> None:
    one = exchange(user_agent="curl/8")
    one.status, one.sent, one.query, one.was_cached = 200, 123, "ASK {}", True
    assert entry(one) == {
        "time": "2020-03-22T10:00:00.123Z", "client": "192.0.2.1", "method": "GET", "path": "/sparql", "status": 200,
        "bytes": 123, "seconds": 0.25, "query": sha256(b"ASK {}").hexdigest()[:16], "cached": True, "broken": False,
        "version": "000003", "agent": "curl/8",
    }  # fmt: skip


def test_line_holds_neither_token_nor_query() -> None:
    one = exchange(authorization="Bearer 0123456789abcdef", cookie="secret", referer="http://x/?query=secret")
    one.query = "SELECT ?secret"
    line = access_line(one, began=BEGAN, seconds=0.1, version="")
    assert b"secret" not in line and b"0123456789abcdef" not in line


@pytest.mark.parametrize("text", ["a\nb", 'a","status":200,"b":"', "\x1b[31m", "\x9b31m", "\u2028", "\ud800", "\x00"])
def test_line_cannot_be_forged(text: str) -> None:
    one = exchange(path=text, method=text.encode("ascii", "replace").decode())
    line = access_line(one, began=BEGAN, seconds=0.1, version="")
    assert all(0x20 <= byte <= 0x7F for byte in line.removesuffix(b"\n"))
    assert json.loads(line)["path"] == text and json.loads(line)["status"] == 0


def test_longest_line_fits_into_one_write() -> None:
    high = "\xff" * 10_000
    one = exchange(path="\U0001f600" * 10_000, method="A" * 10_000, client=high, user_agent=high)
    one.query = "q"
    one.sent = 10**15
    assert len(access_line(one, began=BEGAN, seconds=86_400.123456, version="0" * 40)) <= PIECE


def test_client_behind_a_proxy_is_who_the_proxy_says() -> None:
    assert entry(exchange(client="127.0.0.1", x_forwarded_for="10.0.0.1, 192.0.2.7"))["client"] == "192.0.2.7"


def test_lines_of_several_writers_stand_whole_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "log"
    logs = [AccessLog(open_log(str(path))) for _ in range(3)]
    for number in range(2000):
        logs[number % 3].write(json.dumps([number, "x" * 300]).encode() + b"\n")
    for log in logs:
        log.close()
    assert sorted(json.loads(line)[0] for line in path.read_text().splitlines()) == [*range(2000)]
    assert [log.lost for log in logs] == [0, 0, 0]


def test_reader_that_has_gone_costs_lines_and_no_more() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    log = AccessLog(writing)
    log.write(b"{}\n")
    log.close()
    assert log.lost == 1


def test_reader_that_does_not_read_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.watch.accesslog.MOST", 5000)
    monkeypatch.setattr("server.watch.accesslog.LAST_WORDS", 0.01)
    reading, writing = os.pipe()
    log = AccessLog(writing)
    for _ in range(50_000):
        log.write(b"x" * 99 + b"\n")
    assert log.lost > 0
    log.close()
    os.close(reading)  # the thread gets an error and ends


def test_log_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"access_log: .*No such file"):
        open_log(str(tmp_path / "none" / "log"))
