"""Every kind of page in Chromium: what it says, what it asks for, and whether everybody can use it.

A page is opened once for each width, and all tests of it look at that one.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

import pytest
from kinds import KINDS, Kind
from live import Live
from playwright.sync_api import BrowserContext
from showing import ALL_RULES, COLOUR_RULES, PHONE, Shown, tab
from walking import walk

pytestmark = pytest.mark.browser

NARROWEST = 320
"""CSS pixels at which no page may have to be scrolled to both sides (WCAG 2.2, 1.4.10)."""

SAME = ("ontology, an older version", "map, filtered", "timeline, filtered")
"""Pages with the same places for the focus as another kind; a walk takes up to half a minute."""

STATUS_LOGGED = "Failed to load resource: the server responded with a status of"
"""What the browser itself says of a page that is an error."""

_MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const lasts = style.transitionDuration.split(",").some((time) => parseFloat(time) > 0.01);
  return lasts || style.animationName !== "none" || style.scrollBehavior === "smooth";
}).map((element) => element.outerHTML.slice(0, 100)).concat(document.getAnimations().map(String)).join("\\n")"""

_TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return "";
  return [...document.querySelectorAll("html, body *")]
    .filter((element) => element.scrollWidth > most + 1 || element.getBoundingClientRect().right > most + 1)
    .map((element) => element.outerHTML.slice(0, 100)).join("\\n");
}"""


@dataclass(frozen=True)
class Looked:
    """A page of this kind that is open."""

    kind: Kind
    shown: Shown
    status: int


@pytest.fixture(scope="module")
def looked(request: pytest.FixtureRequest, profiles: dict[str, BrowserContext], site: Live) -> Iterator[Looked]:
    """The page on a screen of this kind, or without scripts."""
    kind, way = request.param
    with tab(profiles[way], site.address) as shown:
        yield Looked(kind, shown, shown.open(kind.path))


def shown_as(*ways: str, without: Container[str] = ()) -> pytest.MarkDecorator:
    """Each kind of page in these ways (``desk``, ``phone``, ``unscripted``) but for those of these names."""
    kinds = [kind for kind in KINDS if kind.name not in without]
    rows = [pytest.param((kind, way), id=f"{kind}, {way}") for kind in kinds for way in ways]
    return pytest.mark.parametrize("looked", rows, indirect=True)


@shown_as("desk", "phone", "unscripted")
def test_page_says_what_it_is_for(looked: Looked) -> None:
    assert looked.status == looked.kind.status
    text = looked.shown.text()
    assert looked.kind.says in text
    assert looked.shown.is_seen("main h1")


@shown_as("desk", "phone", "unscripted")
def test_page_asks_no_other_host_and_breaks_no_rule(looked: Looked) -> None:
    faults = [fault for fault in looked.shown.faults if looked.status < 400 or not fault.startswith(STATUS_LOGGED)]
    assert (looked.shown.strangers(), faults) == ([], [])


@shown_as("desk", "phone")
def test_page_shuts_nobody_out(looked: Looked) -> None:
    looked.shown.page.emulate_media(color_scheme="light", media="screen", reduced_motion="reduce")
    assert looked.shown.violations(ALL_RULES) == ""


@shown_as("desk")
def test_page_shuts_nobody_out_in_the_dark(looked: Looked) -> None:
    """The style sheet tells dark from light by colours alone, and those are the same at every width."""
    looked.shown.page.emulate_media(color_scheme="dark", media="screen", reduced_motion="reduce")
    assert looked.shown.violations(COLOUR_RULES) == ""


@shown_as("phone")
def test_page_fits_a_phone(looked: Looked) -> None:
    looked.shown.page.emulate_media(media="screen")
    for width in (NARROWEST, PHONE):
        looked.shown.page.set_viewport_size({"width": width, "height": 720})
        assert looked.shown.page.evaluate(_TOO_WIDE) == "", width


@shown_as("desk")
def test_page_is_still_where_motion_is_unwanted(looked: Looked) -> None:
    looked.shown.page.emulate_media(media="screen", reduced_motion="reduce")
    assert looked.shown.page.evaluate(_MOVING) == ""


@shown_as("desk")
def test_page_prints_what_can_be_read_and_not_what_is_pressed(looked: Looked) -> None:
    looked.shown.page.emulate_media(media="print")
    assert looked.shown.is_seen("main h1")
    pressed = ["header nav", "form", ".skip", "button", ".pager"]
    assert [selector for selector in pressed if looked.shown.is_seen(selector)] == []


@shown_as("desk", without=SAME)
def test_page_is_walked_through_by_tab_alone(looked: Looked) -> None:
    looked.shown.page.emulate_media(media="screen", reduced_motion="reduce")
    steps = walk(looked.shown.page)
    assert "\n".join(f"{step.name} {step.fault}" for step in steps if step.fault) == ""
    zones = list(dict.fromkeys(step.zone for step in steps))
    assert zones == ["SKIP", "HEADER", "FIND", "NAV", "MAIN", "FOOTER"]
    assert len([step for step in steps if step.zone == "NAV"]) == looked.shown.page.locator("header nav a").count()
