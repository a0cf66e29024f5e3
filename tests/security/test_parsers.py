"""Documents made to exhaust whoever reads them: entities, nesting, packing; for readers of RDF, HTML, JSON and YAML."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from live import TOKEN, Live, eventually

from kg.corrections.trees import TreeError, parse_trees
from kg.errors import ArticleError, DataError
from kg.loading import load_files, read_quads
from kg.read import find_sources, read_article
from kg.read.page import parse_html

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#"'
STORY = "<p>" + "Norway has sent 200 tents to Chile after the earthquake of last week. " * 5 + "</p>"
WRITER = {"Authorization": f"Bearer {TOKEN}"}
DEEP = 50_000
TURTLE = b"<urn:a> <urn:b> "


def bomb(levels: int = 9) -> bytes:
    """RDF/XML of a kilobyte whose one literal has ten to the power of ``levels`` times ten bytes."""
    entities = ['<!ENTITY l0 "0123456789">']
    entities += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels + 1)]
    body = f"<rdf:RDF {RDF}><rdf:Description><e:p>&l{levels};</e:p></rdf:Description></rdf:RDF>"
    return f"<!DOCTYPE rdf:RDF [{''.join(entities)}]>{body}".encode()


def upload(server: Live, body: bytes, media_type: str, **fields: str) -> tuple[int, str]:
    headers = WRITER | {"Content-Type": media_type} | {name.replace("_", "-"): value for name, value in fields.items()}
    answer = server.ask("/graphs?graph=urn:security:upload", "PUT", headers=headers, body=body)
    return answer.status, answer.text


def is_well(server: Live) -> bool:
    return server.ask("/healthz").status == 200 and server.query("ASK {}").status == 200


def test_entities_that_grow_are_refused_before_the_engine_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "bomb.rdf"
    file.write_bytes(bomb())
    with pytest.raises(DataError, match="amplification"):
        list(read_quads(file))
    with pytest.raises(DataError, match="amplification"):
        load_files(tmp_path / "data", [file])


def test_engine_alone_would_expand_them() -> None:
    """Why the check is there: once pyoxigraph limits this itself, the check may go."""
    script = (
        "import resource, sys, pyoxigraph as ox; resource.setrlimit(resource.RLIMIT_AS, (1 << 30,) * 2);"
        "print(max(len(q.object.value) for q in ox.parse(sys.stdin.buffer.read(), ox.RdfFormat.RDF_XML)))"
    )
    done = subprocess.run([sys.executable, "-c", script], input=bomb(6), capture_output=True, timeout=60)
    assert int(done.stdout) == 10**7


def test_entities_of_a_few_lines_are_taken(tmp_path: Path) -> None:
    """Ontologies abbreviate their namespaces so."""
    file = tmp_path / "short.rdf"
    file.write_bytes(bomb(1))
    assert [quad.object.value for quad in read_quads(file)] == ["0123456789" * 10]


@pytest.mark.parametrize("system", ["file:///etc/hostname", "http://127.0.0.1:9/x.dtd"])
def test_external_entities_are_not_read(tmp_path: Path, system: str) -> None:
    declared = f'<!DOCTYPE rdf:RDF [<!ENTITY outside SYSTEM "{system}">]>'
    file = tmp_path / "outside.rdf"
    file.write_text(f"{declared}<rdf:RDF {RDF}><rdf:Description><e:p>&outside;</e:p></rdf:Description></rdf:RDF>")
    with pytest.raises(DataError):
        list(read_quads(file))


def test_uploaded_entities_are_refused(server: Live) -> None:
    status, text = upload(server, bomb(), "application/rdf+xml")
    assert (status, "amplification" in text) == (400, True), text


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (TURTLE + b"<<( <urn:a> <urn:b> " * DEEP + b"1" + b" )>>" * DEEP + b" .", "text/turtle"),
        (b"[" * DEEP * 4 + b"]" * DEEP * 4, "application/ld+json"),
        (b'{"@context":' + b"[" * DEEP * 4 + b"]" * DEEP * 4 + b"}", "application/ld+json"),
        (b'{"@context":"http://127.0.0.1:9/c.jsonld","@id":"urn:a"}', "application/ld+json"),
    ],
    ids=["triple terms", "arrays", "contexts", "remote context"],
)
def test_nested_upload_is_refused_and_the_server_goes_on(server: Live, body: bytes, media_type: str) -> None:
    servers = {process.pid for process in server.servers()}
    status, text = upload(server, body, media_type)
    assert status in (400, 503), text
    assert server.query("ASK { GRAPH <urn:security:upload> { ?s ?p ?o } }").json["boolean"] is False
    assert {process.pid for process in server.servers()} == servers


@pytest.mark.parametrize("body", [b"(" * DEEP + b")" * DEEP, b"[ <urn:p> " * DEEP + b"1" + b"]" * DEEP], ids=["(", "["])
def test_deep_turtle_is_read_without_a_deep_stack(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "deep.ttl"
    file.write_bytes(TURTLE + body + b" .")
    assert sum(1 for _ in read_quads(file)) > DEEP


@pytest.mark.parametrize("levels", [DEEP, 400_000])
@pytest.mark.parametrize(
    ("head", "opening", "inside", "closing", "tail"),
    [
        ("SELECT * { FILTER ", "(", "1", ")", " }"),
        ("SELECT * ", "{", "", "}", ""),
        ("SELECT (", "STR(", "1", ")", " AS ?x) {}"),
        ("SELECT * { ?s ", "(", "<urn:a>", ")", " ?o }"),
        ("SELECT * { ?s ?p ", "[ ?p ", "1", "]", " }"),
        ("SELECT (1", "+1", "", "", " AS ?x) {}"),
    ],
)
def test_nested_query_ends_its_worker_at_most(
    server: Live, levels: int, head: str, opening: str, inside: str, closing: str, tail: str
) -> None:
    servers = {process.pid for process in server.servers()}
    query = head + opening * levels + inside + closing * levels + tail
    answer = server.ask("/sparql", "POST", headers={"Content-Type": "application/sparql-query"}, body=query.encode())
    assert answer.status in (200, 400, 413, 503), answer.text[:300]
    assert eventually(lambda: is_well(server))
    assert {process.pid for process in server.servers()} == servers


@pytest.mark.parametrize("levels", [100, 2_000, DEEP])
def test_nested_update_that_loads_ends_its_worker_at_most(server: Live, levels: int) -> None:
    """Refused for its LOAD, it is looked at for syntax errors in the server's own process."""
    servers = {process.pid for process in server.servers()}
    update = "LOAD <http://127.0.0.1:9/> ; INSERT {} WHERE " + "{" * levels + "}" * levels
    headers = WRITER | {"Content-Type": "application/sparql-update"}
    answer = server.ask("/update", "POST", headers=headers, body=update.encode())
    assert answer.status == 403, answer.text[:300]
    assert {process.pid for process in server.servers()} == servers


