"""The tests in a browser see what is wrong: each way of looking finds its fault on a page that has it."""

from __future__ import annotations

import pytest
from showing import ALL_RULES, COLOUR_RULES, Shown
from walking import walk

pytestmark = pytest.mark.browser

GREY = "<html lang=en><title>x</title><main><h1>x</h1><p style='color: #bbb; background: #fff'>Hardly to be read"


def test_breach_of_the_content_policy_is_a_fault(shown: Shown) -> None:
    shown.open("/")
    assert shown.faults == []
    with shown.page.expect_console_message():
        shown.page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert "Content Security Policy" in shown.faults[0]


def test_request_to_another_host_is_a_stranger(shown: Shown) -> None:
    shown.page.set_content("<img src='http://other.example/x.png'>")
    shown.page.wait_for_function("document.images[0].complete")
    assert shown.strangers() == ["http://other.example/x.png"]


@pytest.mark.parametrize(
    ("html", "rule"),
    [("<html lang=en><title>x</title><img src=data:,>", "image-alt"), (GREY, "color-contrast"),
     ("<html lang=en><title>x</title><div id=main>Outside of landmarks</div>", "region")],
)  # fmt: skip
def test_page_that_shuts_somebody_out_is_told(shown: Shown, html: str, rule: str) -> None:
    shown.page.set_content(f"<!doctype html>{html}")
    assert f"{rule}: " in shown.violations(ALL_RULES)


def test_colours_are_found_by_the_rules_for_colours_alone(shown: Shown) -> None:
    shown.page.set_content(f"<!doctype html>{GREY}")
    assert shown.violations(COLOUR_RULES).startswith("color-contrast: ")


@pytest.mark.parametrize(
    ("html", "fault"),
    [("<a href=x style='outline: none'>x</a>", "looks the same"),
     ("<a href=x id=x>x</a><a href=y onfocus='this.onfocus = x.focus()'>y</a>", "stands before"),
     ("<a href=x style='position: absolute; left: -99px'>x</a>", "cannot be seen")],
)  # fmt: skip
def test_walk_tells_where_the_focus_is_lost(shown: Shown, html: str, fault: str) -> None:
    shown.page.set_content(f"<!doctype html><body>{html}")
    assert any(fault in step.fault for step in walk(shown.page))


def test_walk_ends_in_a_trap(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("walking.LONGEST", 20)
    shown.page.set_content("<!doctype html><body><input onkeydown='event.preventDefault()'><a href=x>x</a>")
    with pytest.raises(AssertionError, match="does not leave"):
        walk(shown.page)
