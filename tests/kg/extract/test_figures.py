"""Figures in sentences of many outlets, decades and crises, through the pinned model."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.figures import find_figures
from kg.extract.nlp import Parsed, Paragraph, parse
from kg.extract.scene import Form, Ref, Scene, Topic
from kg.extract.times import Anchor
from kg.records import Article, Block, Entity, EntityType, Figure, PartialDate, Span

# The names that the test paragraphs use: words, entity key, how they stand for it.
NAMES: tuple[tuple[str, str, Form], ...] = (
    *((name, f"country/{name.lower().replace(' ', '-')}", "name") for name in (
        "Italy", "Spain", "Haiti", "Nepal", "Pakistan", "Turkey", "Syria", "Somalia", "Ethiopia", "Kenya", "Liberia",
        "Guinea", "Indonesia", "Sri Lanka", "Japan", "China", "Iran", "Russia", "Ukraine", "Mozambique", "India",
        "Bangladesh", "France", "Peru", "Armenia", "Sudan", "Chad", "Yemen", "Poland",
    )),
    *((name, f"place/{name.lower().replace(' ', '-')}", "name") for name in (
        "Messina", "Wuhan", "Port-au-Prince", "Aceh", "Beira", "Sichuan", "Dadaab", "Monrovia", "Gorkha", "Sindh",
        "Bam", "Banda Aceh", "Samara", "Kathmandu",
    )),
    ("Italian", "country/italy", "demonym"), ("Turkish", "country/turkey", "demonym"),
    ("Haitian", "country/haiti", "demonym"), ("Chinese", "country/china", "demonym"),
    ("The country", "country/italy", "description"), ("the city", "place/beira", "description"),
    ("Red Cross", "organization/red-cross", "name"), ("Covid-19", "crisis/covid", "crisis"),
    ("Spanish influenza", "crisis/flu", "crisis"), ("Ebola", "crisis/ebola", "crisis"),
    ("tsunami", "crisis/tsunami", "crisis"),
)
# paragraph | figures of its last sentence or of all: measure, value or bounds, place, change
CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The death toll in Italy has jumped to 793.", ("deaths 793 italy",)),
    ("The death toll from the virus has risen to 1,284 in Spain.", ("deaths 1284 spain",)),
    ("The country reports 42,681 people infected with the virus, up 4,871 compared to Friday.",
     ("cases 42681 italy", "cases 4871 italy change")),
    ("The quake killed more than 8,000 people in Nepal and injured 21,000.", ("deaths 8000 nepal", "injured 21000 nepal")),
    ("An earthquake in Messina resulted in the death of no less than 75,000 inhabitants.", ("deaths 75000 messina",)),
    ("The Spanish influenza caused the death of 17 to 50 million human beings.", ("deaths 17000000-50000000 -",)),
    ("The virus so far took the lives of more than 116,000 souls.", ("deaths 116000 -",)),
    ("The cyclone claimed at least 200 lives in Mozambique.", ("deaths 200 mozambique",)),
    ("At least 40 people were killed when a bridge fell in Peru.", ("deaths 40 peru",)),
    ("In Somalia 29,000 children died within three months.", ("deaths 29000 somalia",)),
    ("Officials in Indonesia put the number of dead at 2,045.", ("deaths 2045 indonesia",)),
    ("The toll stood at 1,300 dead and 5,000 missing in Aceh.", ("deaths 1300 aceh", "missing 5000 aceh")),
    ("Liberia has recorded 2,413 deaths from Ebola.", ("deaths 2413 liberia",)),
    ("There were 12 fatalities in Kenya, the police said.", ("deaths 12 kenya",)),
    ("Flooding left 300 dead and 1,200 injured in Sindh.", ("deaths 300 sindh", "injured 1200 sindh")),
    ("The disaster cost 26,000 lives in Bam.", ("deaths 26000 bam",)),
    ("Another 12 people died in the past 24 hours in Iran.", ("deaths 12 iran change",)),
    ("Spain reported 838 new deaths on Sunday.", ("deaths 838 spain change",)),
    ("The number of deaths rose by 30 in France.", ("deaths 30 france change",)),
    ("The death toll rose from 200 to 310 in Haiti.", ("deaths 310 haiti",)),
    ("Some 3,000 cases of cholera have been confirmed in Yemen.", ("cases 3000 yemen",)),
    ("Over 240,000 cases of patients infected with Covid-19 have been confirmed.", ("cases 240000 -",)),
    ("More than 500 people tested positive in Pakistan.", ("cases 500 pakistan",)),
    ("India confirmed 1,024 infections, including 27 deaths.", ("cases 1024 india", "deaths 27 india")),
    ("The disease has infected 13,000 people in Guinea.", ("cases 13000 guinea",)),
    ("Yet over 6,000 people in Italy have made a full recovery.", ("recoveries 6000 italy",)),
    ("In China 78,000 patients have recovered.", ("recoveries 78000 china",)),
    ("Nearly 1,500 people were injured in Turkey.", ("injured 1500 turkey",)),
    ("Hospitals in Gorkha counted 900 wounded.", ("injured 900 gorkha",)),
    ("About 100 people are still missing in Japan.", ("missing 100 japan",)),
    ("More than 1.5 million people have been displaced in Haiti.", ("displaced 1500000 haiti",)),
    ("Half a million people fled Somalia for Kenya.", ("displaced 500000 somalia",)),
    ("The tsunami left 500,000 people homeless in Sri Lanka.", ("displaced 500000 sri-lanka",)),
    ("Some 400,000 refugees live in Dadaab.", ("displaced 400000 dadaab",)),
    ("Authorities evacuated 80,000 people in Sichuan.", ("displaced 80000 sichuan",)),
    ("More than 2 million Ukrainians have crossed into Poland as refugees.", ("displaced 2000000 poland",)),
    ("The drought has affected 12 million people in Ethiopia.", ("affected-people 12000000 ethiopia",)),
    ("Some 33 million people were affected by the floods in Pakistan.", ("affected-people 33000000 pakistan",)),
    ("Five million people in Sudan are facing hunger.", ("affected-people 5000000 sudan",)),
    ("In Chad 2.1 million people are in need of food aid.", ("affected-people 2100000 chad",)),
    ("About 25 million people are starving in Russia.", ("affected-people 25000000 russia",)),
    ("Covid-19 spread throughout the world, affecting more than 150 countries.", ("affected-countries 150 -",)),
    ("The virus has now spread to 110 countries.", ("affected-countries 110 -",)),
    ("The tsunami hit 14 countries.", ("affected-countries 14 -",)),
    ("Wuhan is a megacity with a population of 12 million.", ("population 12000000 wuhan",)),
    ("Beira, a port of 500,000 people, was cut off.", ("population 500000 beira",)),
    ("Samara, a city of 1.2 million inhabitants, is on the Volga.", ("population 1200000 samara",)),
    ("The floods caused $40 billion of damage in Pakistan.", ("damage 40000000000 pakistan",)),
    ("Damage was estimated at 5 billion dollars in Turkey.", ("damage 5000000000 turkey",)),
    ("The quake destroyed 300,000 houses in Nepal.", ("damage 300000 nepal",)),
    ("In Armenia 58 villages were flattened and 500,000 homes were damaged.", ("other 58 armenia", "damage 500000 armenia")),
    ("A magnitude 7.8 earthquake struck Nepal.", ("other 7.8 nepal",)),
    ("The 7.0-magnitude quake hit Haiti.", ("other 7 haiti",)),
    ("Russia sent 100 military doctors and 20 vehicles to Italy.", ()),
    ("France gave $5 million and 5,000 tents to Haiti.", ()),
    ("The Red Cross brought food for 20,000 people in Yemen.", ()),
    ("The money is meant to help 3 million people in Syria.", ()),
    ("India will vaccinate 300 million people by July.", ()),
    ("A shipment of 200 body bags and 12 ambulances left Turkey.", ()),
    ("The virus could kill 50,000 people in Iran.", ()),
    ("Covid-19 broke out in China and then spread throughout the world. The virus' death toll has surged to over 10,000.",
     ("deaths 10000 -",)),
    ("The earthquake struck Turkey at dawn. At least 912 people were killed.", ("deaths 912 turkey",)),
    ("The Turkish ministry said 6,000 buildings collapsed.", ("damage 6000 turkey",)),
    ("In Italy 200 people died, and 300 in Spain.", ("deaths 200 italy", "deaths 300 spain")),
    ("Tens of thousands of people were made homeless in Kathmandu.", ("displaced 10000- kathmandu",)),
    ("Two people were killed and five others were wounded in Monrovia.", ("deaths 2 monrovia", "injured 5 monrovia")),
    ("Worldwide, the virus has killed more than a million people.", ("deaths 1000000 -",)),
    ("Bangladesh, home to 165 million people, lost 4,200 lives.", ("population 165000000 bangladesh", "deaths 4200 bangladesh")),
)


def build(article: Article, *, topic: Topic | None = None) -> Scene:
    """A scene with references for the names of the table."""
    parsed = parse(article)
    refs = tuple(ref for paragraph in parsed.paragraphs for ref in references(paragraph))
    keys = {key for _, key, _ in NAMES}
    return Scene(parsed, {key: entity(key) for key in keys}, refs, topic or Topic())


def entity(key: str) -> Entity:
    """An entity of the type its key tells."""
    kind: EntityType = "country"
    for one in ("place", "organization", "crisis", "country"):
        if key.startswith(one):
            kind = one  # type: ignore[assignment]  # the four words are entity types
    return Entity(key, kind, key.split("/")[1])


def references(paragraph: Paragraph) -> list[Ref]:
    """Where the names of the table stand in a paragraph."""
    found = []
    for words, key, form in NAMES:
        start = paragraph.doc.text.find(words)
        span = paragraph.doc.char_span(start, start + len(words)) if start >= 0 else None
        if span is not None and not any(ref.start < span.end and span.start < ref.end for ref in found):
            found.append(Ref(paragraph.index, span.start, span.end, key, form))
    return sorted(found, key=lambda ref: ref.start)


def article_of(paragraphs: list[str], published: str | None = None) -> Article:
    """An article of these paragraphs."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", Span(start, start + len(paragraph))))
        start += len(paragraph) + 1
    return Article(id="figures", sha256="0" * 64, text="\n".join(paragraphs), headline="", blocks=tuple(blocks),
                   published=PartialDate(published) if published else None)


