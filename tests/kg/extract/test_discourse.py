"""What a clause leaves out and the document tells: parties, crisis and date, on made-up documents."""

from __future__ import annotations

from typing import Any

import pytest

FLOOD = "Floods in Mozambique have cut off hundreds of villages."

# what is tested: the document, the reports in it
DOCUMENTS: dict[str, tuple[str, list[str]]] = {
    "relief by the stricken country itself": (f"{FLOOD}\n\nMozambique sent 40 doctors.", []),
    "helped are those whom the crisis struck": (
        f"{FLOOD}\n\nPortugal sent two helicopters.", ["portugal > mozambique dispatched"],
    ),
    "helped are the stricken, of a promise too": (
        "Cholera has spread through Yemen for months.\n\nEgypt will send medicines on Friday.",
        ["egypt > yemen pledged"],
    ),
    "helped are the stricken, each giver apart": (
        "A typhoon has struck the Philippines.\n\nJapan sent blankets. Canada gave 500 tents.",
        ["canada > philippines delivered", "japan > philippines dispatched"],
    ),
    "a crisis abroad does not make a trade into help": (f"{FLOOD}\n\nPortugal bought 30 tonnes of fish.", []),
    "pronoun for the giver": (
        "Portugal has old ties with Mozambique. It sent two helicopters to the country.",
        ["portugal > mozambique dispatched"],
    ),
    "pronoun for the giver's organs": (
        "Norway met the envoys on Monday. Its government pledged 5 million kroner to Yemen.",
        ["norway > yemen pledged"],
    ),
    "a neighbour told by the compass": (
        "South Africa had a good harvest. Zimbabwe received 400 tonnes of maize from its southern neighbour.",
        ["south-africa > zimbabwe delivered"],
    ),
    "the country": (
        "Bolivia has no coast. Last week Peru gave 300 tents to the country.", ["peru > bolivia delivered"],
    ),
    "he": (
        "The Ghanaian president, Kofi Asante, spoke on Monday. He promised 100 nurses to Liberia.",
        ["ghana > liberia pledged"],
    ),
    "they": (
        "Several countries met in Geneva. They pledged 40 million dollars to Yemen.",
        ["several-countries > yemen pledged"],
    ),
    "a line that its giver heads": (
        "Aid after the earthquake in Chile:\n\n• Kuwait: 200 tents were sent\n\n• Bolivia: 40 nurses arrived",
        ["bolivia > chile delivered", "kuwait > chile dispatched"],
    ),
    "a label without a list": (
        "The earthquake in Chile left many without homes.\n\nKuwait: two aircraft with tents were sent.",
        ["kuwait > chile dispatched"],
    ),
    "what arrives goes on about the giving before": (
        "Japan sent doctors to the Philippines. Twenty doctors arrived on Monday.", ["japan > philippines delivered"],
    ),
    "a promise that is kept": (
        "Peru promised 300 tents to Chile. The tents arrived on Friday.", ["peru > chile delivered"],
    ),
    "two gifts of other size": (
        "Peru gave 300 tents to Chile on Monday. On Friday Peru gave 40 tents to Chile.",
        ["peru > chile delivered", "peru > chile delivered"],
    ),
    "the later helper helps the same": (
        "Ireland sent milk to Biafra. Gabon, too, gave milk.",
        ["gabon > biafra delivered", "ireland > biafra dispatched"],
    ),
    "goods that were called help before": (
        "Japan sent help to the Philippines. Twenty doctors arrived on Monday.",
        ["japan > philippines delivered"],
    ),
}  # fmt: skip
# The same for documents that the rules do not read yet, with the reason.
UNREAD: list[tuple[str, list[str], str]] = [
    ("Yemen asked Egypt for medicines. Egypt sent them on Friday.", ["egypt > yemen dispatched"],
     "a pronoun for goods is not resolved"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_document_tells_what_the_clause_leaves_out(read: Any, text: str, facts: list[str]) -> None:
    assert read(f"The survivors wait. {text}").facts == sorted(facts)


@pytest.mark.parametrize(
    ("text", "facts"),
    [pytest.param(text, facts, marks=pytest.mark.xfail(reason=why), id=why) for text, facts, why in UNREAD],
)
def test_document_that_is_not_read_yet(read: Any, text: str, facts: list[str]) -> None:
    assert read(f"The survivors wait. {text}").facts == sorted(facts)


@pytest.mark.parametrize(
    ("text", "published", "crisis"),
    [
        (f"{FLOOD} Portugal sent two helicopters.", "2000-03-02", "crisis/2000-mozambique-flood"),
        ("Cyclone Idai struck Mozambique. Portugal sent two helicopters.", "2019-03-20", "crisis/cyclone-idai"),
        ("The typhoon struck the Philippines. Japan sent tents.", "2013-11-12", "crisis/typhoon-haiyan"),
        ("Peru sent tents to Chile after the earthquake.", "2010-03-02", "crisis/2010-chile-earthquake"),
        ("Peru sent tents to Chile after the earthquake of 1960.", None, "crisis/1960-valdivia-earthquake"),
        ("Oman sent medicines to Yemen against cholera.", "2017-07-01", "crisis/yemen-cholera-outbreak"),
        ("The survivors wait. Portugal sent 20 tents to Mozambique.", "2018-06-20", None),
    ],
)
def test_giving_is_part_of_the_crisis_in_force(read: Any, text: str, published: str | None, crisis: str | None) -> None:
    assert [report.crisis for report in read(text, published=published).reports] == [crisis]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Peru sent tents to Chile on 2 March 2010.", "2010-03-02"),
        ("On Monday Peru sent tents to Chile.", "2018-06-18"),
        ("Peru sent tents to Chile yesterday.", "2018-06-19"),
        ("In May 1960 Peru sent tents to Chile.", "1960-05"),
        ("Peru sent tents to Chile in 1939.", "1939"),
        ("Peru will send tents to Chile tomorrow.", "2018-06-21"),
        ("Peru sent tents to Chile.", None),
    ],
)
def test_giving_has_the_date_of_its_clause(read: Any, sentence: str, day: str | None) -> None:
    reports = read(f"The survivors wait. {sentence}").reports
    assert [report.date.iso if report.date else None for report in reports] == [day]


