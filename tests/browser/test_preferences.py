"""What a reader's browser says that it prefers is heeded: dark or light, and how dates and numbers are written."""

from __future__ import annotations

import pytest
from live import Live
from playwright.sync_api import Browser
from showing import Shown, opened

pytestmark = pytest.mark.browser

EVENT = "/page/event/norway-to-peru-delivered-2021-03-09"
_BRIGHTNESS = """() => {
  const parts = (colour) => colour.match(/\\d+/g).slice(0, 3).map(Number).reduce((sum, part) => sum + part, 0);
  const style = getComputedStyle(document.body);
  return [parts(style.backgroundColor), parts(style.color)];
}"""


def test_page_is_dark_for_who_prefers_that_and_light_for_others(shown: Shown) -> None:
    shown.open("/")
    shown.page.emulate_media(color_scheme="light")
    paper, ink = shown.page.evaluate(_BRIGHTNESS)
    assert paper > ink
    shown.page.emulate_media(color_scheme="dark")
    paper, ink = shown.page.evaluate(_BRIGHTNESS)
    assert paper < ink


@pytest.mark.parametrize(
    ("locale", "date"), [("en-GB", "9 March 2021"), ("en-US", "March 9, 2021"), ("xx", "9 March 2021")]
)
def test_dates_are_written_as_the_reader_writes_them(chromium: Browser, site: Live, locale: str, date: str) -> None:
    with opened(chromium, site.address, locale=locale) as shown:
        shown.open(EVENT)
        assert date in shown.page.locator("main time[datetime='2021-03-09']").all_inner_texts()


def test_name_in_another_script_says_its_direction_by_itself(shown: Shown) -> None:
    shown.open(EVENT)
    name = shown.page.locator("main bdi", has_text="هلال الأمثلة").first
    assert name.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
