"""Text and links of others on every kind of page, in attributes, in embedded data, in drawings and in the feed."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import pytest
from attacks import ATTACKS
from flask.testing import FlaskClient
from jinja2 import Environment

from server.schemaorg import dump_script

BROWSER = {"Accept": "text/html"}
EVENT = "/page/event/russia-to-italy-pledged-2020-03-21"
ATTACK = quote(ATTACKS[1])
PAGES = (
    *("/", "/events", "/articles", "/entities", "/entities?kind=person", "/map", "/timeline", "/dumps/"),
    *(EVENT, "/page/article/000-0888dd242fe82e2b", "/page/country/italy", "/page/person/vladimir-putin"),
    *("/page/crisis/covid-19-pandemic", "/page/ontology", "/page/ontology/donor", "/page/scheme/phase"),
    *("/page/scheme/phase/pledged", "/search?q=script", f"/search?q={ATTACK}", f"/sparql?query={ATTACK}"),
    *(f"/events?donor={ATTACK}", f"/entities?q={ATTACK}", f"/articles?page={ATTACK}", f"/page/{ATTACK}"),
    *(f"/fragments?subject={ATTACK}", "/fragments?object=%22%3Cscript%3E%22", f"/nowhere/{ATTACK}"),
    "/reconcile/preview?id=country/italy",
)


class Danger(HTMLParser):
    """What in a page could run: scripts that are none of ours, handlers, styles, links to anything but the web."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if tag == "script" and given.get("type") != "application/ld+json":
            self.found += [] if str(given.get("src")).startswith("/static/ui/") else [f"{tag} {given}"]
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            scheme = re.match(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):", given.get(name) or "")
            if scheme and scheme[1].lower() not in ("http", "https"):
                self.found.append(f"{tag} {name}={given[name]}")


@pytest.mark.parametrize("text", ATTACKS[:6])
def test_danger_is_seen_where_nothing_is_escaped(text: str) -> None:
    """The tests below would pass with a checker that sees nothing."""
    page = Environment(autoescape=False).from_string("<p title='{{ x }}'>{{ x }}</p>")  # nosec B701
    assert Danger(page.render(x=text)).found


@pytest.mark.parametrize("path", PAGES)
def test_page_holds_names_and_links_of_others_as_text_only(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=BROWSER)
    assert response.mimetype == "text/html", response.text
    assert Danger(response.text).found == []
    assert "1337" not in response.text, "a name was evaluated as a template"


def test_attacks_are_really_on_the_pages(client: FlaskClient) -> None:
    shown = "".join(client.get(path, headers=BROWSER).text for path in PAGES)
    assert "&lt;script&gt;alert(1)" in shown
    assert "onerror=alert(1)&gt;" in shown


@pytest.mark.parametrize("path", PAGES)
def test_policy_of_a_page_runs_nothing_inline(client: FlaskClient, path: str) -> None:
    policy = client.get(path, headers=BROWSER).headers["Content-Security-Policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert (rules["default-src"], rules["base-uri"]) == ("'none'", "'none'")
    assert {rules["style-src"], rules["img-src"], rules["connect-src"], rules["form-action"]} == {"'self'"}
    assert re.fullmatch(r"('sha256-[A-Za-z0-9+/=]{44}' )?'self'", rules["script-src"])


@pytest.mark.parametrize("path", PAGES)
def test_embedded_data_is_one_whole_json_document(client: FlaskClient, path: str) -> None:
    text = client.get(path, headers=BROWSER).text
    for part in text.split('<script type="application/ld+json">')[1:]:
        embedded = part.partition("</script")[0]
        assert "<" not in embedded
        assert json.loads(embedded)["@context"] == "https://schema.org"


@pytest.mark.parametrize("attack", ATTACKS)
def test_embedded_data_keeps_what_it_escapes(attack: str) -> None:
    text = dump_script({"name": attack})
    assert json.loads(text)["name"] == attack
    assert not {"<", ">", "&", "\u2028"} & set(text)


def test_feed_is_whole_xml_and_links_to_the_web(client: FlaskClient) -> None:
    feed = Xml.fromstring(client.get("/feed.atom").data)
    links = [link.get("href") or "" for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert links
    assert all(link.startswith("http://localhost/") for link in links), links


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemaps/1.xml", "/opensearch.xml"])
def test_other_xml_is_whole(client: FlaskClient, path: str) -> None:
    assert Xml.fromstring(client.get(path).data).tag


@pytest.mark.parametrize("ending", ["csv", "jsonld", "ttl", "nt", "rdf"])
def test_data_with_markup_in_it_is_never_a_page(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/data/country/italy.{ending}")
    assert response.status_code == 200
    assert response.mimetype != "text/html"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].endswith("; sandbox")
