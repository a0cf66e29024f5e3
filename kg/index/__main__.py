"""``python -m kg.index FOLDER`` makes the index of the generation there; with the number of a file descriptor after
it, ``FOLDER`` is the data folder. For the server, not for people: see :mod:`kg.index.making`."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.errors import AidgraphError
from kg.index.making import make_index, make_newest


def main(arguments: list[str]) -> int:
    """Make it; the exit code. The reason of a failure is one line on standard error."""
    folder, *place = arguments
    try:
        if place:
            make_newest(Path(folder), int(place[0]))
        else:
            make_index(Path(folder))
    except AidgraphError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
