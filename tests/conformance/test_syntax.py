"""Syntax of queries and updates: what is right is taken, what is wrong is refused with 400."""

from __future__ import annotations

from w3c.data import Store
from w3c.manifest import Case, Graphs

ABOUT = "syntax"


def test_syntax_is_judged(case: Case, store: Store) -> None:
    assert case.request is not None
    store.hold(Graphs())
    text = case.request.read_bytes()
    if case.request.suffix == ".ru":
        store.forget()
        reply = store.target.change(text)
    else:
        reply = store.target.ask(text, "*/*")
    if case.kind.startswith("Positive"):
        assert reply.status in (200, 204), f"{text.decode(errors='replace')}\n{reply}"
    else:
        assert reply.status == 400, f"{text.decode(errors='replace')}\n{reply}"
