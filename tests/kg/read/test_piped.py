"""Standard input as a source."""

from __future__ import annotations

import io

import pytest

from kg.errors import SettingsError
from kg.read import copy_input, find_sources, read_article

LINES = b'{"id": "two", "text": "Aid reaches the north"}\n{"id": "one", "text": "Aid reaches the south"}'
PAGE = b"<h1>Aid for all</h1><p>Norway has sent 200 tents to Chile after the earthquake of last week.</p>"


@pytest.mark.parametrize(
    ("data", "form", "id", "ids"),
    [
        (b"Aid reaches the north", "txt", "aid", ["aid"]),
        (PAGE, "html", "aid.2", ["aid.2"]),
        (LINES, "jsonl", None, ["one", "two"]),
        (b"", "jsonl", None, []),
    ],
)
def test_input_is_read_like_a_file(data: bytes, form: str, id: str | None, ids: list[str]) -> None:
    with copy_input(io.BytesIO(data), form=form, id=id) as piped:
        sources = find_sources([piped])
        assert [read_article(source).id for source in sources] == ids


def test_copy_is_gone_afterwards() -> None:
    with copy_input(io.BytesIO(b"Aid"), form="txt", id="aid") as piped:
        assert piped.path.read_bytes() == b"Aid"
    assert not piped.path.parent.exists()


@pytest.mark.parametrize(
    ("form", "id", "words"),
    [
        ("pdf", "aid", "--format: got 'pdf', expected one of txt, html, jsonl"),
        ("txt", None, "--id: got 'none'; an article on standard input needs a printable identifier"),
        ("txt", "", "--id: got 'none'"),
        ("html", "a\nb", "needs a printable identifier"),
        ("txt", " a", "needs a printable identifier"),
        ("jsonl", "aid", "--id: lines of jsonl have identifiers of their own"),
    ],
)
def test_unfit_options_are_refused_before_anything_is_read(form: str, id: str | None, words: str) -> None:
    stream = io.BytesIO(b"Aid")
    with pytest.raises(SettingsError) as error, copy_input(stream, form=form, id=id):
        pass
    assert words in str(error.value)
    assert stream.tell() == 0
