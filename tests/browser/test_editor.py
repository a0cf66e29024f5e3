"""The query page in Chromium: the editor completes and marks faults, queries are kept; and all without scripts."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect
from showing import ALL_RULES, Shown

pytestmark = pytest.mark.browser

PLAIN = "SELECT ?name WHERE { ?c a <http://schema.org/Country> ; <http://schema.org/name> ?name } ORDER BY ?name"
FAULTY = "SELECT * {\n  ?é ?b '日本' .\n  ?c ?d\n}"


def editor(shown: Shown) -> Locator:
    return shown.page.get_by_role("textbox", name="SPARQL query")


def write(shown: Shown, text: str) -> None:
    """Replace what is in the editor, as by the keyboard."""
    editor(shown).focus()
    shown.page.keyboard.press("ControlOrMeta+a")
    shown.page.keyboard.insert_text(text)


def content(shown: Shown) -> str:
    """What the form would send."""
    return shown.page.locator("#query").input_value()


def choose(shown: Shown, words: str) -> None:
    """Take the completion with these words."""
    option = shown.page.locator(".cm-tooltip-autocomplete li", has_text=words).first
    expect(option).to_be_visible()
    shown.page.wait_for_timeout(100)  # the editor takes no choice that comes as fast as the list
    option.click()


def test_editor_breaks_no_rule_and_asks_nobody_else(scripted: Shown) -> None:
    scripted.open("/sparql")
    write(scripted, "SELECT * { ?a aid:d")
    scripted.page.keyboard.press("Control+Space")
    expect(scripted.page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    assert scripted.violations(ALL_RULES) == ""
    checks = ("net::ERR_ABORTED", "status of 400")  # the parser is asked, told to stop, and says what is wrong
    assert [fault for fault in scripted.faults if not any(words in fault for words in checks)] == []
    assert scripted.strangers() == []


def test_editor_is_left_with_the_tabulator(scripted: Shown) -> None:
    scripted.open("/sparql")
    editor(scripted).focus()
    scripted.page.keyboard.press("Tab")
    expect(scripted.page.locator("#format")).to_be_focused()
    scripted.page.keyboard.press("Shift+Tab")
    expect(editor(scripted)).to_be_focused()


def test_label_leads_to_the_editor(scripted: Shown) -> None:
    scripted.open("/sparql")
    scripted.page.locator("label[for=query]").click()
    expect(editor(scripted)).to_be_focused()


def test_control_enter_asks(scripted: Shown) -> None:
    scripted.open("/sparql")
    write(scripted, PLAIN)
    with scripted.page.expect_navigation():
        scripted.page.keyboard.press("Control+Enter")
    expect(scripted.page.locator("#answer ~ .scroll")).to_contain_text("Norway")


def test_chosen_term_brings_its_prefix_and_one_undo_takes_both_back(scripted: Shown) -> None:
    scripted.open("/sparql")
    write(scripted, "# mine\nSELECT * { ?event ")
    scripted.page.keyboard.type("recip")
    choose(scripted, "aid:recipient")
    prefix = "PREFIX aid: <https://w3id.org/aidgraph/ontology#>"
    assert content(scripted) == f"# mine\n{prefix}\nSELECT * {{ ?event aid:recipient"
    scripted.page.keyboard.press("ControlOrMeta+z")
    assert prefix not in content(scripted)


def test_declared_prefix_is_not_declared_again(scripted: Shown) -> None:
    scripted.open("/sparql")
    write(scripted, "PREFIX aid: <https://w3id.org/aidgraph/ontology#>\nSELECT * { ?event ")
    scripted.page.keyboard.type("aid:recip")
    choose(scripted, "aid:recipient")
    assert content(scripted).count("PREFIX") == 1


def test_thing_is_completed_by_its_name(scripted: Shown) -> None:
    scripted.open("/sparql")
    write(scripted, "SELECT * { ?event ?role ")
    scripted.page.keyboard.type("norw")
    choose(scripted, "country:norway")
    assert content(scripted).endswith("?role country:norway")
    assert "PREFIX country: <https://w3id.org/aidgraph/id/country/>" in content(scripted)


def test_fault_is_marked_at_its_line_while_one_types(scripted: Shown) -> None:
    scripted.open("/sparql")
    write(scripted, FAULTY)
    marked = scripted.page.locator(".cm-lintRange-error, .cm-lintPoint-error")
    expect(marked.first).to_be_visible()
    assert "}" in scripted.page.locator(".cm-line", has=marked).inner_text()
    write(scripted, PLAIN)
    expect(marked).to_have_count(0)


def test_missing_prefix_is_declared_by_a_button(scripted: Shown) -> None:
    scripted.open("/sparql")
    write(scripted, "SELECT * { ?a aid:donor ?b }")
    scripted.page.locator(".cm-lintRange-error, .cm-lintPoint-error").first.wait_for()
    scripted.page.keyboard.press("F8")
    scripted.page.locator(".cm-lintRange-error, .cm-lintPoint-error").first.hover()
    scripted.page.get_by_role("button", name="Declare aid:").first.click()
    assert content(scripted).startswith("PREFIX aid: <https://w3id.org/aidgraph/ontology#>\n")


def test_query_is_kept_and_carried_over_and_removed(scripted: Shown, tmp_path: Path) -> None:
    scripted.open("/sparql")
    write(scripted, PLAIN)
    scripted.page.get_by_label("Keep the query above as").fill("All <b>countries</b>")
    scripted.page.get_by_role("button", name="Keep", exact=True).click()
    with scripted.page.expect_download() as waiting:
        scripted.page.get_by_role("button", name="Save all to a file").click()
    file = tmp_path / "queries.json"
    waiting.value.save_as(file)
    assert json.loads(file.read_text()) == [{"name": "All <b>countries</b>", "query": PLAIN}]
    scripted.page.get_by_role("button", name="Remove All <b>countries</b>").click()
    assert scripted.page.locator("#saved-list li").count() == 0
    scripted.page.locator("#saved-import").set_input_files(file)
    scripted.page.get_by_role("link", name="All <b>countries</b>").click()
    expect(scripted.page.locator("#answer ~ .scroll")).to_contain_text("Norway")


def test_file_of_something_else_is_refused(scripted: Shown, tmp_path: Path) -> None:
    file = tmp_path / "else.json"
    file.write_text('{"a": 1}')
    scripted.open("/sparql")
    scripted.page.locator("#saved-import").set_input_files(file)
    expect(scripted.page.locator("#saved-status")).to_contain_text("no queries")


def test_code_is_copied(scripted: Shown) -> None:
    scripted.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    scripted.open(f"/sparql?query={quote(PLAIN)}")
    scripted.page.get_by_text("Ask it from Python").click()
    scripted.page.locator("button[data-copy=as-python]").click()
    expect(scripted.page.locator("button[data-copy=as-python]")).to_have_text("Copied")
    copied = scripted.page.evaluate("navigator.clipboard.readText()")
    assert copied == scripted.page.locator("#as-python").text_content()


def test_long_query_has_an_answer_too(scripted: Shown) -> None:
    scripted.open("/sparql")
    write(scripted, f"# {'x' * 70_000}\n{PLAIN}")
    with scripted.page.expect_navigation():
        scripted.page.keyboard.press("Control+Enter")
    expect(scripted.page.locator("#answer ~ .scroll")).to_contain_text("Norway")


def test_fault_is_told_with_its_line_without_scripts(unscripted: Shown) -> None:
    assert unscripted.open(f"/sparql?query={quote(FAULTY)}") == 400
    assert unscripted.page.locator("#query").input_value() == FAULTY
    expect(unscripted.page.locator(".faulty mark")).to_contain_text("4  }")
    expect(unscripted.page.locator("#query")).to_have_attribute("aria-invalid", "true")


def test_views_of_an_answer_are_links_without_scripts(unscripted: Shown) -> None:
    query = """PREFIX aid: <https://w3id.org/aidgraph/ontology#> PREFIX schema: <http://schema.org/>
    SELECT ?donor ?recipient ?day { ?e aid:donor ?donor ; aid:recipient ?recipient ; schema:startDate ?day }"""
    unscripted.open(f"/sparql?query={quote(query)}")
    for name, css in (("Graph", "svg.graph"), ("Timeline", "svg.timeline")):
        unscripted.page.get_by_role("navigation", name="Ways to show the answer").get_by_role("link", name=name).click()
        expect(unscripted.page.locator(css)).to_be_visible()
        expect(unscripted.page.get_by_text("The same as a table")).to_be_visible()
