"""Names that climb: no address, article, archive or setting leads out of the folder that it belongs to."""

from __future__ import annotations

import subprocess
import sys
from http.client import HTTPResponse
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from live import Live

from kg.errors import AidgraphError
from kg.read import find_sources, read_article
from kg.slugs import slug_or_hash

AIDGRAPH = str(Path(sys.executable).parent / "aidgraph")
CLIMBS = (
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%5c..%5cetc%5cpasswd",
    "%252e%252e%252fetc%252fpasswd", "....//....//etc/passwd", "/etc/passwd", "//etc/passwd", "%00/etc/passwd",
    "..;/..;/etc/passwd", "%c0%ae%c0%ae/etc/passwd", "file:///etc/passwd", "CON", "store", "token",
)  # fmt: skip
DOORS = (
    *("/static/", "/dumps/", "/context/", "/frames/", "/schemas/", "/ontology/", "/data/ontology/", "/page/"),
    *("/data/", "/id/", "/sitemaps/", "/graphs/", "/"),
)
SECRET = "kept-for-the-operator"


@pytest.fixture(scope="module", autouse=True)
def secret(hostile: Path) -> None:
    """Files beside the dumps that nobody may get."""
    (hostile / "dumps").mkdir(exist_ok=True)
    (hostile / "dumps" / "open.txt").write_text("open")
    (hostile / "dumps" / ".hidden").write_text(SECRET)
    (hostile / "token").write_text(SECRET)
    (hostile / "dumps" / "inner").mkdir(exist_ok=True)
    (hostile / "dumps" / "inner" / "secret.txt").write_text(SECRET)


@pytest.mark.parametrize("door", DOORS)
def test_address_leads_to_no_file_outside(server: Live, door: str) -> None:
    for climb in CLIMBS:
        status, body = ask_as_it_is(server, f"{door}{climb}")
        assert status in (303, 308, 400, 404, 406), (door, climb, status, body[:200])
        assert b"root:" not in body
        assert SECRET.encode() not in body


def ask_as_it_is(server: Live, address: str) -> tuple[int, bytes]:
    """A client's library would tidy the address."""
    with server.socket() as connection:
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        answer = HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.read()


@pytest.mark.parametrize("name", [".hidden", "inner", "inner/secret.txt", "inner%2fsecret.txt", "../token"])
def test_dumps_are_only_what_their_page_lists(client: FlaskClient, name: str) -> None:
    with client.get("/dumps/open.txt") as found, client.get(f"/dumps/{name}") as answer:
        assert found.text == "open"
        assert (answer.status_code, SECRET in answer.text) == (404, False)


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "a/../../b", "..", "%2e%2e", "a\0b", "a\nb"])
def test_slug_of_an_article_is_no_path(name: str) -> None:
    slug = slug_or_hash(name)
    assert not {"/", ".", "\0", "\n", "%"} & set(slug), slug


@pytest.mark.parametrize("identifier", ["../../escape", "/abs/escape", "..\\\\escape", "a\\u0000b"])
def test_identifier_in_an_archive_names_no_file(tmp_path: Path, identifier: str) -> None:
    archive = tmp_path / "inbox" / "articles.jsonl"
    archive.parent.mkdir()
    archive.write_text(f'{{"id": "{identifier}", "text": "Norway sent 200 tents to Chile."}}\n')
    before = sorted(tmp_path.rglob("*"))
    for source in find_sources([str(archive)]):
        try:
            assert read_article(source).text == "Norway sent 200 tents to Chile."
        except AidgraphError as refused:
            assert "articles.jsonl" in str(refused)
    assert sorted(tmp_path.rglob("*")) == before


def test_folder_of_articles_leads_no_further_by_links_to_folders(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text(SECRET)
    (inside / "loop").symlink_to(inside)
    (inside / "a.txt").write_text("Norway sent 200 tents to Chile.")
    found = list(find_sources([str(inside)]))
    assert len(found) == 1, found


@pytest.mark.parametrize("content", ["root:x:0:0:root:/root:/bin/bash\n", SECRET])
def test_config_that_is_no_config_is_not_printed(tmp_path: Path, content: str) -> None:
    """Whoever may set an option may not read files by its errors."""
    file = tmp_path / "passwd"
    file.write_text(content)
    done = subprocess.run(
        [AIDGRAPH, "query", "ASK {}", "--config", str(file)], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert done.returncode == 1
    assert content.strip() not in done.stdout + done.stderr
    assert done.stderr.count("\n") == 1
