"""``/map``: what is drawn, what is counted, what is told of the rest."""

import csv
import io
from html import unescape

import lxml.html
import pytest
from flask.testing import FlaskClient


def page(site: FlaskClient, address: str) -> lxml.html.HtmlElement:
    response = site.get(address)
    assert response.status_code == 200, response.text
    return lxml.html.fromstring(response.text)


def rows(site: FlaskClient, address: str = "/map") -> dict[tuple[str, str], list[str]]:
    cells = [
        [cell.text_content().strip() for cell in row.iterfind("td")]
        for row in page(site, address).iterfind(".//table/tbody/tr")
    ]
    return {(row[0], row[1]): row[2:] for row in cells}


def test_map_draws_an_arc_for_each_pair(site: FlaskClient) -> None:
    titles = page(site, "/map").xpath("//*[contains(@class, 'arc ')]/title/text()")
    assert titles[0] == "Russia to Italy: 3 events; medicine and protection"
    assert titles[1:] == ["Italy to <b>Samoa</b>: 1 event; money", "Italy to Russia: 1 event; food"]


def test_ministry_and_region_stand_with_their_countries(site: FlaskClient) -> None:
    assert rows(site)["Russia", "Italy"][:5] == ["3 events from Russia to Italy", "–", "1", "–", "2"]


def test_link_of_a_pair_lists_just_its_events(site: FlaskClient) -> None:
    links = page(site, "/map").xpath("//tr[td[1]='Russia']//td[@class='number']/a/@href")
    names = [
        row["name"] for row in csv.DictReader(io.StringIO(site.get(links[0].replace("/events", "/events.csv")).text))
    ]
    assert sorted(names) == ["army-lombardy", "russia-italy", "russia-italy-2"]


def test_map_tells_what_it_cannot_draw(site: FlaskClient) -> None:
    words = page(site, "/map").find(".//div[@class='notes']").text_content()
    assert "1 event is in the table only" in words
    assert "1 event names only a donor or only a recipient" in words
    assert "not on the map" in rows(site)["Soviet Union", "Italy"][5]


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("phase=pledged", {("Russia", "Italy")}),
        ("category=food", {("Italy", "Russia"), ("Soviet Union", "Italy")}),
        ("crisis=crisis/flood", {("Russia", "Italy")}),
        ("donor=country/italy&to=1999", {("Italy", "<b>Samoa</b>")}),
        ("from=2021", {("Italy", "Russia")}),
        ("donor=country/soviet-union&from=2021", set()),
    ],
)
def test_map_shows_what_is_asked_for(site: FlaskClient, query: str, pairs: set[tuple[str, str]]) -> None:
    assert set(rows(site, f"/map?{query}")) == pairs


def test_form_keeps_what_was_asked_for(site: FlaskClient) -> None:
    form = page(site, "/map?donor=country/italy&phase=delivered&place=place/lombardy&from=1900").find(
        ".//form[@class='choose']"
    )
    assert form.xpath(".//option[@selected]/@value") == ["country/italy", "delivered"]
    assert form.xpath(".//input[@type='hidden']/@value") == ["place/lombardy"]
    assert form.xpath(".//input[@name='from']/@value") == ["1900"]


def test_names_are_text(site: FlaskClient) -> None:
    assert "<b>Samoa" not in site.get("/map").text
    assert "<b>Samoa</b>" in unescape(site.get("/map").text)


def test_rows_and_arcs_are_joined_by_their_keys(site: FlaskClient) -> None:
    found = page(site, "/map")
    assert set(found.xpath("//tr/@data-key")) == set(found.xpath("//path/@data-key"))


def test_csv_has_all_pairs_with_their_places(site: FlaskClient) -> None:
    found = {
        row["donor name"] + row["recipient name"]: row for row in csv.DictReader(io.StringIO(site.get("/map.csv").text))
    }
    assert (found["RussiaItaly"]["events"], found["RussiaItaly"]["donor latitude"]) == ("3", "60.0")
    assert found["Soviet UnionItaly"]["donor latitude"] == ""
    assert len(found) == 4


@pytest.mark.parametrize(
    ("address", "status"),
    [("/map?colour=red", 400), ("/map?from=soon", 400), ("/map?donor=country/nowhere", 404), ("/map?page=2", 404)],
)
def test_what_cannot_be_asked_for_is_refused(site: FlaskClient, address: str, status: int) -> None:
    assert site.get(address).status_code == status


def test_filtered_maps_are_kept_out_of_search_engines(site: FlaskClient) -> None:
    assert 'name="robots" content="noindex"' in site.get("/map?from=2020").text
    assert "noindex" not in site.get("/map").text


def test_pictures_have_words_and_no_inline_style(site: FlaskClient) -> None:
    found = page(site, "/map")
    (svg,) = found.xpath("//*[contains(@class, 'drawing map')]")
    words = [found.get_element_by_id(name).text_content() for name in svg.get("aria-labelledby").split()]
    assert words[0] == "Who helped whom"
    assert "The largest: Russia to Italy, 3 events" in words[1]
    assert not found.xpath("//main//*[@style]")
