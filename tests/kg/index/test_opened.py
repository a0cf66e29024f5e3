"""Opening an index, and what is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.index import schema
from kg.index.build import FILE, build_index
from kg.index.opened import counts_of, has_index, open_index


def test_open_index_reads_and_does_not_write(tmp_path: Path) -> None:
    build_index(ox.Store(), tmp_path)
    with closing(open_index(tmp_path)) as index:
        assert index.execute("SELECT key FROM meta WHERE key = 'triples'").fetchone()["key"] == "triples"
        assert counts_of(index) == dict.fromkeys(schema.COUNTED, 0)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            index.execute("DELETE FROM meta")


def test_no_index_is_told(tmp_path: Path) -> None:
    assert not has_index(tmp_path)
    with pytest.raises(StoreError, match="there is no index"):
        open_index(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no database at all, not even a short one"])
def test_damaged_index_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert not has_index(tmp_path)
    with pytest.raises(StoreError, match="cannot be read"):
        open_index(tmp_path)


def test_index_of_another_version_of_the_program_is_none(tmp_path: Path) -> None:
    with closing(sqlite3.connect(build_index(ox.Store(), tmp_path))) as index, index:
        index.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (schema.VERSION + 1,))
    assert not has_index(tmp_path)
    with pytest.raises(StoreError, match="has tables of version"):
        open_index(tmp_path)
