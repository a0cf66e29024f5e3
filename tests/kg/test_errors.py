"""Faults that tell where they are."""

from __future__ import annotations

import pytest

from kg.errors import SyntaxFault


def test_syntax_fault_takes_its_place_from_the_engines_message() -> None:
    fault = SyntaxFault.in_sparql("query", "error at 2:13: expected one of\n'a'")
    assert (fault.line, fault.column) == (2, 13)
    assert str(fault) == "The query has a syntax error at line 2, column 13: expected 'a'."


def test_syntax_fault_tells_the_place_in_the_users_text() -> None:
    fault = SyntaxFault.in_sparql("update", "error at 2:13: no", moved=lambda line, column: (line - 1, column + 1))
    assert (fault.line, fault.column) == (1, 14)
    assert "line 1, column 14" in str(fault)


@pytest.mark.parametrize("message", ["", "IRI parsing failed", "an error at 1:2: no"])
def test_syntax_fault_without_a_place_has_none(message: str) -> None:
    fault = SyntaxFault.in_sparql("update", message)
    assert (fault.line, fault.column, str(fault)) == (None, None, f"The update has a syntax error: {message}.")
