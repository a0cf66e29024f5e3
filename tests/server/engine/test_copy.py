"""The copy in memory of a real server: found by its children, the workers that read it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from live import Live, eventually, running


def copies(server: Live) -> set[int]:
    """Processes between the forker and workers."""
    workers = server.workers_now()
    return {one.pid for one in workers} & {one.parent for one in workers}


def test_copy_that_was_killed_is_made_again(data: Path, tmp_path: Path) -> None:
    with running(data, tmp_path, "--workers", "1") as server:

        def has_another(former: frozenset[int] = frozenset()) -> bool:
            answer = server.query("ASK { ?s ?p ?o }", "application/sparql-results+json")
            assert answer.status == 200, answer.text
            return bool(copies(server) - former)

        assert eventually(has_another)
        (killed,) = copies(server)
        os.kill(killed, signal.SIGKILL)
        assert eventually(lambda: has_another(frozenset({killed})))
        assert "the copy of the graph in memory ended; making another" in server.log.read_text()
