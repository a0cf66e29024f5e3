"""Lists to explore, by somebody without scripts: filters, dates, order, files and the query all tell the same."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Locator, expect
from showing import Shown

pytestmark = pytest.mark.browser

NORWAY = "/events?donor=country/norway"


def rows(shown: Shown) -> Locator:
    return shown.page.locator("main table").last.locator("tbody tr")


def open_filters(shown: Shown) -> None:
    """On a phone they are closed at first."""
    summary = shown.page.locator("summary", has_text="Filter")
    if summary.is_visible():
        summary.click()


def follow(shown: Shown, name: str) -> None:
    """Click the first link of this name in the main part."""
    with shown.page.expect_navigation():
        shown.page.locator("main").get_by_role("link", name=name).first.click()


def test_facet_narrows_the_list_to_what_its_number_says(unscripted: Shown) -> None:
    unscripted.open("/events")
    open_filters(unscripted)
    value = unscripted.page.locator("#by-recipient li a", has_text="Kenya")
    told = int(value.inner_text().split()[-1])
    with unscripted.page.expect_navigation():
        value.click()
    expect(unscripted.page.locator(".lead")).to_have_text(f"{told} events fit what is chosen.")
    expect(rows(unscripted)).to_have_count(told)
    expect(rows(unscripted).filter(has=unscripted.page.get_by_role("link", name="Kenya"))).to_have_count(told)


def test_chosen_filter_is_given_up_by_its_link(unscripted: Shown) -> None:
    unscripted.open(f"{NORWAY}&recipient=country/peru")
    expect(rows(unscripted)).to_have_count(3)
    follow(unscripted, "Recipient: Peru")
    assert unscripted.page.url == unscripted.address + NORWAY
    follow(unscripted, "Remove all")
    assert unscripted.page.url == f"{unscripted.address}/events"


def test_dates_are_set_by_a_form_that_keeps_the_filters(unscripted: Shown) -> None:
    unscripted.open(NORWAY)
    open_filters(unscripted)
    unscripted.page.get_by_role("textbox", name="From", exact=True).fill("2021-03")
    unscripted.page.get_by_role("textbox", name="To", exact=True).fill("2021-03")
    with unscripted.page.expect_navigation():
        unscripted.page.get_by_role("button", name="Set dates").click()
    expect(rows(unscripted)).to_have_count(3)
    expect(unscripted.page.locator("main").get_by_role("link", name="Donor: Norway")).to_be_visible()


def test_header_sorts_and_says_so(unscripted: Shown) -> None:
    unscripted.open("/entities?kind=country")
    names = unscripted.page.locator("main tbody tr :is(th, td):first-child a")
    before = names.all_inner_texts()
    follow(unscripted, "Name")
    assert names.all_inner_texts() == before[::-1]
    expect(unscripted.page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")


def test_file_holds_the_very_events_that_are_shown(unscripted: Shown) -> None:
    unscripted.open(NORWAY)
    shown = rows(unscripted).count()
    href = unscripted.page.locator(".explore-files").get_by_role("link", name="CSV").get_attribute("href")
    answer = unscripted.page.request.get(f"{unscripted.address}{href}")
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(list(csv.DictReader(io.StringIO(answer.text())))) == shown


def test_query_of_a_list_answers_the_same_events(unscripted: Shown) -> None:
    unscripted.open(NORWAY)
    shown = rows(unscripted).count()
    follow(unscripted, "View and edit the query")
    if unscripted.page.locator("#answer").count() == 0:  # the page may show the query first
        with unscripted.page.expect_navigation():
            unscripted.page.get_by_role("button", name="Ask").click()
    assert f"{shown} rows" in unscripted.text()
