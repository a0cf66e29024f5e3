"""Numbers in sentences of many outlets and decades, through the pinned model."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.nlp import parse
from kg.extract.numbers import Number, find_numbers
from kg.records import Article, Block, Span

# sentence | one line per number: value, minimum..maximum, qualifier, unit or currency, counted noun, change
CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The ship carried 1,234 tents to the island.", ("1234 exact tents tents",)),
    ("Canada will give $5 million to the fund.", ("5000000 exact USD -",)),
    ("Britain offered £5m, officials in London said.", ("5000000 exact GBP -",)),
    ("The bank lent US$3.2bn to the ministry.", ("3200000000 exact USD -",)),
    ("Canberra set aside A$12 million for the cyclone.", ("12000000 exact AUD -",)),
    ("Paris announced 5 million euros in emergency aid.", ("5000000 exact EUR aid",)),
    ("Tokyo promised some 2 billion yen.", ("2000000000 about JPY -",)),
    ("The city of Geneva gave 100,000 Swiss francs.", ("100000 exact CHF -",)),
    ("New Delhi cleared 500 crore rupees for the state.", ("5000000000 exact INR -",)),
    ("The shipment was worth 10 million roubles.", ("10000000 exact RUB -",)),
    ("It set up a fund of 3 million pounds.", ("3000000 exact GBP -",)),
    ("They flew in 500 pounds of flour.", ("500 exact pounds flour",)),
    ("The EU added $4.4 million (€4 million) in May.", ("4400000 exact USD -",)),
    ("Planes brought around one hundred military virologists.", ("100 about people virologists",)),
    ("Twenty-five doctors landed in Lima.", ("25 exact people doctors",)),
    ("One hundred and twenty nurses left Hanoi.", ("120 exact people nurses",)),
    ("A dozen trucks crossed the border.", ("12 exact trucks trucks",)),
    ("Nearly two dozen aircraft were sent.", ("24 about aircraft aircraft",)),
    ("Half a million blankets were handed out.", ("500000 exact blankets blankets",)),
    ("The army sent a hundred ambulances.", ("100 exact ambulances ambulances",)),
    ("Dozens of countries sent teams.", ("- 12.. at-least countries countries",)),
    ("Tens of thousands of people slept outside.", ("- 10000.. at-least people people",)),
    ("China shipped millions of masks.", ("- 1000000.. at-least masks masks",)),
    ("Hundreds of thousands fled the fighting.", ("- 100000.. at-least people -",)),
    ("The flu killed 17 to 50 million human beings.", ("- 17000000..50000000 range people beings",)),
    ("They need between 3 and 5 tonnes of wheat.", ("- 3..5 range tonnes wheat",)),
    ("A convoy of 40-60 trucks is on its way.", ("- 40..60 range trucks trucks",)),
    ("The famine touched 10–12 million peasants.", ("- 10000000..12000000 range people peasants",)),
    ("No fewer than 75,000 inhabitants died.", ("75000 75000.. at-least people inhabitants",)),
    ("The clinic has up to 500 beds.", ("500 ..500 up-to beds beds",)),
    ("As many as 3,000 families lost everything.", ("3000 ..3000 up-to families families",)),
    ("More than 6,000 people have recovered.", ("6000 6000.. over people people",)),
    ("The town lost 200 or more houses.", ("200 200.. at-least houses houses",)),
    ("Moscow sent a plane load of medical equipment.", ("1 exact plane load equipment",)),
    ("Three truckloads of rice reached the camp.", ("3 exact truckloads rice",)),
    ("Norway gave 12 million doses of the vaccine.", ("12000000 exact doses vaccine",)),
    ("A 25-member team of surgeons arrived.", ("25 exact people team",)),
    ("Cuba built a 100-bed field hospital.", ("100 exact bed hospital",)),
    ("The rains destroyed 40 per cent of the harvest.", ("40 exact percent harvest",)),
    ("Another 35 people were found on Sunday.", ("35 exact people people change",)),
    ("The toll rose by 200 overnight.", ("200 exact - - change",)),
    ("There were 42,681 infected, up 4,871 compared to Friday.", ("42681 exact - -", "4871 exact - - change")),
    ("On 21 March 2020 the COVID-19 patients left at 10:30.", ()),
    ("An IL-76 of Flight 512 landed in 1994 on day 3.", ()),
    ("The 45-year-old spent three days under Article 5.", ()),
    ("Since 2014 the 1980s have been forgotten, 55-year-old Maria, 55, said.", ()),
    ("The 2004 tsunami struck 14 countries.", ("14 exact countries countries",)),
    ("Aid for 2000 people left the port.", ("2000 exact people people",)),
    ("The republic received 15 000 bags of cement.", ("15000 exact bags cement",)),
    ("It costs 80k dollars and 2.5m people wait.", ("80000 exact USD -", "2500000 exact people people")),
    ("Berlin gave 3m euros and two ambulances.", ("3000000 exact EUR -", "2 exact ambulances ambulances")),
    ("An estimated 1.5 million people need food.", ("1500000 about people people",)),
    ("Six Cuban doctors and 11 nurses flew home.", ("6 exact people doctors", "11 exact people nurses")),
    ("The toll climbed from 200 to 300.", ("200 exact - -", "300 exact - -")),
    ("Shops gave 20 lakh rupees to the temple.", ("2000000 exact INR -",)),
    ("One of the survivors thanked no one in particular.", ()),
)


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[tuple[Number, ...], list[str]]]:
    """Every sentence's numbers and tokens; all are parsed in one go."""
    text = "\n".join(sentence for sentence, _ in CASES)
    spans, start = [], 0
    for sentence, _ in CASES:
        spans.append(Block("paragraph", Span(start, start + len(sentence))))
        start += len(sentence) + 1
    article = Article(id="numbers", sha256="0" * 64, text=text, headline="", blocks=tuple(spans))
    docs = [paragraph.doc for paragraph in parse(article).paragraphs]
    return {doc.text: (find_numbers(doc), [token.text for token in doc]) for doc in docs}


def show(number: Number, words: list[str]) -> str:
    """A number in the notation of the table."""
    bounds = ""
    if number.minimum is not None or number.maximum is not None:
        bounds = f"{plain(number.minimum)}..{plain(number.maximum)} "
    head = "-" if number.head is None else words[number.head]
    change = " change" if number.change else ""
    unit = number.unit or number.currency or "-"
    return f"{plain(number.value) or '-'} {bounds}{number.qualifier} {unit} {head}{change}"


def plain(value: Decimal | None) -> str:
    """A decimal without exponent or trailing zeros."""
    return "" if value is None else f"{value.normalize():f}"


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[sentence[:40] for sentence, _ in CASES])
def test_find_numbers_reads_the_sentence(
    found: dict[str, tuple[tuple[Number, ...], list[str]]], sentence: str, expected: tuple[str, ...]
) -> None:
    numbers, words = found[sentence]
    assert tuple(show(number, words) for number in numbers) == expected
