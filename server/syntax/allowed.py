"""Which addresses SERVICE and LOAD may reach: those of the setting ``services``, and nothing inside by accident.

Addresses are compared in one canonical form, and only plain ones have it: no user name, no fragment, ASCII, a host
as it is written. The engine then gets this form, so that what was checked is what is asked. It follows no redirect
(pyoxigraph 0.5.13 gives up at the first), hence an allowed address cannot lead to another.

An entry that names an address of the local network, or a name that can only mean one, allows it: somebody wrote it
down. An entry with a public name does not allow a private answer of the name service.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.errors import SettingsError

Resolve = Callable[[str, int], Sequence[str]]

_PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?",
    re.IGNORECASE | re.ASCII,
)
_PLAIN = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# Some servers take these for other paths than RFC 3986 does: they decode twice, merge slashes, drop what is behind ";".
_TREACHEROUS = re.compile(r"%(?:2F|5C|25|00)|//|/\.\.?;")
# Ends of names that the public name service does not give out: RFC 6761, 6762 (and its appendix G), 8375, ICANN 2024.
_INSIDE = frozenset(
    {"localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "test", "invalid", "home.arpa"}
)
_NUMBER = re.compile("[0-9]+|0x[0-9a-f]*")  # ends an IPv4 address in any of its forms: 127.1, 0x7f000001, 017700000001
_EMBEDDED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address behind a translator


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in canonical form; ``rest`` is the query with its question mark."""

    scheme: str
    host: str
    port: int
    path: str
    rest: str

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.path}{self.rest}"


def parse_address(text: str) -> Address | None:
    """The canonical form of an http or https address; None if it is none, or not a plain one."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    path, query = match["path"] or "/", match["query"]
    scheme = match["scheme"].lower()
    port = int(match["port"] or _PORTS[scheme])
    if not 0 < port < 65536 or not _PLAIN.fullmatch(path + (query or "")):
        return None
    path = _ENCODED.sub(_decoded, path)
    if _TREACHEROUS.search(path):
        return None
    rest = "" if query is None else f"?{_ENCODED.sub(_decoded, query)}"
    return Address(scheme, match["host"].lower(), port, _without_dots(path), rest)


def _decoded(match: re.Match[str]) -> str:
    """RFC 3986 §6.2.2: what needs no encoding is not encoded, the rest in capitals."""
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.fullmatch(character) else match[0].upper()


def _without_dots(path: str) -> str:
    """RFC 3986 §5.2.4."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def look_up(host: str, port: int) -> Sequence[str]:
    """All addresses that the machine's name service gives for ``host``. Raises OSError if there are none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Allowed:
    """The entries of the setting ``services``, ready to be compared. ``resolve`` is replaced in tests."""

    addresses: frozenset[Address] = frozenset()
    folders: tuple[Address, ...] = ()
    resolve: Resolve = look_up

    @classmethod
    def of(cls, services: Sequence[str], *, resolve: Resolve = look_up) -> Allowed:
        """Read the setting: an entry that ends in a slash allows all below it, another only itself.

        Raises:
            SettingsError: an entry is no plain http or https address.
        """
        addresses: list[Address] = []
        folders: list[Address] = []
        for entry in services:
            address = parse_address(entry)
            if address is None:
                raise SettingsError(f"services: {entry!r} is no plain web address such as https://example.org/sparql")
            (folders if entry.endswith("/") and not address.rest else addresses).append(address)
        return cls(frozenset(addresses), tuple(folders), resolve)

    def refusal(self, address: Address) -> str:
        """Why ``address`` may not be reached; empty if it may."""
        if address not in self.addresses and not any(_is_below(folder, address) for folder in self.folders):
            return "no entry of the setting `services` covers it"
        if _is_named_inside(address.host):
            return ""
        try:
            answers = self.resolve(address.host, address.port)
        except OSError:
            return "its name is unknown"
        return "its name leads into a private network" if not answers or any(map(_is_private, answers)) else ""


def _is_below(folder: Address, address: Address) -> bool:
    is_same_host = (folder.scheme, folder.host, folder.port) == (address.scheme, address.host, address.port)
    return is_same_host and address.path.startswith(folder.path)


def _is_named_inside(host: str) -> bool:
    """Whether ``host`` is a literal address, or a name that only the local network knows."""
    labels = host.split(".")
    is_literal = host.startswith("[") or _NUMBER.fullmatch(labels[-1]) is not None
    return is_literal or len(labels) == 1 or not _INSIDE.isdisjoint((labels[-1], ".".join(labels[-2:])))


def _is_private(text: str) -> bool:
    """Whether an address leads anywhere but to the public network: loopback, private, link-local, multicast, …"""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _EMBEDDED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not inner.is_global:
            return True
    return not address.is_global or address.is_multicast
