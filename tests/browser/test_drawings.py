"""Map and timeline: pictures that are whole without scripts, and with them can be enlarged, by the keyboard too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from showing import ALL_RULES, Shown

pytestmark = pytest.mark.browser

PICTURE = "main figure svg.drawing"


def view(shown: Shown) -> list[float]:
    """What of the drawing is seen: left, top, width, height."""
    return [float(number) for number in (shown.page.locator(PICTURE).get_attribute("viewBox") or "").split()]


def numbers(shown: Shown) -> list[int]:
    """The events of each row of the table."""
    cells = shown.page.locator("table.atlas tbody td[data-label=Events] a").all_inner_texts()
    return [int(re.sub(r"\D", "", cell.split()[0])) for cell in cells]


@pytest.mark.parametrize("path", ["/map", "/timeline"])
def test_drawing_is_enlarged_moved_and_shown_whole_by_keys(scripted: Shown, path: str) -> None:
    scripted.open(path)
    whole = view(scripted)
    scripted.page.locator("[data-zoom]").focus()
    scripted.page.keyboard.press("+")
    near = view(scripted)
    assert near[2] < whole[2]
    scripted.page.keyboard.press("ArrowRight")
    assert view(scripted)[0] > near[0]
    scripted.page.keyboard.press("0")
    assert view(scripted) == whole


@pytest.mark.parametrize("path", ["/map", "/timeline"])
def test_drawing_is_enlarged_by_buttons_that_say_what_they_do(scripted: Shown, path: str) -> None:
    scripted.open(path)
    whole = view(scripted)
    scripted.page.get_by_role("button", name="Zoom in").click()
    assert view(scripted)[2] < whole[2]
    assert scripted.violations(ALL_RULES) == ""
    scripted.page.get_by_role("button", name="Show the whole drawing").click()
    assert view(scripted) == whole


def test_wheel_scrolls_the_page_and_not_the_map(scripted: Shown) -> None:
    scripted.open("/map")
    whole = view(scripted)
    scripted.page.locator(PICTURE).hover()
    scripted.page.mouse.wheel(0, 200)
    scripted.page.wait_for_function("scrollY > 0")
    assert view(scripted) == whole


def test_row_of_the_table_marks_its_arc(scripted: Shown) -> None:
    scripted.open("/map")
    row = scripted.page.locator("table.atlas tbody tr[data-key]").first
    arc = scripted.page.locator(f"{PICTURE} [data-key='{row.get_attribute('data-key')}']")
    row.get_by_role("link").first.focus()
    expect(arc).to_have_class(re.compile(r"\bnear\b"))


def test_map_and_its_table_tell_the_same_number_of_events(unscripted: Shown) -> None:
    unscripted.open("/map?donor=country/norway")
    told = re.search(r"(\d+) events between (\d+) pairs", unscripted.text())
    assert told is not None
    assert (sum(numbers(unscripted)), len(numbers(unscripted))) == (int(told[1]), int(told[2]))
    assert unscripted.page.locator(f"{PICTURE} .arcs a").count() == int(told[2])


def test_arc_leads_to_its_events(unscripted: Shown) -> None:
    unscripted.open("/map?donor=country/norway&recipient=country/peru")
    href = unscripted.page.locator(f"{PICTURE} .arcs a").first.get_attribute("href")
    unscripted.open(href or "")
    expect(unscripted.page.locator("main table").last.locator("tbody tr")).to_have_count(3)


@pytest.mark.parametrize("path", ["/map", "/timeline"])
def test_form_chooses_without_scripts(unscripted: Shown, path: str) -> None:
    unscripted.open(path)
    unscripted.page.get_by_label("Since").fill("2021-03")
    unscripted.page.get_by_label("Until").fill("2021-03")
    with unscripted.page.expect_navigation():
        unscripted.page.get_by_role("button", name="Show").click()
    chosen = sum(numbers(unscripted))
    assert chosen > 0
    with unscripted.page.expect_navigation():
        unscripted.page.get_by_role("link", name="Everything").click()
    assert sum(numbers(unscripted)) > chosen
