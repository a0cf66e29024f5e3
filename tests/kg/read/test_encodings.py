"""Which encoding a page is read in, whatever it says."""

from __future__ import annotations

import pytest

from kg.errors import ArticleError
from kg.read.encodings import decode_page

TEXT = "Nordland’s café gives – “10 €” to Estria"
RUSSIAN = "Россия отправила помощь в Италию"


def page(text: str, *, said: str = "", encoding: str = "utf-8") -> bytes:
    return f'<html><head><meta charset="{said}"></head><body>{text}</body></html>'.encode(encoding)


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("no-such-encoding", "utf-8"),
        ("rot13", "utf-8"),
        ("utf-16", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("us-ascii", "cp1252"),
        ("utf-8", "cp1252"),
        ("", "cp1252"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "utf-16"),
    ],
)
def test_decode_page(said: str, encoding: str) -> None:
    decoded = decode_page(page(TEXT, said=said, encoding=encoding), source="a.html")
    assert TEXT in decoded.text
    assert decoded.remarks == ()


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5"])
def test_decode_page_as_it_says(encoding: str) -> None:
    assert RUSSIAN in decode_page(page(RUSSIAN, said=encoding, encoding=encoding), source="a.html").text


@pytest.mark.parametrize(
    "head",
    [
        "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>",
        "<META CONTENT='text/html;charset=WINDOWS-1251' HTTP-EQUIV=Content-Type>",
        "<?xml version='1.0' encoding='windows-1251'?>",
    ],
)
def test_decode_page_finds_what_it_says(head: str) -> None:
    assert RUSSIAN in decode_page(f"{head}<p>{RUSSIAN}</p>".encode("cp1251"), source="a.html").text


def test_few_broken_bytes_do_not_cost_the_page() -> None:
    decoded = decode_page(page(TEXT * 100, said="utf-8") + b"\xc3", source="a.html")
    assert decoded.text.endswith("</html>\ufffd")
    assert TEXT in decoded.text
    assert decoded.remarks == ("1 undecodable byte read as U+FFFD",)


def test_page_in_no_encoding_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"a\.html: .* are not UTF-8; expected a web page in UTF-8"):
        decode_page(page(RUSSIAN, said="utf-8", encoding="koi8-r"), source="a.html")
