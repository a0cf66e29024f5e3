"""More kinds of wording in which news tells of giving: carriers that come down, goods behind "with", sums, wants.

Each kind stands with sentences of several voices and topics, as in ``test_wordings.py``; the headline tells who is
helped, so that the sentences may leave it out.
"""

from __future__ import annotations

from typing import Any

import pytest

HEADLINE = "Hundreds killed as earthquake hits Nepal"
KINDS: dict[str, list[tuple[str, list[str]]]] = {
    "what comes down with goods aboard": [
        ("A Royal Air Force A400M touched down in Kathmandu on Monday with 12 boats.",
         ["united-kingdom > nepal delivered"]),
        ("A Spanish Air Force transport set down there on Saturday with eight nurses.", ["spain > nepal delivered"]),
        ("Two Indian helicopters put down in the valley with six doctors and their stretchers.",
         ["india > nepal delivered"]),
    ],
    "goods put ashore": [
        ("The Spanish navy's frigate Almeria put 12 tonnes of water ashore on Friday.", ["spain > nepal delivered"]),
        ("Danish sailors set 900 tents ashore.", ["denmark > nepal delivered"]),
        ("Maltese helicopters put down 20 tonnes of rice in the hills.", ["malta > nepal delivered"]),
    ],
    "where a carrier leaves from is no giver": [
        ("A Danish convoy left Delhi on Saturday for Pokhara.", ["denmark > nepal dispatched"]),
        ("A UNICEF plane has left Dubai with 40 tonnes of blankets.", ["unicef > nepal dispatched"]),
        ("A Swiss jet with 12 dogs took off from Dubai.", ["switzerland > nepal dispatched"]),
    ],
    "carriers at work": [
        ("Four Thai helicopters are shuttling to the villages.", ["thailand > nepal delivered"]),
        ("Two Chinese planes have been shuttling to Pokhara since Monday.", ["china > nepal delivered"]),
        ("Three Indian helicopters are operating in the mountains.", ["india > nepal delivered"]),
    ],
    "relative clauses behind whose goods they are": [
        ("Forty nurses and two ambulances from Bhutan, which arrived on Friday, are at the hospital.",
         ["bhutan > nepal delivered"]),
        ("The two planes of the reserve, which Sweden is to send on Sunday, are being readied.",
         ["sweden > nepal pledged"]),
        ("The beds, which Austria is to send on Friday, are badly needed.", ["austria > nepal pledged"]),
    ],
    "who is fitted out is helped": [
        ("Nepal is to be provided with 30 million yuan by China.", ["china > nepal pledged"]),
        ("Nepal was supplied with 900 beds by Norway.", ["norway > nepal delivered"]),
        ("Nepal had been presented with two ambulances by Kuwait.", ["kuwait > nepal delivered"]),
    ],
    "lists of short clauses": [
        ("The Danes lent two planes; Norway, tents; and Sweden, late, produced no fewer than 200 beds.",
         ["denmark > nepal delivered", "norway > nepal delivered", "sweden > nepal delivered"]),
        ("Bhutan has sent trucks; and China, stung, produced 90 lorries and 12 pilots.",
         ["bhutan > nepal dispatched", "china > nepal delivered"]),
        ("Oman pledged $2 million; Qatar, after a week, promised $3 million.",
         ["oman > nepal pledged", "qatar > nepal pledged"]),
    ],
    "others are reached as well": [
        ("China gave Laos 90,000 doses of vaccine. On Monday 50,000 doses reached Togo. Benin followed with 20,000.",
         ["china > benin delivered", "china > laos delivered", "china > togo delivered"]),
        ("India gave Bhutan 40,000 doses. In May 30,000 doses reached Fiji. Samoa followed with 5,000 doses.",
         ["india > bhutan delivered", "india > fiji delivered", "india > samoa delivered"]),
        ("Japan supplied Laos with 90 tents. In May 40 tents reached Togo. Benin followed with 20 tents.",
         ["japan > benin delivered", "japan > laos delivered", "japan > togo delivered"]),
    ],
    "a gift for a gift": [
        ("The Maldives have repaid the kindness with $2 million.", ["maldives > nepal delivered"]),
        ("Bhutan returned the favour with 300 tents.", ["bhutan > nepal delivered"]),
        ("Sri Lanka has reciprocated the gesture with 40 tonnes of tea.", ["sri-lanka > nepal delivered"]),
    ],
    "sums that have grown": [
        ("Tokyo multiplied its pledge fivefold to $50 million.", ["japan > nepal pledged"]),
        ("Berlin has quadrupled its own to 40 million euros.", ["germany > nepal pledged"]),
        ("Norway upped its offer to 9 million kroner.", ["norway > nepal pledged"]),
        ("Oman on Friday multiplied its own tenfold to $9 million.", ["oman > nepal pledged"]),
    ],
    "what has been given, as a subject": [
        ("What Denmark has given to date is $300,000.", ["denmark > nepal delivered"]),
        ("What Japan has sent is 40 tonnes of blankets.", ["japan > nepal dispatched"]),
        ("What Qatar has promised so far is $2 million.", ["qatar > nepal pledged"]),
    ],
    "setting bones": [
        ("Forty Greek nurses are setting bones in Pokhara.", ["greece > nepal delivered"]),
        ("Cuban surgeons are stitching wounds by torchlight.", ["cuba > nepal delivered"]),
        ("Doctors from Malta are bandaging broken limbs in a school.", ["malta > nepal delivered"]),
    ],
    "what is wanted stands in a clause of its own": [
        ("The mayor has been asking everyone he knows for body bags.", ["- > nepal requested"]),
        ("Prime Minister Sushil Koirala of Nepal pleaded on Thursday for helicopters to reach the villages.",
         ["- > nepal requested"]),
        ("Nepal has begged anybody who would listen for tents.", ["- > nepal requested"]),
    ],
    "no giving": [
        ("A storm set down in Nepal with winds of 90 miles an hour.", []),
        ("Pokhara put down a rebellion with 400 soldiers.", []),
        ("The government put the number of dead at 4,000.", []),
        ("Thieves returned to the house with a lorry.", []),
    ],
}  # fmt: skip
LINES: list[tuple[str, str, list[str]]] = [
    ("Pledges so far:", "• Ireland: €2 million allocated to Malawi, €1 million to Zambia",
     ["ireland > malawi pledged", "ireland > zambia pledged"]),
    ("Donations so far:", "• Oman – USD 5 million disbursed to UNHCR for refugees in Chad", ["oman > chad delivered"]),
]  # fmt: skip

