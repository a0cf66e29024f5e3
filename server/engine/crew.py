"""The workers of one server process: those with nothing to do, those that were asked for, and which are out of date.

A worker answers from the version that it was born with. So each of them is looked at when it is needed next, and not
when a version is published: nobody has to tell a server of that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from server.engine.client import Born, ForkerClient
from server.engine.link import WorkerLink
from server.problems import AWAY, REPAIR, Unavailable


class Crew:
    """Keeps workers of the newest version ready.

    Args:
        store: the link ``DATA/store``, whose target tells the version.
        forker: the address of the forker.
        on_change: called when there may be work for somebody, or too few are left.
        on_failure: takes the reason why a worker could not be made.
        on_end: called when a worker has done its job.
        on_death: called when a worker's process has ended in the middle of one.
    """

    def __init__(
        self, store: Path, forker: Path, *, on_change: Callable[[], None], on_failure: Callable[[str], None],
        on_end: Callable[[WorkerLink], None], on_death: Callable[[WorkerLink], None],
    ) -> None:  # fmt: skip
        self._store = store
        self._on_change = on_change
        self._on_failure = on_failure
        self._on_end = on_end
        self._on_death = on_death
        self.links: set[WorkerLink] = set()
        """All workers, at work or not."""
        self.idle: list[WorkerLink] = []
        self._asked = 0
        self._forker = ForkerClient(forker, on_worker=self._adopt, on_failure=self._no_worker, on_ready=self._renew)

    def stop(self) -> None:
        """Let all workers go that have nothing to do."""
        for link in self.idle:
            link.close()
        self._forker.close()

    def version(self) -> str:
        """The newest version that is published, by one look at the file system.

        Raises:
            Unavailable: there is none.
        """
        try:
            return self._store.readlink().parts[-2]
        except (OSError, IndexError) as error:
            raise Unavailable(AWAY, extra={"retry-after": REPAIR}) from error

    def fill(self, places: int) -> None:
        """See to it that so many workers are ready, or will be."""
        for _ in range(places - len(self.idle) - self._asked):
            self._asked += 1
            self._forker.ask("query")

    def take(self, version: str | None) -> WorkerLink | None:
        """A worker that reads the newest version, if there is one; those of older versions go.

        Args:
            version: the newest version, where it is known already.
        """
        if not self.idle:
            return None
        try:
            version = version or self.version()
        except Unavailable:
            version = None
        while self.idle:
            link = self.idle.pop()
            if link.born.version == version and not link.is_retired:
                return link
            self.let_go(link)
        return None

    def put(self, link: WorkerLink) -> None:
        """One that has done its job and is to have another."""
        self.idle.append(link)

    def let_go(self, link: WorkerLink) -> None:
        """One that is not needed any more, or has died."""
        self.links.discard(link)
        link.close()

    def _adopt(self, _kind: str, born: Born) -> None:
        self._asked -= 1
        link = WorkerLink(born, self._on_end, self._on_death)
        self.links.add(link)
        self.idle.append(link)
        self._on_change()

    def _no_worker(self, _kind: str, reason: str) -> None:
        self._asked -= 1
        self._on_failure(reason)

    def _renew(self) -> None:
        """New workers are faster: those there are go when they are idle."""
        for link in self.links:
            link.is_retired = True
        idle, self.idle = self.idle, []
        for link in idle:
            self.let_go(link)
        self._on_change()
