"""Syntax of queries and updates: what is right is taken, what is wrong is refused with 400."""

from __future__ import annotations

from w3c.data import Store
from w3c.manifest import Case, Graphs

ABOUT = "syntax"

UNDERSTOOD = {200, 204, 403, 422}
"""Done, not allowed (SERVICE and LOAD of addresses that are not on the list), or not possible (a function that nobody
knows, a graph that is not there): all but 400 say that the text was read."""


def test_syntax_is_judged(case: Case, store: Store) -> None:
    assert case.request is not None
    store.hold(Graphs())
    text = case.request.read_bytes()
    if case.request.suffix == ".ru":
        reply = store.target.change(text)
        if reply.status < 400:
            store.forget()
    else:
        reply = store.target.ask(text, "*/*")
    told = f"{text.decode(errors='replace')}\n{reply}"
    if case.kind.startswith("Positive"):
        assert reply.status in UNDERSTOOD, told
    else:
        assert reply.status == 400, told
