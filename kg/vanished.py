"""Which kept articles have gone from the places that a build names: they leave the graph.

Places are files and folders of this machine, or addresses of storage that machines share. What is not named now says
nothing: an article goes only where its file, or the folder that it was found through, was looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.read import Piped, Source
from kg.readings import Origin
from kg.storage import is_address, local_path


def vanished(
    arguments: Sequence[str | Piped], sources: Sequence[Source], origins: Iterable[Origin]
) -> Iterator[Origin]:
    """The articles that a folder or file named now had when it was built before, and has no more.

    While a line of a file of articles cannot be read nobody knows which article it was: then none of that file goes.

    Args:
        arguments: what the user names.
        sources: every article that is there.
        origins: where the kept articles came from.
    """
    present = {source.id for source in sources}
    missing = [origin for origin in origins if origin.id not in present]
    if not missing:
        return
    stored = [argument.rstrip("/") for argument in arguments if isinstance(argument, str) and _is_stored(argument)]
    paths = (local_path(one) for one in arguments if isinstance(one, str))
    named = [path.resolve() for path in paths if path is not None]
    folders = [path for path in named if path.is_dir()]
    files = {path for path in named if path.is_file()} | {
        Path(source.location) for source in sources if not source.address and not source.piped
    }
    places = {source.location for source in sources if source.address}
    unclear = {source.location for source in sources if source.fault}
    for origin in missing:
        if origin.path in unclear:
            continue
        if is_address(origin.path):
            gone = origin.path in places or any(origin.path.startswith(f"{folder}/") for folder in stored)
        else:
            gone = _has_gone(Path(origin.path), Path(origin.root or "."), folders, files)
        if gone:
            yield origin


def _is_stored(argument: str) -> bool:
    return local_path(argument) is None


def _has_gone(path: Path, root: Path, folders: list[Path], files: set[Path]) -> bool:
    if path in files:  # the file is there, but the article is not in it any more
        return True
    inside = any(path.is_relative_to(folder) for folder in folders)
    return inside and (root in folders or not path.exists())