def test_help_in_a_past_crisis_is_dated_by_that_crisis(read: Any) -> None:
    story = "Mexico sent tents to Peru after the flood in Peru."
    aside = "After the 2010 Chile earthquake, Cuba sent 30 doctors."
    past = read(f"{story}\n\nThe flood was the worst in Peru for years.\n\n{aside}").reports[-1]
    assert (past.crisis, past.date.iso, past.recipients) == (
        "crisis/2010-chile-earthquake", "2010", ("country/chile",),
    )  # fmt: skip


def test_help_in_a_past_crisis_has_its_month_where_the_text_tells_it(read: Any) -> None:
    story = "Mexico sent tents to Peru after the flood in Peru."
    aside = "After the 2010 Chile earthquake, Cuba sent 30 doctors."
    end = "It had struck on 27 February 2010."
    past = read(f"{story}\n\nThe flood was the worst in Peru for years.\n\n{aside} {end}").reports[-1]
    assert past.date.iso == "2010-02"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Peru sold 20 trucks. Peru sent trucks to Chile.", "the words around it speak of trade or arms"),
        ("Peru sent two helicopters to Chile.", "neither a crisis nor relief is spoken of"),
    ],
)
def test_note_tells_why_a_clause_is_not_taken(read: Any, text: str, why: str) -> None:
    assert [note.text for note in read(text).found[1]] == [f"transfer: send is not taken: {why}"]


def test_note_tells_why_a_clause_is_not_read(read: Any) -> None:
    (note,) = read("Did Peru send tents to Chile?").found[1]
    assert note.text == "“send” is not read: a question"
