"""Encodings that are taken, and what is refused in which words."""

from __future__ import annotations

import pytest

from kg.errors import ArticleError
from kg.read.decode import SIZE_LIMIT, decode_text

TEXT = "Nordland’s café gives – “10 €” to Estria"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_decode_encoding(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding), source="a.txt").text == TEXT


@pytest.mark.parametrize("mark, encoding", [(b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")])
def test_decode_utf16_of_either_order(mark: bytes, encoding: str) -> None:
    assert decode_text(mark + TEXT.encode(encoding), source="a.txt").text == TEXT


def test_decode_latin1() -> None:
    assert decode_text("Café in São Tomé".encode("latin-1"), source="a.txt").text == "Café in São Tomé"


def test_decode_drops_one_mark_only() -> None:
    assert decode_text("\ufeff\ufeffAid".encode(), source="a.txt").text == "\ufeffAid"


def test_decode_makes_all_line_ends_one() -> None:
    assert decode_text(b"one\r\ntwo\rthree\n\r\nfour", source="a.txt").text == "one\ntwo\nthree\n\nfour"


def test_decode_keeps_all_else() -> None:
    text = "  Aid\t\xa0 \u200b\x0cmore  \n\n\n é e\u0301 🔷\n "
    assert decode_text(text.encode(), source="a.txt").text == text


def test_decode_takes_the_largest_file() -> None:
    assert len(decode_text(b"a" * SIZE_LIMIT, source="a.txt").text) == SIZE_LIMIT


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"*** --- ***", "holds no words"),
        (b"a" * (SIZE_LIMIT + 1), "expected at most 10,485,760"),
        (b"Aid\x00 sent", "control characters (the first is U+0000 at character 3)"),
        (b"Aid\x1b sent", "U+001B"),
        ("Aid sent".encode("utf-16-le"), "U+0000"),
        (b"\xff\xfeA", "not UTF-16-LE"),
        (b"\xef\xbb\xbfAid \xff", "byte 7 is not UTF-8"),
        ("Россия отправила помощь".encode("koi8-r"), "not UTF-8"),
        (b"Aid \x81 sent to the north", "byte 4 is not UTF-8"),
        (b"%PDF-1.4 text", "a PDF document"),
        (rb"{\rtf1 text}", "an RTF document"),
    ],
)
def test_decode_refuses(data: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.txt: ") as error:
        decode_text(data, source="a.txt")
    assert words in str(error.value)
    assert "\n" not in str(error.value)
