"""What a proxy on this machine says of its client is believed, and what anybody else says is not."""

from __future__ import annotations

import pytest
from live import Live

from server.front.exchange import Exchange, Message

FIELDS = [(b"x-forwarded-for", b"10.0.0.1, 192.0.2.7"), (b"x-forwarded-proto", b"https"), (b"host", b"example.org")]


async def receive() -> Message:
    raise AssertionError("nothing is read")


async def send(message: Message) -> None:
    raise AssertionError(f"nothing is sent, not {message}")


@pytest.mark.parametrize(
    ("peer", "client", "url"),
    [
        (("127.0.0.1", 1), "192.0.2.7", "https://example.org/sparql"),
        (("::1", 1), "192.0.2.7", "https://example.org/sparql"),
        (None, "192.0.2.7", "https://example.org/sparql"),
        (("198.51.100.4", 1), "198.51.100.4", "http://example.org/sparql"),
    ],
)
def test_only_a_proxy_of_this_machine_is_believed(peer: tuple[str, int] | None, client: str, url: str) -> None:
    scope = {"headers": FIELDS, "method": "GET", "path": "/sparql", "client": peer, "scheme": "http"}
    exchange = Exchange(scope, receive, send)
    assert (exchange.client, exchange.url()) == (client, url)


@pytest.mark.parametrize("scheme", ["http", "https", "http"])
def test_addresses_have_the_scheme_that_the_client_used(live: Live, scheme: str) -> None:
    """Cached answers too: the query is the same each time."""
    headers = {"X-Forwarded-Proto": scheme, "Host": "example.org", "Accept": "text/csv"}
    answer = live.ask("/sparql?query=SELECT%20(%3Chere%3E%20AS%20%3Fbase)%20%7B%7D", headers=headers)
    assert answer.text.split() == ["base", f"{scheme}://example.org/here"]
    description = live.ask("/.well-known/void", headers={**headers, "Accept": "text/turtle"}).text
    assert f"<{scheme}://example.org/sparql>" in description


def test_unknown_scheme_is_none(live: Live) -> None:
    answer = live.ask("/.well-known/void", headers={"X-Forwarded-Proto": "javascript:", "Accept": "text/turtle"})
    assert "javascript" not in answer.text
