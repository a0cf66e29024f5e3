"""Updates and whole graphs: what is there afterwards, and that it is all or nothing."""

import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import writing
from kg.errors import AidgraphError, LockedError, SyntaxFault, UpdateFault
from kg.lock import write_lock
from kg.store import built_file, current_version, is_alone, new_generation, open_snapshot, tell_alone
from kg.writing import DeleteGraph, Payload, PutGraph, Update, Write, Written, perform

GRAPH = "http://example.org/graph"
BASE = "http://example.org/base/"


def update(data: Path, text: str) -> Written:
    return perform(data, Update(text, BASE))


def payload(folder: Path, content: str, form: str = "ttl") -> Payload:
    path = folder / f"payload-{len(list(folder.iterdir()))}"
    path.write_text(content, encoding="utf-8")
    return Payload(path, form)


def put(data: Path, *payloads: Payload, graph: str | None = GRAPH, replace: bool = True) -> Written:
    return perform(data, PutGraph(graph, payloads, replace, BASE))


def stored(data: Path, graph: str | None = GRAPH) -> set[str]:
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return {str(quad.object) for quad in open_snapshot(data).store.quads_for_pattern(None, None, None, name)}


def graphs(data: Path) -> list[str]:
    return sorted(name.value for name in open_snapshot(data).store.named_graphs())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_update_makes_a_new_version(data: Path) -> None:
    first = update(data, "INSERT DATA { <a> <b> 1 }")
    second = update(data, "INSERT DATA { <a> <b> 1 }")
    assert first.version != second.version == current_version(data)
    assert second == Written(second.version, existed=True, changed=True)
    assert str(next(iter(open_snapshot(data).store)).subject) == f"<{BASE}a>"


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("INSERT DATA { <a> <b> 2 } ; CREATE GRAPH <c>", UpdateFault, "already exists"),
        ("INSERT DATA { <a> <b> 2 } ; CLEAR GRAPH <none>", UpdateFault, "does not exist"),
        ("INSERT DATA { <a> <b> 2 } ;\n CLEAR XYZ", SyntaxFault, "at line 2, column 11"),
    ],
)
def test_update_that_fails_changes_nothing(data: Path, text: str, error: type[AidgraphError], message: str) -> None:
    version = update(data, "INSERT DATA { <a> <b> 1 } ; CREATE GRAPH <c>").version
    with pytest.raises(error, match=message):
        update(data, text)
    assert current_version(data) == version
    assert len(stored(data, None)) == 1
    assert [path.name for path in (data / "stores").iterdir()] == [version]


