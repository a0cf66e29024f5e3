"""Code that asks a query again says the very same query, whatever is in it; run, it prints the very same answer."""

from __future__ import annotations

import ast
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from live import Live

from server.results.snippets import write_snippets

NASTY = (
    '# it\'s "nasty" `here` $HOME ${HOME} $(id) \\ !! %41 + & ; | \\\\\n'
    'SELECT ("""it\'s \\\\ \\"\\"\\" `${x}` $HOME\tЗдравствуй 日本 😀 %41 + & #\n next""" AS ?text) {} #""'
)
VALUE = 'it\'s \\ """ `${x}` $HOME\tЗдравствуй 日本 😀 %41 + & #\n next'
CONSTRUCT = 'CONSTRUCT { <http://example.org/a> <http://example.org/b> "it\'s $1\\\\" } WHERE {}'


def snippets(query: str, form: str = "rows", endpoint: str = "http://x/sparql") -> dict[str, str]:
    return {one.title: one.text for one in write_snippets(endpoint, [("query", query)], form)}


def run(title: str, text: str, folder: Path) -> str:
    """What a program prints."""
    file = folder / {"curl": "ask.sh", "Python": "ask.py", "JavaScript": "ask.mjs"}[title]
    program = {"curl": "sh", "Python": sys.executable, "JavaScript": "node"}[title]
    if title != "Python" and not (shutil.which(program) and (title != "curl" or shutil.which("curl"))):
        pytest.skip(f"there is no {program} or curl here")
    file.write_text(text, encoding="utf-8")
    done = subprocess.run([program, file], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("title", ["curl", "Python", "JavaScript"])
def test_snippet_prints_the_rows_of_a_nasty_query(live: Live, tmp_path: Path, title: str) -> None:
    printed = run(title, snippets(NASTY, endpoint=f"{live.address}/sparql")[title], tmp_path)
    if title == "Python":
        assert ast.literal_eval(printed) == {"text": VALUE}
    assert "Здравствуй 日本 😀 %41 + & #" in printed


@pytest.mark.parametrize("title", ["curl", "Python", "JavaScript"])
@pytest.mark.parametrize(
    ("query", "form", "words"), [("ASK {}", "yes-or-no", "rue"), (CONSTRUCT, "graph", "it's $1\\")]
)
def test_snippet_prints_other_answers(
    live: Live, tmp_path: Path, title: str, query: str, form: str, words: str
) -> None:
    printed = run(title, snippets(query, form, f"{live.address}/sparql")[title], tmp_path)
    assert words in printed


def test_snippet_sends_the_dataset_too(live: Live, tmp_path: Path) -> None:
    sent = [("query", "ASK { ?s ?p ?o }"), ("default-graph-uri", "http://example.org/it's-empty")]
    written = write_snippets(f"{live.address}/sparql", sent, "yes-or-no")
    assert [run(one.title, one.text, tmp_path).strip().lower().strip("}")[-5:] for one in written] == ["false"] * 3


def test_snippets_have_line_feeds_where_a_form_sent_more() -> None:
    assert snippets("ASK {\r\n}") == snippets("ASK {\n}")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30))
def test_python_snippet_says_any_text(text: str) -> None:
    tree = ast.parse(snippets(text, "graph")["Python"])
    assert next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)) == text


@given(st.text(alphabet="'\"\\$`! \n*a%", max_size=30))
def test_curl_snippet_says_any_text(text: str) -> None:
    words = shlex.split(snippets(text)["curl"])
    assert words[-2:] == ["--data-urlencode", f"query={text}"]
