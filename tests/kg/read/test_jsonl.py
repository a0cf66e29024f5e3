"""Files of articles: each line by itself, its fields, and what a bad line says."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kg.errors import ArticleError
from kg.read.decode import SIZE_LIMIT
from kg.read.jsonl import FoundLine, JsonArticle, find_lines, parse_line, read_line
from kg.records import Article

BUILDING = Path(__file__).parents[3] / "docs" / "building.md"
TEXT = "Norway has sent 200 tents to Chile.\n\nThe tents were handed over in Santiago."
PAGE = """
<html lang="en"><head><meta property="og:site_name" content="The Fjord Herald"><title>Tents</title></head>
<body><h1>Norway sends tents</h1>
<p>Norway has sent 200 tents to Chile, where an earthquake left people without shelter.</p></body></html>
"""


def line(**fields: Any) -> bytes:
    return json.dumps({"id": "a"} | fields).encode()


def parse(**fields: Any) -> Article:
    return parse_line(line(**fields), id="a", source="news.jsonl:3")


def test_text_alone_is_read_like_a_file() -> None:
    article = parse(text=TEXT)
    assert (article.id, article.text, article.publisher, article.language) == ("a", TEXT, None, "en")


def test_all_fields_are_taken() -> None:
    article = parse(
        text="By Ola Moe\n3 March 2009\n\nLe ministre a envoyé de l'aide aux sinistrés du tremblement de terre.",
        headline="Aide pour le Chili",
        publisher="Le Matin",
        authors=["Kari Lund", "Мария Иванова"],
        date_published="2010-03-03T08:00:00Z",
        language="fr-FR",
        license="CC BY-SA 4.0",
        url="https://a.example/1",
        genre="opinion",
    )
    assert article.headline == "Aide pour le Chili"
    assert (article.publisher, article.authors) == ("Le Matin", ("Kari Lund", "Мария Иванова"))
    assert article.published is not None
    assert (article.published.iso, article.language, article.genre) == ("2010-03-03", "fr", "opinion")
    assert article.license == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert article.url == "https://a.example/1"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (TEXT, f"Tents for Chile\n\n{TEXT}"),
        (f"Tents for Chile\n\n{TEXT}", f"Tents for Chile\n\n{TEXT}"),
        (f"Tents for Chile\n{TEXT}", f"Tents for Chile\n\n{TEXT}"),
        (f"\n Tents for\tChile \n\n\n{TEXT}", f"Tents for Chile\n\n{TEXT}"),
        ("", "Tents for Chile\n\n"),
    ],
)
def test_headline_stands_once_on_top(text: str, whole: str) -> None:
    article = parse(text=text, headline="Tents for Chile")
    assert article.text == whole
    assert article.headline == "Tents for Chile"
    assert article.blocks[0].span.of(whole) == "Tents for Chile"


@pytest.mark.parametrize("headline", ["Related stories", "By Kari Lund", "Oslo, 3 March 2010", "Opinion"])
def test_given_headline_is_the_headline_whatever_it_looks_like(headline: str) -> None:
    article = parse(text=TEXT, headline=headline)
    assert article.headline == headline
    assert [block.kind for block in article.blocks] == ["headline", "paragraph", "paragraph"]


def test_page_within_a_line_is_read_and_overruled() -> None:
    assert parse(html=PAGE).publisher == "The Fjord Herald"
    article = parse(html=PAGE, publisher="The Herald", date_published="2010-03-03")
    assert (article.publisher, article.headline) == ("The Herald", "Norway sends tents")


def test_null_is_a_field_left_out() -> None:
    fields = [name for name in JsonArticle.__struct_fields__ if name not in ("id", "text")]
    assert parse(text=TEXT, **dict.fromkeys(fields)) == parse_line(
        line(text=TEXT, **dict.fromkeys(fields)), id="a", source="x"
    )
    assert parse(text=TEXT, **dict.fromkeys(fields)).authors == ()


def test_checksum_is_of_the_line() -> None:
    assert parse(text=TEXT).sha256 == hashlib.sha256(line(text=TEXT)).hexdigest()


def test_line_ends_and_stray_controls_are_those_of_a_file() -> None:
    article = parse(text="Norway has sent 200 tents\u0007 to Chile, and more of them will follow.\r\nThey came by air.")
    assert article.text == "Norway has sent 200 tents  to Chile, and more of them will follow.\nThey came by air."
    assert len(article.remarks) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "expected either `text` or `html`, got both or neither"),
        ({"text": "a", "html": "b"}, "got both or neither"),
        ({"text": ""}, "is empty or holds no words"),
        ({"text": TEXT, "titel": "x"}, "unknown field `titel`); its fields are id, text, html, headline"),
        ({"text": TEXT, "authors": "Kari Lund"}, "Expected `array | null`, got `str` - at `$.authors`"),
        ({"text": TEXT, "genre": "novel"}, "Invalid enum value 'novel'"),
        ({"text": TEXT, "date_published": "last week"}, "date_published is 'last week'; expected YYYY-MM-DD"),
        ({"text": TEXT, "date_published": "2010-02-30"}, "date_published is '2010-02-30'"),
        ({"text": TEXT, "language": "English (UK)"}, "language is 'English (UK)'; expected a language tag"),
        ({"html": "<p>Menu</p>"}, "no article"),
        ({"id": "b", "text": TEXT}, "has the identifier 'b' and had 'a' a moment ago"),
    ],
)
def test_bad_field_is_told(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ArticleError, match=r"^news\.jsonl:3: ") as error:
        parse(**fields)
    assert words in str(error.value)


def write(tmp_path: Path, *lines: bytes, end: bytes = b"\n") -> Path:
    path = tmp_path / "news.jsonl"
    path.write_bytes(end.join(lines))
    return path


def test_find_lines_tells_number_place_and_identifier(tmp_path: Path) -> None:
    path = write(tmp_path, line(), b"", b"  ", line(id=7), line(id="с"), end=b"\r\n")
    assert [(found.number, found.id) for found in find_lines(path)] == [(1, "a"), (4, "7"), (5, "с")]
    assert [read_line(path, found.start) for found in find_lines(path)] == [line(), line(id=7), line(id="с")]


def test_find_lines_drops_a_mark(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbf" + line(text=TEXT), b"")
    assert list(find_lines(path)) == [FoundLine(1, 0, path.stat().st_size, "a")]
    assert parse_line(read_line(path, 0), id="a", source="x").text == TEXT


def test_find_lines_of_an_empty_file(tmp_path: Path) -> None:
    assert list(find_lines(write(tmp_path))) == []


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"{", "is not a JSON object of one article (Input data was truncated)"),
        (b"[]", "Expected `object`, got `array`"),
        (b"text", "malformed"),
        (b'{"text": "a"}', "missing required field `id`"),
        (b'{"id": null}', "got `null`"),
        (b'{"id": ["a"]}', "got `array`"),
        (b'{"id": ""}', "the identifier '' is empty, padded or not printable"),
        (b'{"id": " a"}', "padded"),
        (b'{"id": "a\\nb"}', "not printable"),
        (b'{"id": "\\ud800"}', "is not a JSON object"),
        (b'{"id": "\xff"}', "codec can't decode"),
        (b'{"id": "' + b"a" * 201 + b'"}', "has 201 characters, expected at most 200"),
        (b'{"id": 1, "x": ' + b"[" * 100_000, "is not a JSON object"),
        (line(text="a" * SIZE_LIMIT), "over 10,485,760 bytes"),
        ("\ufeff{}".encode("utf-16-le"), "is not a JSON object"),
    ],
)
def test_broken_line_costs_only_itself(tmp_path: Path, broken: bytes, words: str) -> None:
    first, second, third = find_lines(write(tmp_path, line(), broken, line(id="c")))
    assert (first.id, third.id, third.number) == ("a", "c", 3)
    assert second.id is None
    assert words in second.fault


def test_documentation_lists_every_field() -> None:
    table = BUILDING.read_text("utf-8").partition("| field | what it is |")[2]
    fields = re.findall(r"^\| `(\w+)` \| .+ \|$", table, re.M)
    assert tuple(fields[: len(JsonArticle.__struct_fields__)]) == JsonArticle.__struct_fields__


def test_docstring_lists_every_field() -> None:
    told = re.findall(r"^    ``(\w+)``  ", JsonArticle.__doc__ or "", re.M)
    assert tuple(told) == JsonArticle.__struct_fields__
    assert msgspec.structs.fields(JsonArticle)
