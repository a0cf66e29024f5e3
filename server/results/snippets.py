"""Code that asks a query again: for a shell, for Python and for JavaScript, each with nothing but what comes with it.

A query may hold every character that has a meaning in these languages, so each has its own rule for quoting; the
tests run what comes out. Queries are sent by POST, which has no limit to the length of an address.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Parameters = Sequence[tuple[str, str]]
"""``query`` and the dataset of the SPARQL protocol, as they are sent."""

_RESULTS: Final = "application/sparql-results+json"
_MEDIA_TYPES: Final = {"rows": _RESULTS, "yes-or-no": _RESULTS, "graph": "text/turtle"}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program. ``anchor`` is its id on the page."""

    anchor: str
    title: str
    text: str


def write_snippets(endpoint: str, parameters: Parameters, form: str) -> tuple[Snippet, ...]:
    """Programs that send ``parameters`` to ``endpoint`` and print what comes back.

    Args:
        form: ``rows`` for SELECT, ``yes-or-no`` for ASK, ``graph`` for CONSTRUCT and DESCRIBE.
    """
    sent = [(name, re.sub(r"\r\n?", "\n", value)) for name, value in parameters]  # forms send CR LF for each new line
    accept = _MEDIA_TYPES[form]
    return (
        Snippet("as-curl", "curl", _curl(endpoint, sent, accept)),
        Snippet("as-python", "Python", _python(endpoint, sent, accept, form)),
        Snippet("as-javascript", "JavaScript", _javascript(endpoint, sent, accept, form)),
    )


def _curl(endpoint: str, sent: Parameters, accept: str) -> str:
    lines = [f"curl --silent --show-error --fail-with-body {shlex.quote(endpoint)}", f"--header 'Accept: {accept}'"]
    lines += [f"--data-urlencode {_shell_string(f'{name}={value}')}" for name, value in sent]
    return " \\\n  ".join(lines) + "\n"


def _shell_string(text: str) -> str:
    """Like ``shlex.quote``, whose ``'"'"'`` makes long queries hard to read."""
    return "'" + text.replace("'", "'\\''") + "'"


_PYTHON = """\
{imports}from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = {query}
data = urlencode({sent}).encode()
request = Request({endpoint}, data, {{"Accept": "{accept}"}})
with urlopen(request) as response:
{read}
"""
_PYTHON_READ = {
    "rows": (
        "    answer = json.load(response)\n"
        'for row in answer["results"]["bindings"]:\n'
        '    print({name: term["value"] for name, term in row.items()})'
    ),
    "yes-or-no": '    print(json.load(response)["boolean"])',
    "graph": "    print(response.read().decode())",
}


def _python(endpoint: str, sent: Parameters, accept: str, form: str) -> str:
    pairs = [f'("{name}", {"query" if name == "query" else _python_string(value)})' for name, value in sent]
    return _PYTHON.format(
        imports="" if form == "graph" else "import json\n",
        query=_python_string(dict(sent)["query"]),
        sent=f"[{', '.join(pairs)}]",
        endpoint=_python_string(endpoint),
        accept=accept,
        read=_PYTHON_READ[form],
    )


def _python_string(text: str) -> str:
    """A literal on as many lines as the text has."""
    escaped = _escape_controls(text.replace("\\", "\\\\"))
    if "\n" not in text:
        return '"' + escaped.replace('"', '\\"') + '"'
    return '"""\\\n' + re.sub(r'"(?="|\Z)', r'\\"', escaped) + '"""'


_JAVASCRIPT = """\
const query = {query};
const response = await fetch({endpoint}, {{
  method: "POST",
  headers: {{ Accept: "{accept}" }},
  body: new URLSearchParams({sent}),
}});
{read}
"""
_JAVASCRIPT_READ = {
    "rows": (
        "const answer = await response.json();\n"
        "for (const row of answer.results.bindings) {\n"
        "  console.log(Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));\n"
        "}"
    ),
    "yes-or-no": "console.log((await response.json()).boolean);",
    "graph": "console.log(await response.text());",
}


def _javascript(endpoint: str, sent: Parameters, accept: str, form: str) -> str:
    pairs = [f'["{name}", {"query" if name == "query" else _template(value)}]' for name, value in sent]
    return _JAVASCRIPT.format(
        query=_template(dict(sent)["query"]),
        endpoint=_template(endpoint),
        accept=accept,
        sent=f"[{', '.join(pairs)}]",
        read=_JAVASCRIPT_READ[form],
    )


def _template(text: str) -> str:
    """A template literal: the one kind that may have several lines (ECMA-262 §12.9.6)."""
    return "`" + _escape_controls(text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")) + "`"


def _escape_controls(text: str) -> str:
    """Characters that nobody sees as escapes, which Python and JavaScript have alike; tabs and line feeds stay."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
