"""Whatever happens to articles, corrections, links and the store: the graph is that of a build from nothing.

Hypothesis makes up sequences and shortens those that fail. A stand-in reads articles of a few words, with so few names
that articles tell each other's events all the time. More steps than in every run of the tests:
``AIDGRAPH_STEPS=2000 pytest tests/kg/ledger/test_any_sequence.py``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from unittest.mock import Mock, patch

import pyoxigraph as ox
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kg.confirm.files import LinksFile, confirmed_links
from kg.corrections.judging import judge, refused_warnings
from kg.counts import count_facts
from kg.ledger import filling
from kg.ledger.run import update_graph
from kg.lock import write_lock
from kg.merge.confirmed import ConfirmedLink
from kg.merge.events import merge_readings
from kg.rdf.confirmed import confirmed_quads
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_quads
from kg.readings import Origin, Readings, open_readings
from kg.records import (
    Article,
    Correction,
    CorrectionKind,
    Entity,
    Item,
    Judgement,
    PartialDate,
    Phase,
    Quantity,
    Reading,
    Report,
    Span,
)  # fmt: skip
from kg.store import current_version, keep_built, new_generation, open_snapshot

STEPS = int(os.environ.get("AIDGRAPH_STEPS", "200"))
EXAMPLES = max(5, STEPS // 20)
DAY = PartialDate("2024-05-02")
TEXT = "A gives B help. Then C gives D more."
ARTICLES = [f"article-{number}" for number in range(5)]
PARTIES = ["country/a", "country/b", "organization/a", "unnamed/several"]
DAYS = [None, "2020", "2020-03", "2020-03-01", "2020-03-02"]
BASES = ["http://one/", "http://two/"]


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A giving among few parties, so that others tell it as well."""
    donors, recipients = (draw(st.lists(st.sampled_from(PARTIES), max_size=2, unique=True)) for _ in range(2))
    phase: Phase = draw(st.sampled_from(("pledged", "dispatched", "delivered")))
    amount = draw(st.sampled_from((None, Decimal(5), Decimal(7))))
    quantity = Quantity(amount, unit="t") if amount else None
    item = Item(Span(8, 9), "help", draw(st.sampled_from(("food", "funds"))), quantity)
    day = draw(st.sampled_from(DAYS))
    return Report(
        phase,
        draw(st.sampled_from(("asserted", "asserted", "asserted", "denied"))),
        (draw(st.sampled_from((Span(0, 15), Span(16, 36)))),),
        tuple(donors),
        tuple(recipients),
        items=(item,) if draw(st.booleans()) else (),
        date=PartialDate(day) if day else None,
        crisis=draw(st.sampled_from((None, "crisis/flood"))),
    )


@st.composite
def entities(draw: st.DrawFn, told: list[Report]) -> tuple[Entity, ...]:
    """Those that the reports speak of, by one spelling or another."""
    keys = {key for report in told for key in (*report.donors, *report.recipients, report.crisis or "")} - {""}
    keys |= set(draw(st.lists(st.sampled_from(["country/a", "place/p"]), max_size=2)))
    return tuple(draw(described(key)) for key in sorted(keys))


@st.composite
def described(draw: st.DrawFn, key: str) -> Entity:
    kind, _, name = key.partition("/")
    return Entity(
        key,
        kind,  # type: ignore[arg-type]  # the keys above begin with kinds
        draw(st.sampled_from((name.title(), name.upper()))),
        aliases=draw(st.sampled_from(((), ("Alias",)))),
        same_as=draw(st.sampled_from(((), ("http://www.wikidata.org/entity/Q1",)))) if kind != "unnamed" else (),
        disaster="flood" if kind == "crisis" else None,
        part_of="country/a" if kind == "place" else None,
        listed=draw(st.booleans()),
        reason=draw(st.sampled_from(("one reason", "another"))),
    )


@st.composite
def corrections(draw: st.DrawFn, identifier: str, told: list[Report]) -> tuple[Correction, ...]:
    """Mostly none; else an editor's word on an event of this article and one of another."""
    asserted = [place for place, report in enumerate(told) if report.modality == "asserted"]
    if not asserted or draw(st.integers(0, 2)):
        return ()
    other = draw(st.sampled_from([one for one in ARTICLES if one != identifier]))
    same = draw(st.booleans())
    judgement = Judgement(same, other, draw(st.sampled_from(("gives B", "gives D"))))
    place = f"{identifier}.corrections.yaml:3"
    kind: CorrectionKind = "same event" if same else "different events"
    return (
        Correction("unlink", "Desk", DAY, "a slip", place),
        Correction(kind, "Desk", DAY, "seen", place, reports=(asserted[-1],), judgement=judgement),
    )


@st.composite
def readings(draw: st.DrawFn, identifier: str) -> Reading:
    told = draw(st.lists(reports(), max_size=3))
    article = Article(identifier, "0" * 64, TEXT, "A gives B help", ())
    return Reading(
        article,
        entities=draw(entities(told)),
        reports=tuple(told),
        corrections=draw(corrections(identifier, told)),
    )


