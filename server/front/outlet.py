"""What Flask answers, kept until it is whole and then sent at the client's pace, so that a slow reader holds no thread.

There are a few threads; as many clients that take a dump and read a byte a second would hold them all. Pages are kept
in memory, large graphs in a file. A file that is there already is not copied: Flask names it (``USE_X_SENDFILE``) and
it is sent from where it is.
"""

from __future__ import annotations

import asyncio
import re
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from server.engine.reply import CHUNK, Broken
from server.engine.sink import compressed
from server.front.exchange import Exchange, Message
from server.front.packing import coding_for, packed_fields, with_vary

IN_MEMORY: Final = 1 << 20
"""Bytes of an answer that are kept in memory; more goes to a file."""

_PLACE: Final = b"x-sendfile"
_NOT_SENT: Final = (_PLACE, b"date")
"""The server tells the date of each answer itself."""

_RANGE: Final = re.compile(rb"bytes (\d+)-(\d+)/\d+")


class Outlet:
    """One answer; a context that lets go of what it keeps."""

    def __init__(self) -> None:
        self._start: Message = {}
        self._body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed by the context

    def __enter__(self) -> Outlet:
        return self

    def __exit__(self, *_: object) -> None:
        self._body.close()

    async def take(self, message: Message) -> None:
        """Some more of the answer. Never waits for the client."""
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._body.write(message.get("body", b""))

    async def send(self, exchange: Exchange) -> None:
        """Send it all; a client that hangs up ends that."""
        headers = dict(self._start["headers"])
        place = headers.get(_PLACE)
        self._start["headers"] = [field for field in self._start["headers"] if field[0] not in _NOT_SENT]
        if place is None:
            size = self._body.tell()
            self._body.seek(0)
            await self._send_from(self._body, size, exchange)
            return
        with Path(place.decode()).open("rb") as file:
            part = _RANGE.fullmatch(headers.get(b"content-range", b""))
            if part is not None:
                file.seek(int(part[1]))
            await self._send_from(file, int(headers[b"content-length"]), exchange)

    async def _send_from(self, file: IO[bytes], left: int, exchange: Exchange) -> None:
        start = self._start
        size = int(dict(start["headers"]).get(b"content-length", left))
        coding = coding_for(start, exchange.headers.get(b"accept-encoding"), size)
        start["headers"] = with_vary(start)
        if exchange.method == "HEAD":
            left = 0
        if coding != "identity":
            start["headers"] = packed_fields(start["headers"], coding)
            file, left = await self._pack(file, left, coding)
        await exchange.forward(start)
        if left > CHUNK:
            left = await self._send_most(file, left, exchange)
        if not exchange.is_gone:
            await exchange.forward({"type": "http.response.body", "body": file.read(left)})

    async def _pack(self, file: IO[bytes], left: int, coding: str) -> tuple[IO[bytes], int]:
        """The packed form and its size, which is told; of no body nothing is (HEAD, RFC 9110 §9.3.2)."""
        if not left:
            return file, 0
        body = file.read(left)
        packed = compressed(body, coding) if left < CHUNK else await asyncio.to_thread(compressed, body, coding)
        self._start["headers"].append((b"content-length", b"%d" % len(packed)))
        return BytesIO(packed), len(packed)

    async def _send_most(self, file: IO[bytes], left: int, exchange: Exchange) -> int:
        """Send all but a last piece, of which the size is returned."""
        watch = asyncio.get_running_loop().create_task(exchange.disconnected())
        try:
            while left > CHUNK and not exchange.is_gone:
                piece = file.read(CHUNK)
                if not piece:
                    raise Broken("The file has become shorter.")
                left -= len(piece)
                await exchange.forward({"type": "http.response.body", "body": piece, "more_body": True})
                await asyncio.sleep(0)  # sending to a client that has gone neither waits nor fails
                exchange.is_gone = watch.done()
            return left
        finally:
            watch.cancel()
