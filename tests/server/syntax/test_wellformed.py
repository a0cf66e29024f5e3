"""Syntax errors of updates that must not be carried out."""

from __future__ import annotations

import pytest

from server.problems import BadRequest
from server.syntax.wellformed import check_update


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a> <b> <c> }",
        "PREFIX : <http://x/>\nLOAD <http://localhost:1/> ; DELETE WHERE { ?s :p ?o }",
        "LOAD <http://localhost:1/>",
        "# nothing",
        "LOAD <http://localhost:1/> ; CLEAR XYZ",  # no keyword: in doubt
    ],
)
def test_well_formed_or_doubtful_update_passes_and_reaches_for_nothing(text: str) -> None:
    check_update(text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("LOAD <http://x/> ; CLEAR 1", 1, 27),
        ("PREFIX : <http://x/> LOAD :a ;\n CLEAR 1", 2, 9),
        ("\n\nPREFIX : <http://x/>\n LOAD 1 ; CLEAR ALL", 4, 13),
        ("BASE <http://x/>LOAD 1", 1, 23),
    ],
)
def test_syntax_error_is_told_with_its_place(text: str, line: int, column: int) -> None:
    """As the engine tells it of the same text: the farthest place that it came to."""
    with pytest.raises(BadRequest, match=f"at line {line}, column {column}: ") as caught:
        check_update(text)
    assert caught.value.extra == {"line": line, "column": column}
