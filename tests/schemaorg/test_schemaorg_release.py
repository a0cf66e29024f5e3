"""The table of schema.org's terms: whole, and answering as schema.org's own pages do."""

from collections import Counter

import pytest
from schemaorg_release import load_release, local_name

RELEASE = load_release()


def test_release_is_whole() -> None:
    kinds = Counter(term.kind for term in RELEASE.terms.values())
    assert kinds == {"type": 930, "property": 1520, "member": 520}


def test_every_name_in_the_table_is_a_term_but_one_that_the_release_withdrew() -> None:
    named = {name for term in RELEASE.terms.values() for name in (*term.parents, *term.domains, *term.ranges)}
    assert named - RELEASE.terms.keys() == {"DeliveryTimeSettings"}


@pytest.mark.parametrize(
    ("name", "kind", "answer"),
    [
        ("NewsArticle", "type", True),
        ("NewsArticle", "property", False),
        ("headline", "property", True),
        ("EventCancelled", "member", True),
        ("Newsarticle", "type", False),
        ("StupidType", "type", False),
    ],
)
def test_term_is_known_by_its_kind(name: str, kind: str, answer: bool) -> None:
    assert RELEASE.has(name, kind) is answer  # type: ignore[arg-type]  # the table holds the three kinds


@pytest.mark.parametrize(
    ("name", "instead"), [("awards", {"award"}), ("headline", set()), ("UserLikes", {"InteractionCounter"})]
)
def test_superseded_term_names_what_took_its_place(name: str, instead: set[str]) -> None:
    assert RELEASE.superseded_by(name) == instead


def test_supertypes_reach_up_to_thing() -> None:
    assert RELEASE.supertypes("ReportageNewsArticle") == {
        "ReportageNewsArticle", "NewsArticle", "Article", "CreativeWork", "Thing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("types", "name", "allowed"),
    [
        (("NewsArticle",), "dateline", True),
        (("NewsArticle",), "author", True),
        (("NewsArticle",), "startDate", False),
        (("NewsArticle", "Event"), "startDate", True),
        (("Event",), "location", True),
        (("Thing",), "dateline", False),
    ],
)
def test_properties_are_inherited_and_joined(types: tuple[str, ...], name: str, allowed: bool) -> None:
    assert (name in RELEASE.properties_of(*types)) is allowed


@pytest.mark.parametrize(
    ("name", "types", "accepted"),
    [
        ("publisher", ["NewsMediaOrganization"], True),
        ("publisher", ["Place"], False),
        ("location", ["Country"], True),
        ("about", ["Event"], True),
    ],
)
def test_value_is_of_an_expected_type_or_a_kind_of_one(name: str, types: list[str], accepted: bool) -> None:
    assert RELEASE.accepts(name, types) is accepted


@pytest.mark.parametrize(("name", "accepted"), [("headline", True), ("datePublished", True), ("publisher", False)])
def test_string_is_accepted_where_a_data_type_is_expected(name: str, accepted: bool) -> None:
    assert RELEASE.accepts_text(name) is accepted


@pytest.mark.parametrize(
    ("iri", "name"),
    [("http://schema.org/Event", "Event"), ("https://schema.org/Event", "Event"), ("http://example.org/Event", None)],
)
def test_local_name_is_what_follows_either_namespace(iri: str, name: str | None) -> None:
    assert local_name(iri) == name
