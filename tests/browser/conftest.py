"""The real server on a graph of made-up articles, and Chromium looking at it.

Server and graph last for the session. The browser lasts for a module: while it runs, Playwright keeps an event loop
in this thread, which tests of other folders must not meet.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from kg.loading import load_files
from kg.pipeline import build
from kg.settings import Settings

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # folders of tests are no packages
sys.path.insert(0, str(Path(__file__).parents[1] / "server" / "helpers"))

from live import Live, running
from showing import PHONE, Shown, find_browser, profile, running_browser, tab
from stories import StoryReader

SCRIPT = Path(__file__).parents[2] / "server" / "static" / "ui" / "site.js"


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the ontology's worked example and the articles of ``stories.toml``. Tests only read it."""
    folder = tmp_path_factory.mktemp("browser")
    data, lines, reader = folder / "data", folder / "stories.jsonl", StoryReader()
    with resources.as_file(resources.files("ontology").joinpath("example.ttl")) as example:
        load_files(data, [example])
    reader.write_lines(lines)
    report = build([str(lines)], Settings(data=data, jobs=1), reader, progress=lambda *_: None, shacl=False)
    assert report.intake.failures == ()
    return data


@pytest.fixture(scope="session")
def site(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server on that folder, as its command starts it."""
    with running(graph, tmp_path_factory.mktemp("site"), "--workers", "1") as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser."""
    if find_browser() is None:
        pytest.skip("there is neither chromium nor google-chrome on this system")
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def profiles(chromium: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A wide screen, a phone, and a wide screen on which no script runs."""
    with (
        profile(chromium) as desk,
        profile(chromium, width=PHONE, height=720) as phone,
        profile(chromium, java_script_enabled=False) as unscripted,
    ):
        yield {"desk": desk, "phone": phone, "unscripted": unscripted}


@pytest.fixture
def shown(profiles: dict[str, BrowserContext], site: Live) -> Iterator[Shown]:
    """An empty page on a wide screen."""
    with tab(profiles["desk"], site.address) as page:
        yield page


@pytest.fixture
def unscripted(profiles: dict[str, BrowserContext], site: Live) -> Iterator[Shown]:
    """An empty page whose scripts do not run."""
    with tab(profiles["unscripted"], site.address) as page:
        yield page


@pytest.fixture
def scripted(shown: Shown) -> Shown:
    """An empty page of a site that has its scripts."""
    if not SCRIPT.exists():
        pytest.skip("the site's scripts are not built: there was no npm when the package was installed")
    return shown
