"""A walk through a page by the Tab key alone, from its top until the focus leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

LONGEST = 1_500
"""Presses of a key after which a walk is taken for a trap."""

_TO_TOP = """() => {
  const top = document.createElement("span");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  window.walked = null;
}"""

# How an element looks with the focus is compared with how it looks once the focus has moved on. What stands out may be
# an element around it, as the frame of an editor, whose elements may be in a shadow root and change a moment later; the
# mark in it, as in a drawing; or the label beside a box that is not seen itself.
_STEP = """async () => {
  const above = (element) => element.parentElement ?? element.getRootNode().host;
  const look = (element) => {
    const ones = [element.querySelector("path"), element.previousElementSibling, element.nextElementSibling];
    for (let one = element, depth = 0; one && depth < 5; one = above(one), depth++) ones.push(one);
    return ones.filter(Boolean).map((one) => {
      const {outlineStyle, outlineWidth, outlineColor, boxShadow, stroke, strokeWidth} = getComputedStyle(one);
      return [outlineStyle, outlineWidth, outlineColor, boxShadow, stroke, strokeWidth].join(" ");
    }).join(", ");
  };
  const follows = (one, other) => !!(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const zones = {SKIP: ".skip", FIND: "header [role=search]", NAV: "header nav", MAIN: "main", FOOTER: "body > footer"};
  const last = window.walked, outer = document.activeElement;
  if (outer?.shadowRoot || last?.outer.shadowRoot) await new Promise((go) => setTimeout(go, 100));
  const gone = outer === null || outer === document.body;
  let inner = outer;
  while (inner?.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement;
  const box = gone ? null : inner.getBoundingClientRect();
  const step = {
    gone,
    name: gone ? "" : inner.outerHTML.slice(0, 120),
    zone: gone ? "" : Object.keys(zones).find((zone) => outer.closest(zones[zone])) ?? "HEADER",
    lastStoodOut: !last || last.look !== look(last.inner),
    follows: gone || !last || (outer === last.outer ? follows(last.inner, inner) : follows(last.outer, outer)),
    onScreen: gone || (box.width * box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0),
  };
  window.walked = gone ? null : {outer, inner, look: look(inner)};
  return step;
}"""


@dataclass
class Step:
    """Where the focus was after one press. ``fault`` says what was wrong with it; empty if nothing."""

    name: str
    zone: str
    fault: str = ""


def walk(page: Page) -> list[Step]:
    """The elements that the focus comes to, in order.

    Raises:
        AssertionError: it never leaves the page.
    """
    page.evaluate(_TO_TOP)
    return list(_steps(page))


def _steps(page: Page) -> Iterator[Step]:
    last: Step | None = None
    for _ in range(LONGEST):
        page.keyboard.press("Tab")
        now = page.evaluate(_STEP)
        if last and not now["lastStoodOut"]:
            last.fault += "looks the same with the focus and without. "
        if last:
            yield last
        if now["gone"]:
            return
        last = Step(now["name"], now["zone"])
        last.fault += "" if now["follows"] else "stands before the one that had the focus. "
        last.fault += "" if now["onScreen"] else "has the focus and cannot be seen. "
    raise AssertionError(f"the focus does not leave the page, and is now on {last}")