LINKS = st.lists(
    st.sampled_from([
        ConfirmedLink(key, f"http://www.wikidata.org/entity/Q{number}", "Desk", DAY, "links.tsv:2")
        for key in ("country/a", "country/b", "place/p")
        for number in (1, 2)
    ]),
    max_size=2,
    unique=True,
)  # fmt: skip


class Newsroom(RuleBasedStateMachine):
    """A data folder, and beside it what it is to hold."""

    @initialize()
    def begin(self) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="newsroom-"))
        self.kept: dict[str, Reading] = {}
        self.links: list[ConfirmedLink] = []
        self.base, self.stamp = BASES[0], "1"
        self.others: set[ox.Quad] = set()
        self.is_built = False

    def teardown(self) -> None:
        if hasattr(self, "data"):
            shutil.rmtree(self.data)

    @rule(data=st.data(), identifiers=st.sets(st.sampled_from(ARTICLES), min_size=1, max_size=3))
    def put(self, data: st.DataObject, identifiers: set[str]) -> None:
        for identifier in sorted(identifiers):
            self.kept[identifier] = data.draw(readings(identifier))
            with self.readings() as kept:
                kept.put(Origin(identifier, identifier, "p", "", "s", "f"), self.kept[identifier])
        self.is_built = False

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        identifier = data.draw(st.sampled_from(sorted(self.kept)))
        del self.kept[identifier]
        with self.readings() as kept:
            kept.remove(identifier)
        self.is_built = False

    @rule(links=LINKS)
    def confirm(self, links: list[ConfirmedLink]) -> None:
        self.links, self.is_built = links, False

    @rule(base=st.sampled_from(BASES), stamp=st.sampled_from("12"))
    def change_rules(self, base: str, stamp: str) -> None:
        self.base, self.stamp, self.is_built = base, stamp, False

    @rule(in_bulk=st.booleans())
    def build(self, in_bulk: bool) -> None:
        with (
            patch.multiple(
                filling,
                FEW=0 if in_bulk else 200,
                PART=1 << 30 if in_bulk else 10,
                index_generation=Mock(),
                index_later=Mock(),
            ),
            write_lock(self.data),
            self.readings() as kept,
        ):
            links = LinksFile(confirmed=tuple(self.links))
            self.updated = update_graph(self.data, kept, self.base, links, lambda *_: None)
        self.is_built = True
        assert self.updated.counts == count_facts(open_snapshot(self.data).store)

    @precondition(lambda self: current_version(self.data) is not None)
    @rule(data=st.data())
    def write_beside(self, data: st.DataObject) -> None:
        """Others add what they like, also what the builder says and in its graphs; they take away only their own."""
        store = open_snapshot(self.data).store
        there = sorted(set(store) - self.others, key=str)
        node = ox.NamedNode("http://others/")
        strange = [ox.Quad(node, node, node), ox.Quad(node, node, node, node), *self.elsewhere(data, there)]
        added = set(data.draw(st.lists(st.sampled_from(strange), max_size=2)))
        own = st.lists(st.sampled_from(sorted(self.others, key=str)), max_size=1) if self.others else st.just([])
        removed = set(data.draw(own))
        with write_lock(self.data), new_generation(self.data) as generation:
            generation.store.extend(added)
            for quad in removed:
                generation.store.remove(quad)
                if not list(generation.store.quads_for_pattern(None, None, None, quad.graph_name)):
                    generation.store.remove_graph(quad.graph_name)
            keep_built(generation)
        self.others = (self.others | added) - removed

    def elsewhere(self, data: st.DataObject, there: list[ox.Quad]) -> Iterator[ox.Quad]:
        """A triple of the builder's, in a graph of another of its articles and in one of others."""
        if there:
            quad = data.draw(st.sampled_from(there))
            yield from (
                ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
                for name in (f"{self.base}id/article/article-1", "http://others/graph")
            )

    def readings(self) -> AbstractContextManager[Readings]:
        return open_readings(self.data, f"{self.stamp} {self.base}")

    @invariant()
    def graph_is_that_of_a_build_from_nothing(self) -> None:
        if not getattr(self, "is_built", False):
            return
        store = open_snapshot(self.data).store
        wanted, warnings = self.wanted()
        others = {quad for quad in self.others if quad not in wanted}
        self.others = others
        assert set(store) == wanted | others
        assert set(store.named_graphs()) == {quad.graph_name for quad in store} - {ox.DefaultGraph()}
        assert self.updated.warnings == warnings

    def wanted(self) -> tuple[set[ox.Quad], tuple[str, ...]]:
        every = [self.kept[identifier] for identifier in sorted(self.kept)]
        with self.readings() as kept:
            judged, unmatched = judge(kept)
        merged, iris = merge_readings(every, judged), Iris(self.base)
        links, unlinked = confirmed_links(LinksFile(confirmed=tuple(self.links)), merged.entities)
        quads = {*common_quads(merged, iris), *confirmed_quads(links, iris)}
        for reading in every:
            quads |= set(reading_quads(reading, merged, iris))
        return quads, (*unmatched, *refused_warnings(merged.refused), *unlinked)


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
