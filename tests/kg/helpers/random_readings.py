"""Random readings of articles that share what they speak of, so that what they say meets (Hypothesis).

Few words to choose from and many collisions: parties with and without a name or none at all, vague and precise dates,
names told in several spellings, reports found by two rules, judgements of editors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hypothesis import strategies as st

from kg.merge.judged import Judged
from kg.merge.units import tellings_of
from kg.records import (
    Article,
    Correction,
    CorrectionKind,
    Entity,
    Figure,
    Item,
    Judgement,
    Mention,
    Overruled,
    PartialDate,
    Quantity,
    Quotation,
    Reading,
    Report,
    Role,
    Span,
)  # fmt: skip

TEXT: Final = 'Aid lands. Some gave tents, and 😀 others "food" .\nThey said so <twice>, or not \\at all. ' * 2
_ARTICLES: Final = ("a", "b", "c 1", "d-é")
_PARTIES: Final = ("country/a", "country/b", "organization/a", "unnamed/some")
_ENTITIES: Final = (
    Entity("country/a", "country", "A", same_as=("http://example.org/a",)),
    Entity("country/b", "country", "B"),
    Entity("country/c", "country", "C"),
    Entity("crisis/flood", "crisis", "Flood", struck=("country/a", "country/c")),
    Entity("organization/a", "organization", "Army", subtype="GovernmentOrganization", part_of="country/c"),
    Entity("person/ann", "person", "Ann"),
    Entity("place/town", "place", "Town", part_of="country/a", start=PartialDate("2020")),
    Entity("unnamed/some", "unnamed", "some"),
)
_SPELLINGS: Final = ("Ann", "Anna", 'Ann "B" C.', "A.\n")
_DATES: Final = tuple(map(PartialDate, ("2020-03-22", "2020-03-23", "2020-03", "2020", "2021-01-01")))
_GOODS: Final = (
    Item(Span(10, 14), "tents", "shelter", Quantity(unit="tents")),
    Item(Span(11, 15), "masks", "masks"),
    Item(Span(11, 15), "gowns", "ppe"),
    Item(Span(20, 24), "money \\ more", "funds"),
)

_spans = st.integers(0, 90).map(lambda start: Span(start, start + 5))
_parties = st.lists(st.sampled_from(_PARTIES), max_size=2, unique=True).map(tuple)
_reports = st.builds(
    Report,
    phase=st.sampled_from(("requested", "pledged", "dispatched", "delivered")),
    modality=st.sampled_from(("asserted", "asserted", "asserted", "denied")),
    evidence=_spans.map(lambda span: (span,)),
    donors=_parties,
    recipients=_parties,
    implementers=st.sampled_from(((), ("organization/a",))),
    items=st.lists(st.sampled_from(_GOODS), max_size=2).map(tuple),
    date=st.sampled_from((None, *_DATES)),
    locations=st.sampled_from(((), ("place/town",))),
    crisis=st.sampled_from((None, "crisis/flood", "crisis/flood")),
    rule=st.sampled_from(("one", "two")),
)
_figures = st.builds(
    Figure,
    measure=st.sampled_from(("deaths", "damage")),
    quantity=st.sampled_from((Quantity(currency="EUR"), Quantity(unit="people"))),
    evidence=_spans,
    place=st.sampled_from((None, "place/town")),
)
_overruled = st.builds(Overruled, st.just("date"), st.just("2020"), _spans.map(lambda span: (span,)))
_corrections = st.builds(
    Correction,
    kind=st.just("change report"),
    by=st.sampled_from(("Desk", "Other desk")),
    date=st.just(PartialDate("2024-05-02")),
    why=st.sampled_from(("It was.", "It\nwas.")),
    place=st.just("x:1"),
    replaced=st.lists(_overruled, max_size=1).map(tuple),
    problem=st.sampled_from(("", "", "fits nothing")),
)


@st.composite
def readings(draw: st.DrawFn, *, most: int = len(_ARTICLES)) -> list[Reading]:
    """The readings of so many articles at most."""
    names = draw(st.lists(st.sampled_from(_ARTICLES), min_size=1, max_size=most, unique=True))
    return [draw(_reading(name)) for name in names]


@st.composite
def judgements(draw: st.DrawFn, told: Sequence[Reading]) -> tuple[list[Reading], list[Judged]]:
    """The readings, and what editors say of their tellings; each such word is a correction in the first's article."""
    readings, judged = list(told), []
    for number in range(draw(st.integers(0, 3))):
        here = draw(st.sampled_from(range(len(readings))))
        near = [(place, one) for place, reading in enumerate(readings) if place != here for one in tellings_of(reading)]
        own = tellings_of(readings[here])
        if own and near:
            one, (_, other) = draw(st.sampled_from(own)), draw(st.sampled_from(near))
            position = len(readings[here].corrections)
            same = draw(st.sampled_from((True, True, False)))
            judged.append(Judged(one, other, same, "so it was", f"file:{number}", position))
            readings[here] = _with_judgement(readings[here], number, same=same)
    return readings, judged


def _with_judgement(reading: Reading, number: int, *, same: bool) -> Reading:
    kind: CorrectionKind = "same event" if same else "different events"
    said = Judgement(same, "another", "words")
    made = Correction(kind, "Desk", PartialDate("2024-05-03"), "so it was", f"file:{number}", judgement=said)
    return replace(reading, corrections=(*reading.corrections, made))


@st.composite
def _reading(draw: st.DrawFn, name: str) -> Reading:
    reports = draw(st.lists(_reports, max_size=5))
    again = draw(st.sampled_from((0, 0, 1)))
    known = [entity for entity in _ENTITIES if entity.key != "country/c" or draw(st.booleans())]
    return Reading(
        Article(name, "0" * 64, TEXT, "Aid lands.", (), license=draw(st.sampled_from((None, "CC BY 4.0")))),
        tuple(_described(draw, entity) for entity in known),
        (Mention(Span(0, 3), "country/a"),),
        (Role("person/ann", "Minister", "country/a", draw(_spans)),),
        (*reports, *reports[:again]),
        tuple(draw(st.lists(_figures, max_size=2))),
        (Quotation("person/ann", Span(4, 9), draw(_spans)),),
        corrections=tuple(draw(st.lists(_corrections, max_size=2))),
    )


def _described(draw: st.DrawFn, entity: Entity) -> Entity:
    """The entity in this article's words."""
    if entity.key == "person/ann":
        entity = replace(entity, name=draw(st.sampled_from(_SPELLINGS)), listed=draw(st.booleans()))
    return replace(entity, reason=draw(st.sampled_from(("here", "there"))))
