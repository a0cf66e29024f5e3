"""The table of link targets and sources."""

import re
from importlib.resources import files

import pytest

from kg.link.gazetteer import entries
from kg.link.generate.listing import sources_table
from kg.link.sources import link_sources, link_targets, sources_of, target_of

DATA = files("kg.link") / "data"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("http://www.wikidata.org/entity/Q38", "wikidata"),
        ("https://sws.geonames.org/3175395/", "geonames"),
        ("http://publications.europa.eu/resource/authority/country/ITA", "eu-authority"),
    ],
)
def test_target_of_tells_the_dataset_of_an_address(iri: str, name: str) -> None:
    target = target_of(iri)
    assert target is not None
    assert target.name == name


def test_target_of_knows_no_other_site() -> None:
    assert target_of("https://example.org/italy") is None
    assert target_of("http://www.wikidata.org/entity/38") is None


def test_every_target_has_its_own_example() -> None:
    assert [target_of(target.example) for target in link_targets()] == list(link_targets())


def test_every_link_of_the_gazetteer_leads_to_a_target_with_a_source() -> None:
    found = {target_of(iri) for entry in entries() for iri in entry.same_as}
    assert found <= set(link_targets())
    assert all(sources_of(target) for target in found if target)


def test_every_source_names_licences_and_files_that_are_there() -> None:
    for source in link_sources():
        assert source.licence.iri.startswith(("https://", "http://")), source.package
        assert source.data_licence.name
        assert all((DATA / name).is_file() for name in source.files), source.package
        assert set(source.links) <= {target.name for target in link_targets()}


def test_generated_tables_have_a_source() -> None:
    generated = {"countries.json", "identifiers.json", "cities.tsv", "provinces.tsv", "labels.tsv", "words.tsv"}
    assert generated == {name for source in link_sources() for name in source.files}


def test_sources_md_has_the_table() -> None:
    assert sources_table() in (DATA / "SOURCES.md").read_text(encoding="utf-8")


def test_sources_md_unpacks_the_versions_of_the_table() -> None:
    text = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    commands = "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    for source in link_sources():
        assert re.search(rf"{re.escape(source.package)}(@|==|[-_].*){re.escape(source.version)}", commands), source


def test_every_target_with_a_source_is_linked_to() -> None:
    iris = [iri for entry in entries() for iri in entry.same_as]
    for target in link_targets():
        assert bool(sources_of(target)) == any(iri.startswith(target.space) for iri in iris), target.name
