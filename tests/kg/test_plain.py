"""Text of others on a terminal: nothing in it is obeyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.plain import plain, plain_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hilfe für Köln – “so viel”", "Hilfe für Köln – “so viel”"),
        ("a\r\nfailed: b\t c", "a failed: b c"),
        ("\x1b]0;title\x07\x1b[2J", r"\x1b]0;title\x07\x1b[2J"),
        ("\x9b31m", r"\x9b31m"),
        ("gpj\u202e.exe", r"gpj\u202e.exe"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_plain_line_tells_what_would_be_obeyed(text: str, line: str) -> None:
    assert plain_line(text) == line


@given(st.text())
def test_plain_prints_and_keeps_what_prints(text: str) -> None:
    shown = plain(text)
    assert all(letter.isprintable() or letter in "\n\t" for letter in shown)
    assert plain(shown) == shown
