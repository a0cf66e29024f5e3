"""A builder's data folder, two real replicas of it, and the proxies of docs/deploy in front of them."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from importlib import resources
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.lock import write_lock
from kg.store import current_version, new_generation

sys.path.insert(0, str(Path(__file__).parents[1] / "server" / "helpers"))  # folders of tests are no packages
sys.path.insert(0, str(Path(__file__).parent / "helpers"))

from cluster import ITEMS, PLACE, VALUE, Cluster, Proxy
from live import eventually, running

ROOT = Path(__file__).parents[2]


def _write(data: Path, number: int) -> str:
    """Write version ``number``: every fact and every dump of it tells that number; the store's own name of it."""
    schema = "http://schema.org/"
    place = ox.NamedNode(PLACE)
    with write_lock(data), new_generation(data) as generation:
        generation.store.clear()
        generation.store.load(
            resources.files("ontology").joinpath("aid.ttl").read_bytes(), format=ox.RdfFormat.TURTLE
        )
        generation.store.extend(
            ox.Quad(ox.NamedNode(f"http://example.org/item/{item}"), VALUE, ox.Literal(number)) for item in range(ITEMS)
        )
        kind = ox.NamedNode(f"{schema}Country")
        generation.store.add(ox.Quad(place, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), kind))
        generation.store.add(ox.Quad(place, ox.NamedNode(f"{schema}name"), ox.Literal(f"Testland {number};")))
    (data / "dumps").mkdir(exist_ok=True)
    for name in ("aidgraph.nt.gz", "SHA256SUMS", "build.json"):
        (data / "dumps" / f"{name}.tmp").write_text(f"{number}" if name == "build.json" else f"Testland {number};" * 99)
        (data / "dumps" / f"{name}.tmp").replace(data / "dumps" / name)
    version = current_version(data)
    assert version is not None
    return version


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Version 1, built, published to two folders and served from each; the builder serves its own."""
    folder = tmp_path_factory.mktemp("replicas")
    with ExitStack() as stack:

        def start(name: str, port: int = 0) -> None:
            log = folder / f"{name}.log"
            log.mkdir(exist_ok=True)
            options = ("--workers", "1" if name == "builder" else "2", "--port", str(port))
            made.servers[name] = stack.enter_context(running(folder / name, log, *options))

        made = Cluster(folder, _write, start, {})
        made.write()
        made.publish()
        for name in ("builder", "one", "two"):
            start(name)
        yield made


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


def _ported(cluster: Cluster, name: str, port: int) -> str:
    """The configuration as it is documented, but for its ports."""
    text = (ROOT / "docs" / "deploy" / name).read_text(encoding="utf-8")
    servers = cluster.servers
    ports = {8000: servers["builder"].port, 8001: servers["one"].port, 8002: servers["two"].port, 8080: port}
    for documented, ours in ports.items():
        assert f"127.0.0.1:{documented}" in text
        text = text.replace(f"127.0.0.1:{documented}", f"127.0.0.1:{ours}")
    return text


def _nginx(cluster: Cluster, folder: Path, port: int) -> list[str]:
    """The command that runs nginx with our file included, as a system's own nginx.conf does."""
    paths = "".join(
        f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "site.conf").write_text(_ported(cluster, "nginx.conf", port))
    (folder / "main.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder / 'pid'};\nerror_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{paths}include {folder / 'site.conf'};\n}}\n"
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "main.conf"), "-e", str(folder / "error.log")]


def _haproxy(cluster: Cluster, folder: Path, port: int) -> list[str]:
    (folder / "haproxy.cfg").write_text(_ported(cluster, "haproxy.cfg", port))
    return ["haproxy", "-db", "-f", str(folder / "haproxy.cfg")]


COMMANDS: dict[str, Callable[[Cluster, Path, int], list[str]]] = {"nginx": _nginx, "haproxy": _haproxy}


@pytest.fixture(params=sorted(COMMANDS))
def proxy(request: pytest.FixtureRequest, cluster: Cluster, tmp_path: Path) -> Iterator[Proxy]:
    """The proxy with its documented configuration, in front of replicas that are all there."""
    if shutil.which(request.param, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin") is None:
        pytest.skip(f"{request.param} is not installed")
    port, log = _free_port(), tmp_path / "out.log"
    command = COMMANDS[request.param](cluster, tmp_path, port)
    command[0] = str(shutil.which(command[0], path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"))
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        proxy = Proxy(request.param, port)
        try:
            assert eventually(proxy.answers), log.read_text()
            yield proxy
        finally:
            process.terminate()
