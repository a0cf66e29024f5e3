"""Takes the pictures of the site for the README: ``python tests/browser/pictures.py [--folder docs/pictures]``.

They show the two seed articles, built by the real command, as Chromium paints the real server's pages. A command and
not a test: pictures differ from one system's fonts to another's, so that nothing can be compared.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

sys.path.extend(str(Path(__file__).parents[1] / folder / "helpers") for folder in ("browser", "server"))

from live import running
from showing import Shown, opened, running_browser

ROOT: Final = Path(__file__).parents[2]
WIDTH: Final = 1280
LARGEST: Final = 150
"""KiB that a picture may take: somebody reads the README over a telephone."""

_GIVINGS: Final = """PREFIX aid: <https://w3id.org/aidgraph/ontology#>
PREFIX schema: <http://schema.org/>

SELECT ?donor ?recipient ?date ?thing WHERE {
  ?event aid:donor ?donor ; aid:recipient ?recipient ; aid:item/schema:name ?thing .
  OPTIONAL { ?event schema:startDate ?date }
} ORDER BY ?date"""


@dataclass(frozen=True, slots=True)
class Picture:
    """What to take a picture of: ``height`` CSS pixels of a page, from its top."""

    name: str
    path: str
    height: int = 800
    scheme: str = "light"


PICTURES: Final = (
    Picture("home", "/"),
    Picture("home-dark", "/", scheme="dark"),
    Picture("event", "/page/event/russia-to-italy-delivered-2020-03-22"),
    Picture("article", "/page/article/003-b6fb2db469438d69"),
    Picture("map", "/map"),
    Picture("timeline", "/timeline"),
    Picture("sparql", f"/sparql?format=html&query={quote(_GIVINGS)}&view=map", height=900),
)


def take(shown: Shown, picture: Picture, folder: Path) -> Path:
    """Write the picture's file.

    Raises:
        SystemExit: the page is an error, or its picture is too large.
    """
    options: dict[str, Any] = {"color_scheme": picture.scheme, "reduced_motion": "reduce"}
    shown.page.emulate_media(**options)
    shown.page.set_viewport_size({"width": WIDTH, "height": picture.height})
    if (status := shown.open(picture.path)) != 200:
        sys.exit(f"{picture.path}: status {status}")
    file = folder / f"{picture.name}.png"
    shown.page.screenshot(path=file)
    if (size := file.stat().st_size / 1024) > LARGEST:
        sys.exit(f"{file}: {size:.0f} KiB, and may have {LARGEST}; make it less high")
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the pictures of the site for the README.")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--only", default="", help="names of pictures, with commas between them")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        build = [str(Path(sys.executable).with_name("aidgraph")), "build", "seeds", "--data", str(work / "data")]
        subprocess.run(build, cwd=ROOT, check=True)
        server = stack.enter_context(running(work / "data", work, "--workers", "1"))
        shown = stack.enter_context(opened(stack.enter_context(running_browser()), server.address, locale="en-GB"))
        for picture in PICTURES:
            if not given.only or picture.name in given.only.split(","):
                file = take(shown, picture, given.folder)
                print(f"{file} {file.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