def test_write_that_fails_closes_its_working_copy(data: Path, tmp_path: Path) -> None:
    """While it is open, RocksDB may write to the folder that is being deleted."""
    with pytest.raises(SyntaxFault) as caught:
        put(data, payload(tmp_path, "this is no Turtle"))
    assert caught.value.__cause__ is not None  # the calls that had the store are still named by two tracebacks
    names = [str(file.readlink()) for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
    assert names
    assert [name for name in names if "work-" in name] == []


def test_faults_keep_their_place_on_the_way_between_processes(data: Path) -> None:
    with pytest.raises(SyntaxFault) as caught:
        update(data, "CLEAR XYZ")
    sent = pickle.loads(pickle.dumps(caught.value))
    assert (str(sent), sent.line, sent.column) == (str(caught.value), 1, 10)


@pytest.mark.parametrize(
    "write",
    [Update("CLEAR ALL", BASE), PutGraph(None, (Payload(Path("a"), "ttl"),), True, BASE), DeleteGraph(GRAPH)],
)
def test_writes_can_be_sent_between_processes(write: Write) -> None:
    assert pickle.loads(pickle.dumps(write)) == write


@pytest.mark.parametrize("bulk", [0, writing.BULK])
@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("ttl", "<> <p> 'é'"),
        ("nt", f'<{BASE}> <{BASE}p> "é" .'),
        ("jsonld", f'{{"@id": "", "{BASE}p": "é"}}'),
        (
            "rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            f'<rdf:Description rdf:about=""><p xmlns="{BASE}">é</p></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_put_takes_every_format(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, content: str, bulk: int
) -> None:
    monkeypatch.setattr(writing, "BULK", bulk)
    content += " ." if form == "ttl" else ""
    assert not put(data, payload(tmp_path, content, form)).existed
    quads = list(open_snapshot(data).store)
    expected = ox.Quad(ox.NamedNode(BASE), ox.NamedNode(f"{BASE}p"), ox.Literal("é"), ox.NamedNode(GRAPH))
    assert quads == [expected]


@pytest.mark.parametrize("graph", [GRAPH, None])
@pytest.mark.parametrize(("replace", "left"), [(True, {'"2"'}), (False, {'"1"', '"2"'})])
def test_put_replaces_a_graph_or_adds_to_it(
    data: Path, tmp_path: Path, graph: str | None, replace: bool, left: set[str]
) -> None:
    update(data, f"INSERT DATA {{ <a> <b> '1' . GRAPH <{GRAPH}> {{ <a> <b> '1' }} GRAPH <other> {{ <a> <b> '3' }} }}")
    assert put(data, payload(tmp_path, "<a> <b> '2' ."), graph=graph, replace=replace).existed
    assert stored(data, graph) == left
    assert stored(data, None if graph else GRAPH) == {'"1"'}
    assert stored(data, f"{BASE}other") == {'"3"'}


def test_put_of_nothing_makes_an_empty_graph(data: Path, tmp_path: Path) -> None:
    assert not put(data, payload(tmp_path, "")).existed
    assert graphs(data) == [GRAPH]
    assert put(data, payload(tmp_path, "")).existed


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_blank_nodes_of_two_payloads_are_two(data: Path, tmp_path: Path, form: str) -> None:
    content = {"ttl": "_:x <http://p> 1 .", "jsonld": '{"@id": "_:x", "http://p": 1}'}[form]
    put(data, payload(tmp_path, content, form), payload(tmp_path, content, form))
    put(data, payload(tmp_path, content, form), replace=False)
    subjects = {quad.subject for quad in open_snapshot(data).store}
    assert len(subjects) == 3


@pytest.mark.parametrize(
    ("form", "content", "message", "place"),
    [
        ("ttl", "<a> <b>\n <c> <d> .", "is not Turtle at line 2, column 6: A dot is expected", (2, 6)),
        ("nt", "<http://a> <http://b> .", "is not N-Triples at line 1, column 23", (1, 23)),
        ("jsonld", '{"@id":', "is not JSON-LD at line 1, column 8", (1, 8)),
        ("jsonld", '{"@id": "http://g", "@graph": {"http://p": 1}}', "Named graphs are not allowed", (None, None)),
        ("jsonld", '{"@context": "http://127.0.0.1:1/c", "p": 1}', "remote contexts", (None, None)),
        ("jsonld", '{"@context": {"@import": "http://127.0.0.1:1/c"}}', "remote contexts", (None, None)),
        ("rdf", "<a>\n  <b></a>", "is not RDF/XML at line 2, column 8: mismatched tag", (2, 8)),
        ("rdf", '<a b="c"/>', "is not RDF/XML: ", (None, None)),
    ],
)
def test_put_of_a_faulty_payload_says_where_and_changes_nothing(
    data: Path, tmp_path: Path, form: str, content: str, message: str, place: tuple[int, int]
) -> None:
    version = update(data, f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <a> <b> '1' }} }}").version
    with pytest.raises(SyntaxFault, match=message) as caught:
        put(data, payload(tmp_path, "<a> <b> '2' ."), payload(tmp_path, content, form))
    assert (caught.value.line, caught.value.column) == place
    assert current_version(data) == version
    assert stored(data) == {'"1"'}


def test_put_refuses_entities_that_grow_without_end(data: Path, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))
    bomb = f'<!DOCTYPE r [<!ENTITY e0 "0123456789">{entities}]><r>&e9;</r>'
    with pytest.raises(SyntaxFault, match="amplification"):
        put(data, payload(tmp_path, bomb, "rdf"))


