"""Which addresses count as the same, and which lead into a private network."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.errors import SettingsError
from server.syntax.allowed import Allowed, parse_address

PUBLIC, PRIVATE = "93.184.215.14", "10.1.2.3"


def refusal(services: Sequence[str], target: str, *, answers: Sequence[str] = (PUBLIC,)) -> str:
    address = parse_address(target)
    return "no plain address" if address is None else Allowed.of(services, resolve=lambda *_: answers).refusal(address)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTP://Good.Example:80", "http://good.example/"),
        ("https://good.example:0443/a", "https://good.example/a"),
        ("http://good.example:8080/%7ea/%c3%a9", "http://good.example:8080/~a/%C3%A9"),
        ("http://good.example/a/./b/../c?x=%7e", "http://good.example/a/c?x=~"),
        ("http://good.example/a/%2e%2e/%2E/b/..", "http://good.example/"),
        ("http://[::1]:3030/x", "http://[::1]:3030/x"),
    ],
)
def test_parse_address_gives_one_form(text: str, expected: str) -> None:
    assert str(parse_address(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ftp://good.example/",
        "file:///etc/passwd",
        "http:good.example",
        "http:///good.example",
        "http://good.example@evil/",
        "http://good.example:80@evil/",
        "http://good.example:0/",
        "http://good.example:99999/",
        "http://good.example\\@evil/",
        "http://good.example#@evil/",
        "http://good.example/#x",
        "http://good%2eexample/",
        "http://gооd.example/",
        "http://good.example./",
        "http://good.example/a%2fb",
        "http://good.example/a//b",
        "http://good.example/a/..;/b",
        "http://good.example/a/%252e%252e/b",
        "http://good.example/é",
        "http://good.example/%zz",
        "//good.example/",
        "",
    ],
)
def test_parse_address_takes_only_plain_ones(text: str) -> None:
    assert parse_address(text) is None


@pytest.mark.parametrize(
    ("service", "target"),
    [
        ("https://good.example/sparql", "HTTPS://GOOD.example:443/sparql"),
        ("https://good.example/sparql?x=1", "https://good.example/sparql?x=1"),
        ("https://good.example", "https://good.example/"),
        ("https://good.example/a/", "https://good.example/a/b/c?d=e"),
        ("https://good.example/a/", "https://good.example/a/"),
        ("https://good.example/", "https://good.example/x"),
    ],
)
def test_allowed_takes_what_an_entry_covers(service: str, target: str) -> None:
    assert refusal([service], target) == ""


@pytest.mark.parametrize(
    ("service", "target"),
    [
        ("https://good.example/sparql", "http://good.example/sparql"),
        ("https://good.example/sparql", "https://good.example:8443/sparql"),
        ("https://good.example/sparql", "https://good.example/sparql/x"),
        ("https://good.example/sparql", "https://good.example/sparql?x=1"),
        ("https://good.example/sparql", "https://good.example/SPARQL"),
        ("https://good.example/sparql", "https://sub.good.example/sparql"),
        ("https://good.example", "https://good.example/x"),
        ("https://good.example/a/", "https://good.example/a"),
        ("https://good.example/a/", "https://good.example/a/../b"),
        ("https://good.example/a/", "https://good.example/a/%2e%2e/b"),
        ("https://good.example/", "https://good.example.evil/"),
    ],
)
def test_allowed_refuses_what_no_entry_covers(service: str, target: str) -> None:
    assert "no entry" in refusal([service], target)


@pytest.mark.parametrize(
    "answer",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:a00:1::1",
        "64:ff9b::a00:1",
    ],
)  # fmt: skip
def test_allowed_refuses_a_public_name_with_a_private_answer(answer: str) -> None:
    assert "private" in refusal(["http://good.example/"], "http://good.example/", answers=[PUBLIC, answer])


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f.1", "017700000001", "[::1]", "localhost", "fuseki", "db.home.arpa"],
)
def test_allowed_takes_a_private_host_that_is_written_down(host: str) -> None:
    assert refusal([f"http://{host}:3030/"], f"http://{host}:3030/ds", answers=[PRIVATE]) == ""


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]", "localhost"])
def test_allowed_takes_no_other_form_of_a_private_host(host: str) -> None:
    assert "no entry" in refusal(["http://127.0.0.1/"], f"http://{host}/")


def test_allowed_refuses_a_name_that_nobody_knows() -> None:
    def fail(host: str, port: int) -> Sequence[str]:
        raise OSError(f"{host}:{port}")

    address = parse_address("http://good.example/")
    assert address is not None
    assert "unknown" in Allowed.of(["http://good.example/"], resolve=fail).refusal(address)


@pytest.mark.parametrize("entry", ["http://user@good.example/", "http://good.example/#x", "good.example"])
def test_allowed_refuses_an_entry_that_is_no_plain_address(entry: str) -> None:
    with pytest.raises(SettingsError, match="services"):
        Allowed.of([entry])
