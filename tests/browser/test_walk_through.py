"""What a visitor does on the first visit, on the two seed articles as the real model reads them.

The question is that of the site's issue: who sent masks to Russia, and which sentence says so? The answer must be seen
after three clicks at most, from the home page, by the search box or by the lists alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from live import Live, running
from playwright.sync_api import Browser, Locator
from showing import Shown, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SENTENCE = "by sending millions of masks to Moscow"


@pytest.fixture(scope="module")
def seeds(seeds_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with running(seeds_data, tmp_path_factory.mktemp("seeds-site"), "--workers", "1") as server:
        yield server


@pytest.fixture(params=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, chromium: Browser, seeds: Live) -> Iterator[Shown]:
    with opened(chromium, seeds.address, java_script_enabled=request.param == "with scripts") as shown:
        shown.open("/")
        yield shown


def click(shown: Shown, target: Locator) -> None:
    with shown.page.expect_navigation():
        target.click()


def test_search_answers_after_two_clicks(visitor: Shown) -> None:
    main = visitor.page.locator("main")
    visitor.page.get_by_role("searchbox").or_(visitor.page.get_by_role("combobox")).first.fill("masks to Russia")
    click(visitor, visitor.page.get_by_role("button", name="Search").first)
    click(visitor, main.get_by_role("link", name="China sends aid to Russia").first)
    assert main.get_by_role("link", name="China", exact=True).first.is_visible()
    assert SENTENCE in visitor.text()


def test_lists_answer_after_three_clicks(visitor: Shown) -> None:
    main = visitor.page.locator("main")
    click(visitor, visitor.page.get_by_role("navigation", name="Site").get_by_role("link", name="Events"))
    click(visitor, main.get_by_role("link", name="China sends aid to Russia").first)
    assert main.get_by_role("link", name="China", exact=True).first.is_visible()
    assert SENTENCE in visitor.text()
    click(visitor, main.get_by_role("link", name="What is behind Russia").first)
    assert SENTENCE in visitor.text()
