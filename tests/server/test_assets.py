"""Files of the site under addresses that change with their content."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from server.assets import read_assets


def test_a_page_names_files_by_their_content_and_they_may_be_kept_for_ever(client: FlaskClient) -> None:
    address = re.search(r'rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert address is not None
    response = client.get(address[1])
    assert (response.status_code, response.content_type) == (200, "text/css; charset=utf-8")
    assert "immutable" in response.headers["Cache-Control"] and ":root" in response.text


def test_the_plain_name_works_and_is_asked_for_again(client: FlaskClient) -> None:
    response = client.get("/static/style.css")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-cache")
    again = client.get("/static/style.css", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_address_of_other_content_is_not_found(client: FlaskClient) -> None:
    for path in ("style.000000000000.css", "css/00-base.css", "../app.py", "none.js"):
        assert client.get(f"/static/{path}").status_code == 404


def test_parts_of_the_style_sheet_are_joined_in_order(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    for name, text in (("10-b.css", "b{}"), ("00-a.css", "a{}")):
        (tmp_path / "css" / name).write_text(text)
    found = read_assets(tmp_path)
    assert found.files["style.css"].content == b"a{}\nb{}"
    assert found.address("ui/site.js") is None