def show(figure: Figure) -> str:
    """A figure in the notation of the table."""
    quantity = figure.quantity
    value = plain(quantity.value) if quantity.value is not None else f"{plain(quantity.minimum)}-{plain(quantity.maximum)}"
    place = figure.place.split("/")[1] if figure.place else "-"
    return f"{figure.measure} {value} {place}{' change' if figure.change else ''}"


def plain(value: Decimal | None) -> str:
    """A decimal without exponent or trailing zeros."""
    return "" if value is None else f"{value.normalize():f}"


@pytest.fixture(scope="module")
def figures() -> dict[str, tuple[Figure, ...]]:
    """The figures of each paragraph; each is an article of its own for the rules, all are parsed in one go."""
    whole = build(article_of([paragraph for paragraph, _ in CASES]))
    found = {}
    for paragraph in whole.parsed.paragraphs:
        refs = whole.refs_in(paragraph)
        scene = Scene(Parsed(whole.parsed.article, (paragraph,)), whole.entities, refs)
        found[paragraph.doc.text] = find_figures(scene, Anchor(None, None))[0]
    return found


@pytest.mark.parametrize(("paragraph", "expected"), CASES, ids=[paragraph[:45] for paragraph, _ in CASES])
def test_find_figures_reads_the_paragraph(
    figures: dict[str, tuple[Figure, ...]], paragraph: str, expected: tuple[str, ...]
) -> None:
    assert tuple(show(figure) for figure in figures[paragraph]) == expected
