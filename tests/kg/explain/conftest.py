"""A data folder with one kept reading that the rules would not make again."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.read import parse_text
from kg.readings import Origin, open_readings
from kg.records import Entity, Mention, Reading, Span


@pytest.fixture
def keep_reading(tmp_path: Path) -> Reading:
    """The reading of the article ``kept`` in ``tmp_path/data``."""
    (tmp_path / "data").mkdir()
    article = parse_text(b"Norway sends tents\n\nThey are for Chile.", id="kept", source="kept.txt")
    entity = Entity("organization/norway", "organization", "Norway")
    reading = Reading(article, (entity,), (Mention(Span(0, 6), entity.key),))
    with open_readings(tmp_path / "data") as readings:
        readings.put(Origin("kept", "kept", "/gone/kept.txt", "", "0", "rules of before"), reading)
    return reading
