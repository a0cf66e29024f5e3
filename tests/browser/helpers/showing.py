"""A page as Chromium shows it, with all that it asked for and complained of while it was open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ARGUMENTS = (
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The box for addresses draws its suggestions in two renderers a window, a third of the work of opening one.
    # Only the last list counts, and repeats what matters here of those that Playwright turns off.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI,"
    "HttpsUpgrades,MediaRouter,OptimizationHints,PaintHolding",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a request to another host must not even get there
)
PHONE, DESK = 360, 1440
"""Widths in CSS pixels."""

ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Rules of axe-core: all up to WCAG 2.2 AA, and those of them that ask for colours."""


@dataclass
class Shown:
    """An open page. ``faults`` are its errors: of scripts, of the content policy, of what did not load."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list, repr=False)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Go to a path of the site; the status."""
        response = self.page.goto(self.address + path, wait_until="load")
        assert response is not None
        return response.status

    def strangers(self) -> list[str]:
        """Requests that left the site."""
        return [url for url in self.requests if not url.startswith((f"{self.address}/", "data:", "blob:"))]

    def violations(self, rules: dict[str, Any]) -> str:
        """What axe-core finds wrong, a line each: rule, element, and why."""
        options = {
            "runOnly": rules,
            "resultTypes": ["violations"],
            "preload": False,
        }  # no rule of these reads style sheets
        found = Axe().run(self.page, options=options).response["violations"]
        lines = (f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"])
        return "\n".join(line.replace("\n", " ") for line in lines)

    def text(self) -> str:
        """What can be read in its main part, with single blanks, closed parts included."""
        return " ".join((self.page.locator("main").text_content() or "").split())

    def is_seen(self, selector: str) -> bool:
        """Whether any element of this kind is visible."""
        return self.page.locator(f"{selector} >> visible=true").count() > 0


def find_browser() -> str | None:
    """The system's Chromium or Chrome, if it has one."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """The browser of :func:`find_browser`, without a window."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS)) as browser,
    ):
        yield browser


@contextmanager
def profile(browser: Browser, *, width: int = DESK, height: int = 900, **options: Any) -> Iterator[BrowserContext]:
    """A profile of its own, with an empty cache.

    Args:
        options: see ``Browser.new_context``.
    """
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    try:
        context.set_default_timeout(10_000)
        yield context
    finally:
        context.close()


@contextmanager
def tab(context: BrowserContext, address: str) -> Iterator[Shown]:
    """An empty page in a profile: half the work of a new profile. What it kept in the profile goes with it.

    Args:
        address: of the server, without a slash at its end.
    """
    shown = _listened(context, address)
    try:
        yield shown
    finally:
        if shown.page.url.startswith(address):
            shown.page.evaluate("localStorage.clear()")
        context.clear_permissions()
        shown.page.close()


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Shown]:
    """An empty page in a profile of its own; for ``options`` see :func:`profile`."""
    with profile(browser, **options) as context, tab(context, address) as shown:
        yield shown


def _listened(context: BrowserContext, address: str) -> Shown:
    shown = Shown(context.new_page(), address)
    page = shown.page

    def heed(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            shown.faults.append(message.text)

    page.on("request", lambda request: shown.requests.append(request.url))
    page.on("console", heed)
    page.on("pageerror", lambda error: shown.faults.append(str(error)))
    page.on("requestfailed", lambda request: shown.faults.append(f"{request.url} {request.failure}"))
    page.on("dialog", lambda dialog: (shown.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    return shown
