"""Made-up articles for the benchmarks: as many as asked for, the same for the same seed.

Real articles may not be in the repository, and a few of them repeated would flatter every cache. So sentences are
recombined from templates: givings in several voices, figures, quotations, dates, places, and padding that tells of no
aid, in the shares that agency reports have. The words are nobody's; the countries are real, so that links are made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_COUNTRIES: Final = (
    "Norway", "Peru", "Japan", "Kenya", "Portugal", "Morocco", "Canada", "Vietnam", "Egypt", "Poland", "Ghana", "Chile",
    "South Korea", "New Zealand", "Jordan", "Mexico", "Nepal", "Haiti", "Mozambique", "the Philippines", "Pakistan",
    "Ecuador", "Malawi", "Honduras", "Sri Lanka", "Madagascar", "Somalia", "Indonesia", "Turkey", "Armenia",
)  # fmt: skip
_BODIES: Final = (
    "the Red Cross", "the World Food Programme", "Unicef", "the European Commission", "Oxfam",
    "Doctors Without Borders", "the World Health Organization", "Save the Children",
)  # fmt: skip
_DISASTERS: Final = ("earthquake", "flood", "cyclone", "drought", "cholera outbreak", "landslide", "famine", "wildfire")
_TOWNS: Final = ("Velmora", "Sant Aro", "Kilbay", "Port Ruda", "Old Tessin", "Marabel", "Upper Denn", "Quelta")
_FIRST: Final = ("Ana", "Tomas", "Ingrid", "Samuel", "Leila", "Pedro", "Yuki", "Grace", "Emil", "Noor", "Viktor")
_LAST: Final = ("Halvorsen", "Okoro", "Tanabe", "Cardoso", "Lindqvist", "Mwangi", "Ferreira", "Navarro", "Shah")
_OFFICES: Final = ("Foreign Minister", "Health Minister", "Prime Minister", "spokeswoman", "ambassador", "President")
_GOODS: Final = (
    "tents", "blankets", "water pumps", "field kitchens", "face masks", "ventilators", "hygiene kits", "mattresses",
    "sacks of rice", "generators", "vaccine doses", "stretchers",
)  # fmt: skip
_STAFF: Final = ("doctors", "nurses", "rescue workers", "engineers", "firefighters", "dog handlers", "surgeons")
_LOADS: Final = ("food", "medical supplies", "drinking water", "medicines", "relief goods", "wheat flour", "clothing")
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = ("January", "March", "April", "May", "June", "August", "October", "November")

_GIVINGS: Final = (
    "{donor} has sent {many} {goods} and {few} {staff} to {struck}, the foreign ministry said on {day}.",
    "{donor} announced on {day} that it would give ${sum} million to {struck} for the victims of the {disaster}.",
    "A cargo plane from {donor} carrying {tons} tonnes of {load} landed in {town} on {day} morning.",
    "{Body} said it was preparing to ship {many} {goods} to {town}, where most houses are gone.",
    "{many} {goods} donated by {donor} were handed over to the authorities of {struck} on {month} {date}.",
    "{struck} has asked {donor} and {body} for {staff}, {load} and {goods}.",
    "{donor} and {other} promised €{sum} million each, while {body} offered {few} {staff}.",
    "The government of {donor} had dispatched {few} {staff} before {struck} asked for help.",
    "{donor} may send a second ship with {tons} tonnes of {load} if the harbour of {town} is opened.",
    "{donor} denied reports that it had sent {goods} to {struck}.",
    "Among the goods that {donor} delivered are {many} {goods}, {few} {staff} said in {town}.",
    "{struck} thanked {donor} for {tons} tons of {load} received last week.",
)  # fmt: skip
_FIGURES: Final = (
    "At least {many} people were killed and more than {many} injured in {struck}, officials said.",
    "The {disaster} has left {many} families without a roof in and around {town}.",
    "The number of dead rose to {many} on {day} from {few} the day before.",
    "{struck} has reported {many} cases, {few} of them in {town}, and {few} deaths since {month} {date}.",
    "Damage is put at ${sum} billion, and {many} people are still missing.",
)  # fmt: skip
_QUOTES: Final = (
    "“We will stay as long as we are needed,” {office} {first} {last} of {donor} said in {town}.",
    "“The road is cut, the bridge has gone and nobody has told us when the trucks will come,” said {first} {last}, "
    "a teacher in {town}.",
    "{first} {last}, {office} of {struck}, told reporters: “Our neighbours were here before the rain had stopped.”",
    "“Winter is close,” {last} said. “People who sleep in the open will not live through it.”",
    "\"What came so far is a drop in the sea,\" {first} {last} of {body} said on {day}.",
)  # fmt: skip
_PADDING: Final = (
    "The parliament of {donor} meets on {day} to speak about the budget, trade with {other} and a new railway.",
    "Shops in {town} opened again for a few hours, and long lines stood before the only bakery that still had flour.",
    "It was the strongest {disaster} in the region since 19{years}, when a third of {town} was destroyed.",
    "Schools will stay closed until the end of {month}, and the police have asked people to keep off the coast road.",
    "Aftershocks were felt as far as {other}, where no damage was reported.",
    "Engineers who looked at the dam above {town} found cracks, but said that it would hold if the weather stayed dry.",
    "Prices of bread and fuel have doubled in a month, and the central bank has cut its forecast for the year.",
    "Critics say that warnings were not passed on, which the office of the governor called untrue.",
)  # fmt: skip
# How often a sentence of each kind comes: agency reports give about half of their room to what is no aid.
_KINDS: Final = (_GIVINGS, _GIVINGS, _FIGURES, _QUOTES, _PADDING, _PADDING)


def made_up_articles(number: int, *, words: tuple[int, int] = (300, 500), seed: int = 1) -> Iterator[str]:
    """Articles with a headline, a dateline and paragraphs of one to three sentences, one after the other.

    Args:
        number: how many.
        words: the least and the most words that the body of one is to have.
        seed: another seed gives other articles; the article at a place does not depend on ``number``.
    """
    for index in range(number):
        yield _article(random.Random(f"{seed} {index}"), words)


def write_articles(folder: Path, number: int, *, words: tuple[int, int] = (300, 500), seed: int = 1) -> int:
    """Write the articles as text files that ``aidgraph build`` reads; the number of their words."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for index, text in enumerate(made_up_articles(number, words=words, seed=seed)):
        (folder / f"made-up-{index:06}.txt").write_text(text, encoding="utf-8")
        total += len(text.split())
    return total


