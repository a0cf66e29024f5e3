"""Sorting in blocks gives what sorting in memory gives."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from kg.dumps.sorting import Sorter, merge_sorted

LINE = st.binary(max_size=6).map(lambda text: text.replace(b"\n", b"").replace(b"\r", b"") + b"\n")


@given(st.lists(LINE, max_size=60), st.integers(1, 50), st.integers(1, 4))
def test_lines_come_in_order_and_once(lines: list[bytes], in_memory: int, files: int) -> None:
    with Sorter(in_memory, files) as sorter:
        for line in lines:
            sorter.add(line)
        found = [line for block in sorter.blocks() for line in block]
    assert found == sorted(set(lines))


@given(st.lists(st.lists(LINE, max_size=30), max_size=5), st.lists(LINE, max_size=30))
def test_sorted_files_are_merged(files: list[list[bytes]], more: list[bytes]) -> None:
    opened = [io.BytesIO(b"".join(sorted(set(lines)))) for lines in files]
    with Sorter() as sorter:
        sorter.add(b"".join(more))
        found = [line for block in sorter.blocks(*opened) for line in block]
    assert found == sorted({line for lines in (*files, more) for line in lines})


def test_large_files_are_merged_in_parts() -> None:
    numbers = [b"%07d\n" % number for number in range(60_000)]
    files = [io.BytesIO(b"".join(numbers[start::3])) for start in range(3)]
    blocks = list(merge_sorted([*files], read=1))
    assert len(blocks) > 3
    assert [line for block in blocks for line in block] == numbers
