"""Header fields of answers."""

from __future__ import annotations

import pytest

from server.front.exchange import Fields
from server.front.fields import content_fields, names_tag, tag_field

TAGGED: Fields = [(b"vary", b"Accept"), (b"etag", b'W/"1/a"')]


@pytest.mark.parametrize(
    ("known", "fields", "is_named"),
    [
        (b'W/"1/a"', TAGGED, True),
        (b'"1/a"', TAGGED, True),
        (b'"0/a" , W/"1/a"', TAGGED, True),
        (b" * ", TAGGED, True),
        (b'"1/b"', TAGGED, False),
        (b'W/"1/a"', TAGGED[:1], False),
        (b"*", [], False),
    ],
)
def test_names_tag_compares_weakly(known: bytes, fields: Fields, is_named: bool) -> None:
    assert names_tag(known, fields) is is_named


def test_tag_is_of_one_version_and_form() -> None:
    forms = [
        ("text/csv", "br", None, b"a", "http"),
        (None, "br", None, b"a", "http"),
        (None, "br", None, b"a", "https"),
    ]
    tags = {tag_field(version, form) for version in ("1-a", "2-b") for form in forms}
    assert len(tags) == 6


def test_coding_is_named_unless_there_is_none() -> None:
    assert dict(content_fields("text/csv", "identity")).get(b"content-encoding") is None
    assert dict(content_fields("text/csv", "br"))[b"content-encoding"] == b"br"
    assert dict(content_fields("text/csv", "br"))[b"content-type"] == b"text/csv; charset=utf-8"
