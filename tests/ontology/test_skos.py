"""The concept schemes keep the rules of SKOS and what qSKOS looks for; each query is shown a scheme that breaks it."""

import pytest
from ontology_store import faulty, ontology_store, queries, whole

CONCEPT = "a skos:Concept ; skos:inScheme scheme:phase"
BROKEN = {
    "no-scheme": ("DELETE DATA { phase:pledged skos:inScheme scheme:phase }", "phase:pledged"),
    "unreached": ("DELETE DATA { category:masks skos:broader category:ppe }", "category:masks"),
    "top-has-broader": ("INSERT DATA { phase:pledged skos:broader phase:requested }", "phase:pledged"),
    "top-elsewhere": ("INSERT DATA { phase:pledged skos:topConceptOf scheme:measure }", "phase:pledged"),
    "one-way": ("DELETE DATA { category:ppe skos:narrower category:masks }", "category:masks"),
    "cycle": ("INSERT DATA { disaster:storm skos:broader disaster:tropical-cyclone }", "disaster:storm"),
    "related-and-broader": ("INSERT DATA { category:masks skos:related category:ppe }", "category:masks"),
    "exact-and-other": (
        "INSERT DATA { disaster:drought skos:exactMatch x:drought . x:drought skos:broadMatch disaster:drought }",
        "disaster:drought",
    ),
    "exact-within": (
        "INSERT DATA { phase:pledged skos:exactMatch x:promise . phase:requested skos:exactMatch x:promise }",
        "phase:pledged",
    ),
    "match-within": ("INSERT DATA { phase:pledged skos:closeMatch phase:requested }", "phase:pledged"),
    "match-to-nothing": ("INSERT DATA { phase:pledged skos:closeMatch cameo:9999 }", "phase:pledged"),
    "relation-to-nothing": ("INSERT DATA { phase:pledged skos:related phase:nothing }", "phase:pledged"),
    "labels-of-a-language": ("INSERT DATA { phase:pledged skos:prefLabel 'promised'@en }", "phase:pledged"),
    "labels-overlap": ("INSERT DATA { phase:pledged skos:altLabel 'pledged'@en }", "phase:pledged"),
    "same-label": (f"INSERT DATA {{ phase:promised {CONCEPT} ; skos:prefLabel 'Pledged'@en }}", "phase:promised"),
    "no-definition": ("DELETE WHERE { phase:pledged skos:definition ?text }", "phase:pledged"),
    "no-notation": ("DELETE WHERE { cameo:073 skos:notation ?code }", "cameo:073"),
    "scheme-undescribed": ("DELETE WHERE { scheme:phase dcterms:description ?text }", "scheme:phase"),
    "scheme-is-a-concept": ("INSERT DATA { scheme:phase a skos:Concept }", "scheme:phase"),
}


def test_every_query_is_tried_on_a_scheme_that_it_must_fail() -> None:
    assert queries("skos") == BROKEN.keys()


@pytest.mark.parametrize("rule", BROKEN)
def test_schemes_keep_the_rule(rule: str) -> None:
    assert faulty("skos", rule, ontology_store()) == set()


@pytest.mark.parametrize("rule", BROKEN)
def test_breach_is_found(rule: str) -> None:
    update, term = BROKEN[rule]
    assert whole(term) in faulty("skos", rule, ontology_store(update))
