"""Files packed with Zstandard: whole, in several frames, cut short, and none at all."""

from pathlib import Path

import pytest
import zstandard

from kg.errors import DataError
from kg.loading import read_quads
from kg.unzstd import open_zstd

TEXT = b"".join(b"<http://x/%d> <http://x/p> <http://x/o> .\n" % number for number in range(20_000))


def packed(text: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(text)


@pytest.mark.parametrize("data", [packed(TEXT), packed(TEXT[:500]) + packed(TEXT[500:]), packed(b"") + packed(TEXT)])
def test_file_is_read_like_any_other(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.nt.zst"
    path.write_bytes(data)
    with open_zstd(path) as file:
        assert file.read(10) == TEXT[:10]
        assert file.read() == TEXT[10:]
    assert len(list(read_quads(path))) == 20_000


def test_file_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.nt.zst"
    path.write_bytes(packed(TEXT)[:-20])
    with pytest.raises(DataError, match="ends before"):
        list(read_quads(path))


def test_file_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.nt.zst"
    path.write_bytes(b"words")
    with pytest.raises(DataError, match="is not Zstandard"):
        list(read_quads(path))
    with pytest.raises(DataError, match="cannot be read"):
        list(read_quads(tmp_path / "b.nt.zst"))
