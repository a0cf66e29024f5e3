"""``/timeline``: bands, dots, columns, and what has no date."""

import csv
import io

import lxml.html
import pytest
from flask.testing import FlaskClient


def page(site: FlaskClient, address: str) -> lxml.html.HtmlElement:
    response = site.get(address)
    assert response.status_code == 200, response.text
    return lxml.html.fromstring(response.text)


def titles(found: lxml.html.HtmlElement, css: str) -> list[str]:
    return [str(title) for title in found.xpath(f"//path[@class='{css}']/title/text()")]


def test_crises_are_bands_with_their_events(site: FlaskClient) -> None:
    assert titles(page(site, "/timeline"), "band") == ["The flood: 4 events"]


def test_events_and_reports_stand_in_time(site: FlaskClient) -> None:
    found = page(site, "/timeline?crisis=crisis/flood&from=2020-03&to=2020-03")
    assert titles(found, "event") == [
        "21 March 2020: 1 event", "22 March 2020: 1 event", "25 March 2020: 1 event",
    ]  # fmt: skip
    assert titles(found, "report") == ["March 2020: 1 article"]


def test_dot_leads_to_its_events(site: FlaskClient) -> None:
    found = page(site, "/timeline?from=2020-03&to=2020-03")
    href = found.xpath("//a[path[@class='event']]/@href")[0]
    assert href == "/events?crisis=crisis/flood&from=2020-03-21&to=2020-03-21"
    assert "russia-italy" in site.get(href.replace("/events", "/events.csv")).text


def test_what_has_no_date_is_told(site: FlaskClient) -> None:
    words = page(site, "/timeline").find(".//div[@class='notes']").text_content()
    assert "1 event has no date and is not drawn." in words
    assert "Without a date, and so not drawn: The famine." in " ".join(words.split())


def test_table_has_the_crises_the_latest_first(site: FlaskClient) -> None:
    cells = [
        [cell.text_content().strip() for cell in row.iterfind("td")]
        for row in page(site, "/timeline").iterfind(".//table/tbody/tr")
    ]
    assert [row[0] for row in cells] == ["The flood", "The famine"]
    assert cells[1][1:3] == ["not known", "not known"]


def test_events_without_a_crisis_are_counted(site: FlaskClient) -> None:
    assert "2 events name no crisis." in page(site, "/timeline").text_content()


def test_csv_has_the_crises(site: FlaskClient) -> None:
    found = list(csv.DictReader(io.StringIO(site.get("/timeline.csv?crisis=crisis/flood").text)))
    assert [(row["crisis name"], row["events"]) for row in found] == [("The flood", "4")]


@pytest.mark.parametrize("address", ["/timeline?donor=country/samoa", "/timeline?to=1066"])
def test_timeline_of_nothing_says_so(site: FlaskClient, address: str) -> None:
    found = page(site, address)
    assert "0 events in time" in found.find(".//p[@class='lead']").text_content()
    assert "Nothing in it has a date." in found.xpath("//desc/text()")[0]