def test_delete_removes_a_graph_and_no_other(data: Path) -> None:
    update(data, f"INSERT DATA {{ <a> <b> '1' . GRAPH <{GRAPH}> {{ <a> <b> '1' }} GRAPH <other> {{ <a> <b> '1' }} }}")
    assert perform(data, DeleteGraph(GRAPH)).existed
    assert graphs(data) == [f"{BASE}other"]
    assert stored(data, None) == {'"1"'}


def test_delete_of_no_graph_is_told_and_makes_no_version(data: Path) -> None:
    assert perform(data, DeleteGraph(GRAPH)) == Written(None, existed=False, changed=False)
    version = update(data, "INSERT DATA { <a> <b> 1 }").version
    assert perform(data, DeleteGraph(GRAPH)) == Written(version, existed=False, changed=False)
    assert current_version(data) == version


def test_delete_of_the_default_graph_empties_it(data: Path) -> None:
    update(data, f"INSERT DATA {{ <a> <b> '1' . GRAPH <{GRAPH}> {{ <a> <b> '1' }} }}")
    assert perform(data, DeleteGraph(None)).existed
    assert (stored(data, None), stored(data)) == (set(), {'"1"'})


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from kg.writing import Payload, PutGraph, Update, perform

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit fails, as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
triples = Path(sys.argv[2])
text = f"INSERT DATA {{ {triples.read_text()} }}"
writes = {"update": Update(text, "http://x/"), "put": PutGraph(None, (Payload(triples, "nt"),), False, "http://x/")}
perform(Path(sys.argv[1]), writes[sys.argv[3]])
"""


@pytest.mark.parametrize("kind", ["update", "put"])
def test_write_to_a_full_disk_fails_whole_and_is_no_fault_of_the_write(data: Path, tmp_path: Path, kind: str) -> None:
    version = update(data, "INSERT DATA { <a> <b> '1' }").version
    triples = tmp_path / "a.nt"
    triples.write_text("".join(f'<http://x/{number}> <http://x/p> "{number * 7**30}" .\n' for number in range(10_000)))
    command = [sys.executable, "-c", FULL_DISK, str(data), str(triples), kind]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert "kg.errors.StoreError" in done.stderr.splitlines()[-1]
    assert current_version(data) == version
    assert update(data, "INSERT DATA { <a> <b> '2' }").changed


def quad(number: int) -> ox.Quad:
    node = ox.NamedNode(f"http://example.org/{number}")
    return ox.Quad(node, node, ox.Literal(str(number)))


def build(data: Path, *numbers: int) -> None:
    with write_lock(data), new_generation(data) as generation:
        generation.store.extend(map(quad, numbers))
        generation.built.write_bytes(b"the builder's mark")
        tell_alone(generation)


def test_write_hands_the_builders_mark_on(data: Path, tmp_path: Path) -> None:
    build(data, 1, 2)
    assert is_alone(open_snapshot(data))
    update(data, "INSERT DATA { <a> <b> '3' }")
    put(data, payload(tmp_path, "<a> <b> '4' ."))
    mark = built_file(data)
    assert mark is not None
    assert mark.read_bytes() == b"the builder's mark"
    assert not is_alone(open_snapshot(data))


def test_write_waits_for_another(data: Path) -> None:
    build(data, 1)
    with write_lock(data):
        writer = threading.Thread(target=update, args=(data, "INSERT DATA { <a> <b> '2' }"))
        writer.start()
        time.sleep(0.2)
        assert stored(data, None) == {'"1"'}
    writer.join()
    assert stored(data, None) == {'"1"', '"2"'}


def test_write_gives_up_when_its_patience_ends(data: Path) -> None:
    with write_lock(data), pytest.raises(LockedError, match="another aidgraph is writing"):
        perform(data, Update("CLEAR ALL", BASE), patience=0.1)
    assert current_version(data) is None


def test_writes_at_the_same_time_are_all_done(data: Path) -> None:
    texts = [f"INSERT DATA {{ <a> <b> '{number}' }}" for number in range(6)]
    writers = [threading.Thread(target=update, args=(data, text)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(stored(data, None)) == 6
