"""A server that somebody else runs, asked over HTTP: SPARQL queries and files, with a limit of time and size.

The standard library's client, because a graph is validated and analysed by scripts that ask one thing at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kg.errors import DataError

_MOST_BYTES: Final = 256 * 2**20


class _SameScheme(HTTPRedirectHandler):
    """Follows a server that has moved, but never from https to http, nor to files or FTP."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme not in {"https", urlsplit(req.full_url).scheme}:
            raise DataError(f"{req.full_url}: redirects to {newurl}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL endpoint or a file, by its address. ``timeout`` is in seconds, for each answer."""

    address: str
    timeout: float = 60.0

    def ask(self, query: str, accept: str) -> tuple[str, bytes]:
        """The answer to a query by GET (SPARQL 1.1 Protocol §2.1.1), with its media type.

        Raises:
            DataError: there is no answer, it is an error, or it is too large.
        """
        joint = "&" if urlsplit(self.address).query else "?"
        return self._read(f"{self.address}{joint}{urlencode({'query': query})}", accept)

    def fetch(self, accept: str) -> bytes:
        """What is at the address.

        Raises:
            DataError: see :meth:`ask`.
        """
        return self._read(self.address, accept)[1]

    def _read(self, url: str, accept: str) -> tuple[str, bytes]:
        request = Request(url, headers={"Accept": accept})
        try:
            with build_opener(_SameScheme).open(request, timeout=self.timeout) as answer:
                body = answer.read(_MOST_BYTES + 1)
                media_type = str(answer.headers.get_content_type())
        except HTTPError as error:
            with error:
                said = " ".join(error.read(300).decode(errors="replace").split())
            raise DataError(f"{self.address}: answered {error.code} {error.reason}: {said}") from error
        except TimeoutError as error:
            raise DataError(f"{self.address}: no answer within {self.timeout:g} s; see --timeout") from error
        except (URLError, HTTPException, OSError) as error:
            raise DataError(f"{self.address}: cannot be reached ({getattr(error, 'reason', error)})") from error
        if len(body) > _MOST_BYTES:
            raise DataError(f"{self.address}: an answer has more than {_MOST_BYTES // 2**20} MiB")
        return media_type, body
