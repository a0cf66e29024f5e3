"""Brings the file of links up to date: candidates anew, verdicts as they were."""

from __future__ import annotations

from kg.confirm.candidates import candidate_rows
from kg.confirm.files import read_links, write_links
from kg.errors import DataError
from kg.link.alike import known_labels
from kg.lock import write_lock
from kg.readings import open_readings
from kg.settings import Settings


def refresh_candidates(settings: Settings) -> str:
    """Write the candidates for all articles that were built; what there is now, in words.

    Raises:
        DataError: nothing was built yet.
        SettingsError: the file is none of links, or cannot be written.
        StoreError: the data folder cannot be used.
    """
    file = read_links(settings.links, expected=False)
    with write_lock(settings.data), open_readings(settings.data) as readings:
        if not len(readings):
            raise DataError(f"{settings.data}: no article was built yet; build some first")
        rows = candidate_rows(readings, known_labels(), file.rows)
    write_links(settings.links, rows)
    decided = sum(bool(row.verdict) for row in rows)
    offered = {row.entity for row in rows if row.same_as and not row.verdict}
    alone = sum(not row.same_as for row in rows)
    return f"{settings.links}: candidates for {len(offered)} entities, none for {alone}, {decided} lines with a verdict"