def test_nested_json_is_refused_by_the_reconciliation_api(server: Live) -> None:
    body = b"queries=" + b'{"q":{"query":' + b"[" * 100_000
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.ask("/reconcile", "POST", headers=headers, body=body).status == 400
    assert is_well(server)


@pytest.mark.parametrize(("unpacked", "status"), [(7 << 20, 201), (400 << 20, 413)])
def test_packed_upload_is_unpacked_to_the_limit_and_no_further(server: Live, unpacked: int, status: int) -> None:
    line = b"<urn:a> <urn:b> <urn:c> .\n"
    before = max(process.memory for process in server.servers())
    packed = gzip.compress(line * (unpacked // len(line)), 1)
    graph = f"/graphs?graph=urn:security:{status}"
    headers = WRITER | {"Content-Type": "application/n-triples", "Content-Encoding": "gzip"}
    assert server.ask(graph, "PUT", headers=headers, body=packed).status == status
    assert max(process.memory for process in server.servers()) - before < 64 << 20


@pytest.mark.parametrize("ending", ["ttl.gz", "ttl.zst", "rdf.gz"])
def test_broken_packing_is_told_in_a_line(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"broken.{ending}"
    file.write_bytes(gzip.compress(TURTLE * 100)[:40] + b"\0" * 40)
    with pytest.raises(DataError, match="cannot be read"):
        list(read_quads(file))


@pytest.mark.parametrize(
    "opening", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<p><span>", "<!--", "<a href='"]
)
def test_nested_page_is_read_or_refused(opening: str) -> None:
    page = f"<html><body>{STORY}{opening * 100_000}{STORY}".encode()
    try:
        assert "200 tents" in parse_html(page, id="a", source="a.html").text
    except ArticleError as refused:
        assert "a.html: " in str(refused)


def test_nested_tables_cost_no_more_than_their_number() -> None:
    """Two thousand took an hour."""
    page = f"<html><body>{'<table><tr><td>' * 600}{STORY}".encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    assert "200 tents" in parse_html(page, id="a", source="a.html").text
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5


def test_element_with_endless_attributes_is_refused() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    with pytest.raises(ArticleError, match="5,000 attributes"):
        parse_html(f"<html><body><p {attributes}>{STORY}".encode(), id="a", source="a.html")


def test_page_with_a_long_attribute_is_an_article() -> None:
    page = f"<html><body data-state='{'word ' * 20_000}'>{STORY}".encode()
    assert "200 tents" in parse_html(page, id="a", source="a.html").text


@pytest.mark.parametrize("system", ["file:///etc/passwd", "http://127.0.0.1:9/"])
def test_page_reads_no_entity_and_no_file_from_elsewhere(system: str) -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{system}">]><html><body><p>Start &x; end.</p>{STORY}'
    text = parse_html(page.encode(), id="a", source="a.html").text
    assert "root:" not in text
    assert "200 tents" in text


@pytest.mark.parametrize("nested", ["[" * 100_000, '{"a":' * 100_000], ids=["[", "{"])
def test_nested_json_in_a_page_or_a_line_is_no_more_than_a_fault(tmp_path: Path, nested: str) -> None:
    script = f'<html><head><script type="application/ld+json">{nested}</script></head><body>{STORY}'
    assert "200 tents" in parse_html(script.encode(), id="a", source="a.html").text
    lines = f'{{"id": "a", "text": {nested}\n{{"id": "b", "text": "Norway sent tents."}}\n'
    (tmp_path / "lines.jsonl").write_text(lines)
    outcomes = []
    for source in find_sources([str(tmp_path / "lines.jsonl")]):
        try:
            outcomes.append(read_article(source).id)
        except ArticleError:
            outcomes.append("refused")
    assert sorted(outcomes) == ["b", "refused"]


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['echo pwned > pwned']",
        "!!python/object/new:subprocess.Popen [[touch, pwned]]",
        "by: !!python/name:os.system ''",
    ],
)
def test_yaml_makes_no_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tree,) = parse_trees(text)
    assert isinstance(tree.value, list | dict)
    assert list(tmp_path.iterdir()) == []


def test_yaml_takes_no_references() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))]
    with pytest.raises(TreeError, match="references"):
        parse_trees("\n".join(lines))


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000], ids=["[", "{", "-"])
def test_nested_yaml_is_refused(text: str) -> None:
    with pytest.raises(TreeError):
        parse_trees(text)
