"""The time that one request may take. A batch can hold far more work than a page, and it is done in this process.

Looked at between two pieces of work, each of which is bounded by the limits of :mod:`.asking`; so the answer says what
happened, and no process has to be ended for it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from server.problems import TimedOut


@dataclass(frozen=True, slots=True)
class Deadline:
    """Seconds from now. The same as a query may take."""

    seconds: float
    _began: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        """To be called between two pieces of work.

        Raises:
            TimedOut: the time is over.
        """
        if time.monotonic() - self._began > self.seconds:
            detail = f"This was not answered within {self.seconds:g} seconds; send fewer queries or properties."
            raise TimedOut(detail, extra={"timeout": self.seconds})
