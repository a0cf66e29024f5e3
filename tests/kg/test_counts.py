"""Counting what the graph holds."""

import pyoxigraph as ox

from kg.counts import Counts, count_facts


def test_seed_articles_are_counted(gold_store: ox.Store) -> None:
    counts = count_facts(gold_store)
    assert counts == Counts(articles=2, events=8, statistics=11, quotations=6, entities=34, quads=len(gold_store))


def test_counts_read_as_a_line() -> None:
    assert str(Counts(1, 1, 2, 1, 1, 1234)) == "1 article, 1 event, 2 statistics, 1 quotation, 1 entity, 1,234 quads"