def _article(chance: random.Random, words: tuple[int, int]) -> str:
    story = {"struck": chance.choice(_COUNTRIES), "disaster": chance.choice(_DISASTERS)}
    headline = _filled("{donor} sends help to {struck} after {disaster}", chance, story)
    dateline = _filled("{TOWN}, {month} {date}, 20{years} (Reuters) - ", chance, story)
    wanted, body, have = chance.randint(*words), [], 0
    while have < wanted:
        kinds = (chance.choice(_KINDS) for _ in range(chance.randint(1, 3)))
        paragraph = " ".join(_filled(chance.choice(kind), chance, story) for kind in kinds)
        body.append(paragraph)
        have += len(paragraph.split())
    return "\n\n".join((headline, dateline + body[0], *body[1:])) + "\n"


def _filled(template: str, chance: random.Random, story: dict[str, str]) -> str:
    """The template with words for each of its gaps; a sentence begins with a capital."""
    donor, other = chance.sample([name for name in _COUNTRIES if name != story["struck"]], 2)
    town, body = chance.choice(_TOWNS), chance.choice(_BODIES)
    sentence = template.format(
        **story, donor=donor, other=other, town=town, TOWN=town.upper(), body=body, Body=body[0].upper() + body[1:],
        goods=chance.choice(_GOODS), staff=chance.choice(_STAFF), load=chance.choice(_LOADS),
        many=f"{chance.randint(110, 9900):,}", few=chance.randint(12, 95), tons=chance.randint(3, 400),
        sum=chance.choice((2, 5, 10, 20, 75, 1.5, 3.2)), day=chance.choice(_DAYS), month=chance.choice(_MONTHS),
        date=chance.randint(1, 28), years=f"{chance.randint(10, 22)}",
        office=chance.choice(_OFFICES), first=chance.choice(_FIRST), last=chance.choice(_LAST),
    )  # fmt: skip
    return sentence[0].upper() + sentence[1:]
