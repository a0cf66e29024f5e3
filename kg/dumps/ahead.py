"""Sorts the lines of a large first build for the dumps while they are loaded into the store.

Who fills the store keeps little more than one processor busy. It writes each piece to a spool as well
(:mod:`kg.dumps.spool`) and tells another process now and then how far it came; that one reads behind it and sorts, and
merges when all is there, so that neither waits for the other. Nothing hangs on it: if it fails, that is told, and the
dumps are sorted from the published graph, as those of any other build are.

``python -m kg.dumps.ahead FOLDER`` is the other process. On standard input it is told, a line each, up to which byte
the spool in the folder is written, and in the end ``end``; it answers with what :class:`kg.dumps.spool.SortedGraph`
tells of the files that are in the folder then.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import IO, Final, TypeVar, TypeVarTuple, cast

from kg.background import command_of
from kg.dumps.lines import sort_graph
from kg.dumps.spool import FILES, SortedGraph, Sorting, write_piece
from kg.dumps.unfinished import unfinished
from kg.ledger.writing import Edit
from kg.quadfile import Piece
from kg.store import Snapshot
from kg.workers import ending

STEP: Final = 4 << 20
"""Bytes after which the other process is told: half a second of filling a store, in a build of 100,000 articles."""
_SPOOL: Final = "spool"
_END: Final = b"end\n"
R = TypeVar("R")
What = TypeVarTuple("What")


class Ahead:
    """What is sorted for the dumps of a build before it is published. Close it by the ``with`` statement.

    ``fault`` is why nothing was, where something went wrong.
    """

    def __init__(self, folder: Path) -> None:
        """``folder`` is that of the dumps."""
        self.fault = ""
        self._folder = folder
        self._open = ExitStack()
        self._follower: _Follower | None = None

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *fault: object) -> None:
        self._close()

    def copied(self, edits: Iterable[Edit]) -> Iterator[Edit]:
        """The same edits, which are all that an empty store gets; their lines are sorted meanwhile."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._follower = self._open.enter_context(_follow(self._folder))
        except OSError as error:
            self._give_up(error)
        for edit in edits:
            self._ask(_Follower.take, edit)
            yield edit
        self._ask(_Follower.end)

    def sort(self, snapshot: Snapshot, folder: Path) -> SortedGraph:
        """The same as :func:`kg.dumps.lines.sort_graph`, of the snapshot that came of those edits."""
        graph = self._ask(_Follower.sorted, folder)
        self._close()
        return graph or sort_graph(snapshot, folder)

    def _ask(self, step: Callable[[_Follower, *What], R], *what: *What) -> R | None:
        """Let the other process do something, if all went well so far."""
        if self._follower is None:
            return None
        try:
            return step(self._follower, *what)
        except OSError as error:
            self._give_up(error)
            return None

    def _give_up(self, error: OSError) -> None:
        """Go on without the other process."""
        self.fault = str(error)
        self._close()

    def _close(self) -> None:
        self._follower = None
        with suppress(OSError):  # a full disk: what is closed is thrown away
            self._open.close()


@dataclass(slots=True)
class _Follower:
    """The other process, the folder that it works in, and the spool. ``size`` bytes are written, ``told`` are told."""

    hidden: Path
    spool: IO[bytes]
    process: subprocess.Popen[bytes]
    size: int = 0
    told: int = 0

    def take(self, edit: Edit) -> None:
        if edit.removed:
            raise OSError("the store was not empty")
        self.size += write_piece(self.spool, Piece(edit.added, None if edit.graph is None else f"<{edit.graph}>"))
        if self.size - self.told >= STEP:
            self._tell()

    def end(self) -> None:
        self._tell()
        self._say(_END)

    def sorted(self, folder: Path) -> SortedGraph:
        """Wait for it, and move the files that it made to this folder."""
        told, complaint = self.process.communicate()
        if self.process.returncode:
            raise OSError(complaint.decode().strip() or f"the process for it ended: {ending(self.process.returncode)}")
        triples, quads, version = told.decode().split()
        for name in FILES:
            (self.hidden / name).replace(folder / name)
        return SortedGraph(folder, int(triples), int(quads), version)

    def _tell(self) -> None:
        self.spool.flush()
        self._say(b"%d\n" % self.size)
        self.told = self.size

    def _say(self, line: bytes) -> None:
        cast("IO[bytes]", self.process.stdin).write(line)


@contextmanager
def _follow(folder: Path) -> Iterator[_Follower]:
    """Start the other process. In a session of its own it gets no Ctrl-C: it ends when its input does."""
    with unfinished(folder) as hidden, (hidden / _SPOOL).open("wb") as spool:
        command = command_of("kg.dumps.ahead", (str(hidden),))
        with subprocess.Popen(
            command, bufsize=0, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True
        ) as process:
            try:
                yield _Follower(hidden, spool, process)
            finally:
                process.kill()


def main(arguments: list[str]) -> int:
    """Sort; the exit code. The reason of a failure is one line on standard error."""
    folder = Path(arguments[0])
    try:
        with (folder / _SPOOL).open("rb") as spool, Sorting(spool) as sorting:
            for line in sys.stdin.buffer:
                if line == _END:
                    graph = sorting.finish(folder)
                    print(graph.triples, graph.quads, graph.version)
                    return 0
                sorting.read(int(line))
    except OSError as error:
        print(error, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
