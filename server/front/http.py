"""Uvicorn's HTTP protocol with the limits that it lacks: how long and how large the header of a request may be.

Without them a client that sends a byte now and then keeps its connection for ever, and one that never ends its
header fills the memory. A connection that has sent nothing yet counts too.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.front.asgi import Front

_QUERY: Final = b"/sparql?"
_UNUSUAL: Final = frozenset({b"content-length", b"transfer-encoding", b"if-none-match", b"upgrade", b"expect"})
"""Header fields that make a GET less than plain."""

HEADER_SECONDS: Final = 10.0
"""How long the header of a request may take from its first byte, and that byte from the connection's begin."""

HEADER_BYTES: Final = 64 << 10
"""How long a request's header may be, its address included. A longer query is sent as a body."""

MOST_UNREAD: Final = 64 << 10
"""Bytes of answers that a client may leave unread and still be answered at once: the rest waits until it reads."""

MOST_WAITING: Final = 32
"""Requests that may wait on one connection; who sends more before reading an answer is up to no good."""


class LimitedProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._size = 0
        self._is_reading_header = False
        self._alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # uvicorn narrows the type that asyncio has for it
        super().connection_made(transport)
        self._begin_header()
        self._set_alarm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_header()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_reading_header and (self.cycle is None or self.cycle.response_complete):
            self._begin_header()
        if self._is_reading_header:
            self._size += len(data)
        super().data_received(data)
        if self._is_reading_header:  # still: nearly all come in one piece, and need no alarm
            if self._size > HEADER_BYTES:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            elif self._alarm is None:
                self._set_alarm()

    def on_headers_complete(self) -> None:
        self._end_header()
        if len(self.pipeline) >= MOST_WAITING:
            self.transport.abort()
        elif not self._answer_at_once():
            super().on_headers_complete()

    def _answer_at_once(self) -> bool:
        """Answer a plain GET of a query without the machinery for all other requests, which takes longer than most."""
        if self.transport.get_write_buffer_size() > MOST_UNREAD:
            return False
        is_next = self.cycle is None or self.cycle.response_complete
        if not (is_next and self.url.startswith(_QUERY) and self.parser.get_method() == b"GET"):
            return False
        if not isinstance(self.app, Front) or any(name in _UNUSUAL for name, _ in self.headers):
            return False
        scope = cast(dict[str, Any], self.scope)
        scope["method"], scope["path"] = "GET", "/sparql"
        scope["query_string"] = self.url[len(_QUERY) :].partition(b"#")[0]
        found = self.app.at_once(scope)
        if found is None:
            return False  # what was begun stands in the scope
        stored, timing = found
        is_last = not self.parser.should_keep_alive()
        dated = b"".join(b"%b: %b\r\n" % field for field in (*self.server_state.default_headers, timing))
        ending = b"connection: close\r\n\r\n" if is_last else b"\r\n"
        self.transport.writelines((b"HTTP/1.1 200 OK\r\n", stored.head, dated, ending, stored.body))
        if is_last:
            self.transport.close()
        self.on_response_complete()
        return True

    def on_message_complete(self) -> None:
        if self.cycle is not None:  # else all requests so far were answered at once
            super().on_message_complete()

    def _begin_header(self) -> None:
        self._size = 0
        self._is_reading_header = True

    def _set_alarm(self) -> None:
        self._alarm = self.loop.call_later(HEADER_SECONDS, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _end_header(self) -> None:
        self._is_reading_header = False
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _refuse(self, status: HTTPStatus) -> None:
        """Say no and hang up (RFC 9110 §15.5.9, RFC 6585 §5)."""
        self._end_header()
        if not self.transport.is_closing():
            line = f"HTTP/1.1 {status.value} {status.phrase}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            self.transport.write(line.encode("ascii"))
            self.transport.close()
