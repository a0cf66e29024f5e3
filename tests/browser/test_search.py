"""The search box of every page: a key leads to it, it suggests as one types, and without scripts it still searches."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from showing import ALL_RULES, Shown

pytestmark = pytest.mark.browser

BOX = "header [role=search] input[name=q]"
OPTION = "header [role=option]"


def suggest(shown: Shown, words: str) -> None:
    """Go to the box by its key and type; the first suggestion is there then."""
    shown.open("/")
    shown.page.keyboard.press("/")
    shown.page.keyboard.type(words)
    expect(shown.page.locator(OPTION).first).to_be_visible()


def test_slash_leads_to_the_box_and_is_typed_in_it(scripted: Shown) -> None:
    scripted.open("/page/crisis/lowton-flood-2021")
    scripted.page.keyboard.press("/")
    expect(scripted.page.locator(BOX)).to_be_focused()
    scripted.page.keyboard.type("1/2")
    expect(scripted.page.locator(BOX)).to_have_value("1/2")


def test_box_suggests_by_the_first_letters_and_the_keyboard_chooses(scripted: Shown) -> None:
    suggest(scripted, "norw")
    expect(scripted.page.locator(BOX)).to_have_attribute("aria-expanded", "true")
    names = scripted.page.locator(OPTION).all_inner_texts()
    place = next(number for number, name in enumerate(names) if name.startswith("Norway"))
    for _ in range(place + 1):
        scripted.page.keyboard.press("ArrowDown")
    expect(scripted.page.locator(OPTION).nth(place)).to_have_attribute("aria-selected", "true")
    with scripted.page.expect_navigation():
        scripted.page.keyboard.press("Enter")
    assert scripted.page.url == f"{scripted.address}/page/country/norway"


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(scripted: Shown) -> None:
    suggest(scripted, "norw")
    scripted.page.keyboard.press("Escape")
    expect(scripted.page.locator(OPTION).first).to_be_hidden()
    expect(scripted.page.locator(BOX)).to_have_value("norw")


def test_enter_without_a_choice_searches(scripted: Shown) -> None:
    suggest(scripted, "tents")
    with scripted.page.expect_navigation():
        scripted.page.keyboard.press("Enter")
    assert scripted.page.url == f"{scripted.address}/search?q=tents"


def test_suggestions_are_text_whatever_a_name_holds(scripted: Shown) -> None:
    suggest(scripted, "llanfair")
    assert "<script>alert(\"1\")</script> 'quoted'" in (scripted.page.locator(OPTION).first.text_content() or "")
    assert (scripted.faults, scripted.strangers()) == ([], [])


def test_suggestions_shut_nobody_out(scripted: Shown) -> None:
    suggest(scripted, "norw")
    scripted.page.keyboard.press("ArrowDown")
    assert scripted.violations(ALL_RULES) == ""


def test_box_searches_without_scripts_and_results_lead_to_what_they_show(unscripted: Shown) -> None:
    unscripted.open("/")
    unscripted.page.fill(BOX, "boats to Peru")
    unscripted.page.press(BOX, "Enter")
    unscripted.page.wait_for_url("**/search?q=boats+to+Peru")
    assert "Iceland had denied that it sent boats to Peru" in unscripted.text()
    unscripted.page.locator("main").get_by_role("link", name="Norway promises tents to Peru").first.click()
    unscripted.page.wait_for_url("**/page/article/flood-pledge**")
    place = unscripted.page.locator(":target")  # the result leads to the very words
    expect(place).to_contain_text("Iceland had denied that it sent boats to Peru.")
