"""Two real servers on published folders, alone and behind nginx and HAProxy, while versions are published."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path

import pytest
from cluster import Cluster, Proxy, asking
from live import TOKEN, eventually, exchange, running

from kg.store import current_version

BUILDS = 6
PAUSE = 0.4
"""Seconds in which clients ask a version before the next one comes."""

AUTH = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}

UPDATE = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}


@pytest.fixture
def read_only(cluster: Cluster, tmp_path: Path) -> Iterator[Path]:
    """The folder of a replica, mounted so that nobody can write to it, not even root."""
    place = tmp_path / "mounted"
    place.mkdir()
    done = subprocess.run(
        ["mount", "--bind", "-o", "ro", cluster.folder / "two", place], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    with pytest.raises(OSError, match="Read-only"):
        (place / "note").touch()
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def rises(seen: list[int]) -> bool:
    return all(one <= other for one, other in pairwise(seen))


def test_no_request_fails_and_no_version_goes_back_while_builds_are_published(cluster: Cluster, proxy: Proxy) -> None:
    ports = [proxy.port, cluster.servers["one"].port, cluster.servers["two"].port]
    with asking(ports, cluster.versions) as clients:
        for _ in range(BUILDS):
            last = cluster.write()
            for name in ("one", "two"):
                cluster.publish(name)
                time.sleep(PAUSE / 2)
    assert [client.faults for client in clients] == [[]] * len(clients)
    assert all(rises(client.seen) for client in clients)
    assert all(client.seen[-1] == last and len(set(client.seen)) > 2 for client in clients)


def test_proxy_goes_on_when_a_replica_is_killed_and_takes_it_back(cluster: Cluster, proxy: Proxy) -> None:
    with asking([proxy.port], cluster.versions, each=6) as clients:
        time.sleep(PAUSE)
        killed = time.monotonic()
        cluster.servers["one"].kill()
        time.sleep(2)
        last = cluster.write()
        cluster.publish("two")
        time.sleep(PAUSE)
        cluster.publish("one")
        cluster.restart("one")
        time.sleep(PAUSE)
    faults = [fault for client in clients for fault in client.faults]
    assert len(faults) <= len(clients), faults  # at worst what each was in the middle of
    assert all(when < killed + 1 for when, _ in faults), faults
    assert all(rises(client.seen) and client.seen[-1] == last for client in clients)


def test_writes_go_to_the_builder_and_reach_replicas_when_published(cluster: Cluster, proxy: Proxy) -> None:
    target = "/graphs?graph=http%3A%2F%2Fexample.org%2Fnote"
    connection = HTTPConnection("127.0.0.1", proxy.port, timeout=30)
    written = exchange(connection, target, "PUT", headers=AUTH, body=b"<http://example.org/a> a <http://example.org/B>.")
    assert written.status in (201, 204), written.text
    assert exchange(connection, target).status in (404, 200)  # 200: the other proxy's test published it before
    cluster.versions[str(current_version(cluster.folder / "builder"))] = len(cluster.versions) + 1
    cluster.publish()
    assert "http://example.org/B" in exchange(connection, target, headers={"Accept": "application/n-triples"}).text
    connection.close()


@pytest.mark.parametrize("name", ["one", "two"])
def test_replica_refuses_writes_with_a_problem(cluster: Cluster, name: str) -> None:
    body = b"<http://example.org/a> a <http://example.org/B>."
    answer = cluster.servers[name].ask("/graphs?default", "POST", headers=AUTH, body=body)
    assert (answer.status, answer.type) == (403, "application/problem+json")
    assert "replica" in answer.json["detail"]


def test_metrics_are_not_told_through_a_proxy(proxy: Proxy) -> None:
    connection = HTTPConnection("127.0.0.1", proxy.port, timeout=30)
    assert exchange(connection, "/metrics").status == 403
    connection.close()


def test_answers_of_two_replicas_have_the_same_tags(cluster: Cluster) -> None:
    cluster.publish()
    paths = ("/page/country/testland", "/data/country/testland.ttl", "/sparql?query=ASK%7B%7D", "/feed.atom")
    host = {"Host": "data.example.org"}
    one, two = (
        [cluster.servers[name].ask(path, headers=host).headers["ETag"] for path in paths] for name in ("one", "two")
    )
    assert one == two
    assert None not in one


def test_old_versions_go_when_replicas_have_followed(cluster: Cluster) -> None:
    for _ in range(3):
        cluster.write()
        cluster.publish()
        assert eventually(lambda: cluster.servers["one"].ask("/healthz").json["version"] == current_version(
            cluster.folder / "builder"
        ))  # fmt: skip

    def is_clean() -> bool:
        for server in (cluster.servers["one"], cluster.servers["two"]):
            server.query("ASK {}")
            server.ask("/healthz")
        cluster.publish()
        return len(list((cluster.folder / "one" / "stores").iterdir())) == 2

    assert eventually(is_clean)


def test_folder_that_cannot_be_written_to_is_served_and_followed(
    cluster: Cluster, read_only: Path, tmp_path: Path
) -> None:
    with running(read_only, tmp_path, "--workers", "1") as server:
        assert server.ask("/page/country/testland").status == 200
        assert server.ask("/update", "POST", headers=UPDATE, body=b"DELETE WHERE { ?s ?p ?o }").status == 403
        cluster.write()
        cluster.publish("two")
        assert server.ask("/healthz").json["version"] == current_version(cluster.folder / "builder")
