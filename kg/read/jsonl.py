"""Files of articles: one article a line, as a JSON object (``.jsonl``).

Why the lines are found first and read later: identifiers must be known before anything is built, and a file may be
larger than the memory. A line keeps its place in the file; one that cannot be used is one failed article,
told by its number, and the others go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg.errors import ArticleError
from kg.read.decode import SIZE_LIMIT, check_size, settle
from kg.read.given import Given, read_date, read_licence
from kg.read.language import read_tag
from kg.read.page import make_page_article
from kg.read.text import make_article
from kg.records import Article, Genre, PartialDate

LONGEST_ID = 200
"""Code points. Longer identifiers are no names."""

_FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_MARK = b"\xef\xbb\xbf"
_SPACE = re.compile(r"\s+")


class JsonArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line. ``null`` is the same as a field that is left out; a field that is not in this table is refused.

    =================  =========================================================================================
    ``id``             the article's identifier, a text or a whole number; needed, and used once
    ``text``           the article as plain text; needed, or else ``html``
    ``html``           the article as a web page, read as a ``.html`` file is
    ``headline``       its headline; put before the text, with a blank line between, if the text does not begin so
    ``publisher``      the name of the outlet or office that published it
    ``authors``        a list of names of persons
    ``date_published``  ``2020-03-21``, ``2020-03`` or ``2020``; a time behind a full date is ignored
    ``language``       a language tag, as ``en`` or ``en-GB``
    ``license``        the address of its licence, or its name and version
    ``url``            where it was published
    ``genre``          report, opinion, analysis, press_release, situation_report or background
    =================  =========================================================================================
    """

    id: str | int
    text: str | None = None
    html: str | None = None
    headline: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] | None = None
    date_published: str | None = None
    language: str | None = None
    license: str | None = None
    url: str | None = None
    genre: Genre | None = None


class _Identified(msgspec.Struct):
    """What must be known of a line before it is read."""

    id: str | int


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line that is not empty: its number from 1, the offset of its first byte, its bytes, and its identifier.

    Without an identifier nothing can be built of it, and ``fault`` says why there is none.
    """

    number: int
    start: int
    size: int
    id: str | None = None
    fault: str = ""


def find_lines(path: Path) -> Iterator[FoundLine]:
    """The lines of a file, one in memory at a time.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        yield from lines_of(file)


def lines_of(file: BinaryIO) -> Iterator[FoundLine]:
    """The lines of an open file, one in memory at a time."""
    start, number = 0, 0
    while line := _next_line(file):
        number += 1
        end = file.tell()
        if line.strip(b" \t\r\n" + _MARK):
            yield _find_line(line, FoundLine(number, start, end - start))
        start = end


def read_line(path: Path, start: int) -> bytes:
    """The bytes of the line at an offset, without its end.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        file.seek(start)
        return file.readline(SIZE_LIMIT + 3).rstrip(b"\r\n")


def parse_line(data: bytes, *, id: str, source: str) -> Article:
    """The article of one line; its checksum is of the line's bytes without the line's end.

    Args:
        data: the bytes of the line.
        id: the identifier that it had when it was found.
        source: what an error calls the line.

    Raises:
        ArticleError: the line is no such object, has a field that cannot be used, or its text is no article.
    """
    check_size(len(data), source=source)
    try:
        line = msgspec.json.decode(data.removeprefix(_MARK), type=JsonArticle)
    except _FAULTS as error:
        raise ArticleError(source, _explain(error)) from error
    if str(line.id) != id:
        raise ArticleError(source, f"has the identifier {line.id!r} and had {id!r} a moment ago; build again")
    if (line.text is None) == (line.html is None):
        raise ArticleError(source, "expected either `text` or `html`, got both or neither")
    given = _given(line, source)
    if line.html is not None:
        page = settle(line.html, source=source)
        return make_page_article(page.text, id=id, data=data, source=source, given=given, remarks=page.remarks)
    settled = settle(_with_headline(line.text or "", given.headline), source=source)
    titled = given.headline is not None
    return make_article(settled.text, id=id, data=data, given=given, titled=titled, remarks=settled.remarks)


def _next_line(file: BinaryIO) -> bytes:
    """The next line; of one that is too long to be an article only as much as shows it."""
    line = file.readline(SIZE_LIMIT + 3)
    rest = line
    while len(rest) == SIZE_LIMIT + 3 and not rest.endswith(b"\n"):
        rest = file.readline(SIZE_LIMIT + 3)
    return line


def _find_line(line: bytes, found: FoundLine) -> FoundLine:
    if len(line.rstrip(b"\r\n")) > SIZE_LIMIT:
        return replace(found, fault=f"the line is over {SIZE_LIMIT:,} bytes (10 MiB); expected one article")
    try:
        identifier = str(msgspec.json.decode(line.strip().removeprefix(_MARK), type=_Identified).id)
    except _FAULTS as error:
        return replace(found, fault=_explain(error))
    if not identifier.strip() or identifier != identifier.strip() or not identifier.isprintable():
        return replace(found, fault=f"the identifier {identifier!r} is empty, padded or not printable")
    if len(identifier) > LONGEST_ID:
        fault = f"the identifier has {len(identifier)} characters, expected at most {LONGEST_ID}"
        return replace(found, fault=fault)
    return replace(found, id=identifier)


def _explain(error: Exception) -> str:
    known = ", ".join(JsonArticle.__struct_fields__)
    return f"is not a JSON object of one article ({error}); its fields are {known}"


def _given(line: JsonArticle, source: str) -> Given:
    """The metadata of a line. Unlike a page's tags, what is given here and cannot be read is an error."""
    return Given(
        headline=_one_line(line.headline),
        publisher=_one_line(line.publisher),
        authors=tuple(filter(None, map(_one_line, line.authors or ()))),
        published=_date(line.date_published, source),
        language=_language(line.language, source),
        license=(read_licence(line.license) or _one_line(line.license)) if line.license else None,
        url=_one_line(line.url),
        genre=line.genre,
    )


def _one_line(words: str | None) -> str | None:
    return _SPACE.sub(" ", words or "").strip() or None


def _date(value: str | None, source: str) -> PartialDate | None:
    if not (value or "").strip():
        return None
    date = read_date(value or "")
    if date is None:
        raise ArticleError(source, f"date_published is {value!r}; expected YYYY-MM-DD, YYYY-MM or YYYY")
    return date


def _language(value: str | None, source: str) -> str | None:
    if not (value or "").strip():
        return None
    language = read_tag(value or "")
    if language is None:
        raise ArticleError(source, f"language is {value!r}; expected a language tag such as en")
    return language


def _with_headline(text: str, headline: str | None) -> str:
    """The text with its headline on top, as a line of its own before a blank one."""
    if headline is None:
        return text
    first, _, rest = text.lstrip().partition("\n")
    if _one_line(first) != headline:
        return f"{headline}\n\n{text}"
    return text if rest.startswith("\n") and first == headline else f"{headline}\n\n{rest.lstrip()}"
