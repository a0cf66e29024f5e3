"""A plain HTTP client and the addresses of the server under test.

``http.client`` and no library on top of it: the cases need requests that lack a Content-Type, have a wrong one or
are in UTF-16, and better clients put all that right.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT = 60
"""Seconds to wait for a reply: twice what a query may take by default."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered; the names of ``headers`` are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def __str__(self) -> str:
        return f"{self.status} {self.headers.get('content-type')}\n{self.body[:2000].decode(errors='replace')}"


@dataclass(frozen=True, slots=True)
class Target:
    """The endpoints of the server under test, and the token that its writers show ("" for none)."""

    query: str
    update: str
    graphs: str
    token: str = field(default="", repr=False)

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None = None) -> Reply:
        """One request on a connection of its own. Redirects are not followed.

        Raises:
            RuntimeError: the server says that it is its own fault. No case wants that, nor is one known to fail by it.
        """
        parts = urlsplit(url)
        assert parts.hostname, f"no address: {url}"
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=TIMEOUT)
        place = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if self.token:
            headers = headers | {"Authorization": f"Bearer {self.token}"}
        try:
            connection.request(method, place, body, headers)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            reply = Reply(response.status, names, response.read())
        finally:
            connection.close()
        if reply.status >= 500:
            raise RuntimeError(f"{method} {url}\n{(body or b'').decode(errors='replace')}\n{reply}")
        return reply

    def ask(self, query: bytes, accept: str) -> Reply:
        """A query by POST."""
        return self.send("POST", self.query, {"Content-Type": "application/sparql-query", "Accept": accept}, query)

    def change(self, update: bytes) -> Reply:
        """An update by POST."""
        return self.send("POST", self.update, {"Content-Type": "application/sparql-update"}, update)
