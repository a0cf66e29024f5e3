"""The redirect rules for w3id.org lead to addresses that this server answers."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from redirects import read_rules, redirect

RULES = read_rules((Path(__file__).parents[2] / "docs" / "w3id" / ".htaccess").read_text(encoding="utf-8"))
FORMS = ["text/html", "text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples", "text/csv"]
NAMED = ["ontology", "ontology/0.1.0", "scheme/phase", "scheme/phase/pledged", "id/country/italy",
         "id/article/000-0888dd242fe82e2b"]  # fmt: skip


@pytest.mark.parametrize("accept", FORMS)
@pytest.mark.parametrize("path", NAMED)
def test_thing_is_found_in_the_form_asked_for(client: FlaskClient, path: str, accept: str) -> None:
    led = redirect(RULES, path, {"Accept": accept})
    assert led is not None
    response = client.get(urlsplit(led.location).path, headers={"Accept": accept}, follow_redirects=True)
    assert (response.status_code, response.mimetype) == (200, accept)


@pytest.mark.parametrize("path", ["context", "context.jsonld", "frames/event.jsonld", ".well-known/void", ""])
def test_document_is_found(client: FlaskClient, path: str) -> None:
    led = redirect(RULES, path, {})
    assert led is not None
    assert client.get(urlsplit(led.location).path).status_code == 200