# Sentences that the rules do not read yet: what is expected, and why they fail.
UNREAD: list[tuple[str, list[str], str]] = [
    ("India gave Bhutan 40,000 doses. In May 30,000 doses reached Fiji, and Samoa followed with 5,000 doses.",
     ["india > bhutan delivered", "india > fiji delivered", "india > samoa delivered"],
     "two who are named on both sides of a comma and “and” are taken for a list"),
    ("At the request of the authorities in Delhi, a Thai aircraft landed in Kathmandu with rice.",
     ["thailand > nepal delivered"], "the place of the request is taken for where it landed"),
    ("Two Chinese planes shuttle to Pokhara every day.", ["china > nepal delivered"],
     "the parse makes a noun of the verb"),
    ("India could spare no more than 500 tonnes of rice.", ["india > nepal delivered"],
     "“could” is taken for a chance"),
    ("Plasma was given by Cuba, blankets by the Dutch.", ["cuba > nepal delivered", "netherlands > nepal delivered"],
     "a people is no name for those who stand behind their goods"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "facts"),
    [pytest.param(text, facts, id=f"{kind}: {text}") for kind, cases in KINDS.items() for text, facts in cases],
)
def test_wording_of_this_kind_is_told(read: Any, text: str, facts: list[str]) -> None:
    assert read(text, headline=HEADLINE).facts == sorted(facts)


@pytest.mark.parametrize(("heading", "line", "facts"), LINES)
def test_line_with_a_participle_tells_its_giving(read: Any, heading: str, line: str, facts: list[str]) -> None:
    assert read(f"The survivors wait. {heading}\n\n{line}").facts == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [pytest.param(text, facts, marks=pytest.mark.xfail(reason=why), id=text) for text, facts, why in UNREAD],
)
def test_wording_of_a_kind_that_is_not_read_yet(read: Any, text: str, facts: list[str]) -> None:
    assert read(text, headline=HEADLINE).facts == sorted(facts)
