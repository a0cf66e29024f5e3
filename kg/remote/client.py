"""HTTP to a store: kept connections, time-outs, retries of what changes nothing, a circuit breaker, credentials.

The one module of this package that opens connections. A request that was sent and not answered may have been carried
out, so that only requests that may be repeated are. Messages name the store by scheme and host alone: an address may
hold a key.
"""

from __future__ import annotations

import random
import re
import time
import weakref
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Final
from urllib.parse import urlsplit

import httpx2

from kg.errors import BackendError, DataError
from kg.remote.backend import Backend, Secrets
from kg.remote.health import Breaker

_LATER: Final = frozenset({429, 502, 503, 504})
"""Statuses that say that the same request may be answered later (RFC 9110 §15.6, RFC 6585 §4)."""
_FIRST_PAUSE: Final = 0.1
_CONNECT: Final = 5.0
_POOL: Final = httpx2.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=30.0)
_TOLD: Final = 300
_ADDRESS: Final = re.compile(r"//[^/@\s]*@")


class _Login(httpx2.Auth):
    """Answers the challenge of a store, Digest (Virtuoso) or Basic; shows Basic credentials unasked from then on."""

    def __init__(self, secrets: Secrets) -> None:
        self._digest = httpx2.DigestAuth(secrets.user, secrets.password)
        self._basic = httpx2.BasicAuth(secrets.user, secrets.password)
        self._known: httpx2.Auth | None = None

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        if self._known is not None:
            yield from self._known.auth_flow(request)
            return
        response = yield request
        challenge = response.headers.get("www-authenticate", "").lower()
        if response.status_code == 401 and challenge:
            self._known = self._digest if challenge.startswith("digest") else self._basic
            yield from self._known.auth_flow(request)


class Client:
    """Asks one store. Threads may share it; processes may not (make it after forking)."""

    def __init__(self, backend: Backend, secrets: Secrets, breaker: Breaker) -> None:
        headers = {"User-Agent": "aidgraph"}
        if secrets.token:
            headers["Authorization"] = f"Bearer {secrets.token}"
        self.backend = backend
        self._breaker = breaker
        self._http = httpx2.Client(
            auth=_Login(secrets) if secrets.user and not secrets.token else None,
            headers=headers,
            timeout=httpx2.Timeout(backend.timeout, connect=min(_CONNECT, backend.timeout)),
            limits=_POOL,
            trust_env=False,
            follow_redirects=False,
        )
        weakref.finalize(self, self._http.close)

    @contextmanager
    def query(
        self, text: str, accept: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> Iterator[httpx2.Response]:
        """The answer to a query, its body still to be read (SPARQL 1.1 Protocol §2.1.2: a form by POST).

        Raises:
            BackendError: the store does not answer, or not as it should.
            DataError: it refuses this query.
        """
        form = {"query": text, "default-graph-uri": list(default_graphs), "named-graph-uri": list(named_graphs)}
        request = self._http.build_request("POST", self.backend.query, data=form, headers={"Accept": accept})
        response = self._send(request, may_repeat=True)
        try:
            yield response
        except httpx2.HTTPError as error:
            raise self._failed(error) from error
        finally:
            response.close()

    def update(self, text: str, *, may_repeat: bool) -> None:
        """Have an update carried out (SPARQL 1.1 Protocol §2.2.1: a form by POST).

        Args:
            may_repeat: doing it twice is doing it once.

        Raises:
            BackendError: the store does not answer; whether it was carried out is unknown then.
            DataError: it refuses the update.
        """
        form = {"update": text}
        if self.backend.default_graph:
            form["default-graph-uri"] = self.backend.default_graph  # Virtuoso; §2.2.3 has no word for it
        request = self._http.build_request("POST", self.backend.update, data=form)
        self._send(request, may_repeat=may_repeat).close()

    def graph(self, method: str, graph: str | None, content: bytes = b"", media_type: str = "") -> int:
        """A write by the Graph Store HTTP Protocol; the status. POST adds and may be repeated, as sets are.

        Raises:
            BackendError: the store does not answer.
            DataError: it refuses.
        """
        name = graph if graph is not None else self.backend.default_graph
        request = self._http.build_request(
            method,
            self.backend.graphs,
            params={"graph": name} if name else {"default": ""},
            content=content,
            headers={"Content-Type": media_type} if media_type else {},
        )
        response = self._send(request, may_repeat=True, passed=(404,) if method == "DELETE" else ())
        response.close()
        return int(response.status_code)

    def close(self) -> None:
        """Close the kept connections."""
        self._http.close()

    def failed(self, message: str) -> BackendError:
        """Note that an answer was none, and what to raise of it."""
        told = f"{self._name()}: {message}"
        self._breaker.fail(told)
        return BackendError(told)

    def _send(self, request: httpx2.Request, *, may_repeat: bool, passed: Sequence[int] = ()) -> httpx2.Response:
        """The response with a status that is a success; tried again while there is time and it may help."""
        end = time.monotonic() + self.backend.timeout
        for attempt in range(self.backend.retries + 1):
            if not self._breaker.admits():
                raise BackendError(f"{self._name()}: has failed again and again, and is not asked for a while")
            is_last = attempt == self.backend.retries or not may_repeat
            try:
                response = self._http.send(request, stream=True)
            except httpx2.HTTPError as error:
                fault = self._failed(error)
                is_last = is_last or isinstance(error, httpx2.ReadTimeout)  # it had all the time there is
                pause = 0.0
            else:
                if response.status_code not in _LATER:
                    return self._checked(response, passed)
                pause = _retry_after(response)
                response.close()
                fault = self.failed(f"answered {response.status_code} {response.reason_phrase}")
            pause = max(pause, _FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1))  # nosec B311  # a pause is no secret
            if is_last or time.monotonic() + pause > end:
                raise fault
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _checked(self, response: httpx2.Response, passed: Sequence[int]) -> httpx2.Response:
        """The response, if it is a success."""
        if response.is_success or response.status_code in passed:
            self._breaker.succeed()
            return response
        with closing(response):
            try:
                said = " ".join(response.read().decode(errors="replace").split())[:_TOLD]
            except httpx2.HTTPError as error:
                raise self._failed(error) from error
        self._breaker.succeed()  # it answers; it does not like the question
        if response.status_code in (401, 403):
            raise BackendError(
                f"{self._name()}: answered {response.status_code}; set AIDGRAPH_STORE_USER and "
                "AIDGRAPH_STORE_PASSWORD, or AIDGRAPH_STORE_TOKEN, to those of somebody who may do this there"
            )
        raise DataError(f"{self._name()}: answered {response.status_code}: {said}")

    def _failed(self, error: httpx2.HTTPError) -> BackendError:
        if isinstance(error, httpx2.TimeoutException):
            return self.failed(f"no answer within {self.backend.timeout:g} s")
        return self.failed(f"cannot be asked ({_ADDRESS.sub('//', str(error)) or type(error).__name__})")

    def _name(self) -> str:
        return backend_name(self.backend)


def backend_name(backend: Backend) -> str:
    """The store as messages name it: scheme, host and port."""
    parts = urlsplit(backend.query)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _retry_after(response: httpx2.Response) -> float:
    """Seconds that the store asks to wait (RFC 9110 §10.2.3); dates are not read."""
    text = response.headers.get("retry-after", "")
    return float(text) if text.isdecimal() else 0.0
