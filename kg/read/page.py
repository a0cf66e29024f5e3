"""A web page to an article: the story without menus, banners and comments, and what the page says of itself.

The door to HTML. Which part of a page is its story is told by trafilatura, because that takes years of pages to learn;
its guesses at title, author and date are asked last, after what the page embeds, says in its tags and prints above its
story. Nothing here reaches for the network: a page is read as the file that it is.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.settings import DEFAULT_CONFIG

from kg.errors import ArticleError
from kg.read.embedded import clean_title, read_json_ld, read_meta_tags
from kg.read.encodings import decode_page
from kg.read.given import Given, first_given, read_authors, read_date, read_licence, read_url
from kg.read.page_top import read_top
from kg.read.text import make_article
from kg.records import Article

FEWEST_WORDS = 8
"""Words of the longest paragraph of a page that holds an article; menus and notices have less in a line."""

SAME_HEADLINE = 0.6
"""The share of words from which the first line of a story repeats its headline, as two editors may have put it."""

LAST_DAY = "2100-12-31"
"""The library takes no date after today; an article's date must not hang on the day of the build."""

LONGEST_CELL = 400
"""Code points. A cell that holds more lays out the page, as was done until about 2005."""

SHORTEST_STORY = 20
"""Code points. The library takes all words of a page, menus too, where it finds a shorter story; its own 250 are more
than a brief has."""

MOST_TABLES = 16
"""Tables within each other that are tables. The library's time grows with the cube of their number: three hundred take
a second, two thousand an hour. No page that people wrote has so many; further in they are boxes."""

MOST_ATTRIBUTES = 5_000
"""Attributes of one element: the parser compares each with all before it."""

_TABLE_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")

_FAULTS = (etree.LxmlError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the libraries raise on pages that their authors did not foresee."""

_BLOCKS = frozenset({"p", "head", "item", "quote", "list", "table", "div", "ab", "code", "lb", "comments"})
# XML has no control characters, and the library loses the story behind one.
_CONTROLS = dict.fromkeys((*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F), " ")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")  # hyphens and joints that would cut words in two
# Each part is possessive, so that a text full of beginnings is read once.
_ATTRIBUTE = r"""[\s/]++[^\s=<>"'/]++(?:=(?:"[^"]*+"|'[^']*+'|[^\s<>"']++))?+"""
_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s<>]*+(?:{_ATTRIBUTE}){{{MOST_ATTRIBUTES + 1}}}")
_SPACE = re.compile(r"\s+")
_BLANK_LINE = re.compile(r"\n\s*\n")
_WORD = re.compile(r"\w+")


def parse_html(data: bytes, *, id: str, source: str) -> Article:
    """Read an article from the bytes of a web page.

    Args:
        data: the file's bytes.
        id: the article's identifier.
        source: what an error calls the file.

    Raises:
        ArticleError: the bytes are too many, binary, in no encoding that fits, or hold no article.
    """
    decoded = decode_page(data, source=source)
    return make_page_article(decoded.text, id=id, data=data, source=source, remarks=decoded.remarks)


def make_page_article(
    markup: str, *, id: str, data: bytes, source: str, given: Given | None = None, remarks: tuple[str, ...] = ()
) -> Article:
    """The article of a decoded page; ``given`` is what is known from elsewhere, and beats what the page says.

    Its text is the headline and the paragraphs of the story with a blank line between, list items after "- ", and
    the rows of a table a line each.

    Raises:
        ArticleError: the page holds no article.
    """
    _quieten()
    if _ATTRIBUTES.search(markup):
        got = f"an element of the page has more than {MOST_ATTRIBUTES:,} attributes"
        raise ArticleError(source, f"{got}, so this is no page that people read; save its text as a .txt file")
    try:
        page = document_fromstring(markup.translate(_CONTROLS).encode(), parser=_parser())
        _open_preformatted(page)
        _open_nested(page)
        _open_layout(page)
        parts = _story(page)
        ranked = [given or Given(), read_json_ld(page), read_meta_tags(page), read_top(page, parts), _guess(page)]
        said = first_given(ranked)
    except _FAULTS as error:
        fault = f"cannot be read as a web page ({type(error).__name__}: {error}); save its text as a .txt file"
        raise ArticleError(source, fault) from error
    if max((len(part.split()) for part in parts), default=0) < FEWEST_WORDS:
        got = "the page holds menus, links or notices and no article"
        raise ArticleError(source, f"{got}; expected a page with one; save the page of a single article")
    if said.headline:
        headline, parts = _join_headline(said.headline, parts)
        parts = [headline, *parts]
    text = "\n\n".join(parts)
    return make_article(text, id=id, data=data, given=said, titled=bool(said.headline), remarks=remarks)


def _parser() -> HTMLParser:
    """``huge_tree``: without it whatever is nested more than 256 deep is lost, and old pages leave tags open."""
    return HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)


@cache
def _config() -> ConfigParser:
    config = copy.deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST_STORY))
    return config


def _open_preformatted(page: HtmlElement) -> None:
    """Make paragraphs of text whose blank lines show them, as the first pages of papers had it."""
    for old in list(page.iter("pre")):
        new = etree.Element("div")
        new.tail = old.tail
        for words in _BLANK_LINE.split(old.text_content()):
            etree.SubElement(new, "p").text = words
        old.getparent().replace(old, new)


def _open_nested(page: HtmlElement) -> None:
    """Make boxes of the tables within more than :data:`MOST_TABLES` others, and of their parts."""
    depth, deep = 0, []
    for event, element in etree.iterwalk(page, events=("start", "end"), tag=_TABLE_PARTS):
        if element.tag == "table":
            depth += 1 if event == "start" else -1
        if event == "start" and depth > MOST_TABLES:
            deep.append(element)
    for element in deep:
        element.tag = "div"


def _open_layout(page: HtmlElement) -> None:
    """Make plain boxes of the tables that lay out a page: as tables they would be read cell by cell."""
    for cell in list(page.iter("td", "th")):
        if len(cell.text_content()) > LONGEST_CELL:
            for outer in (cell, *cell.iterancestors(*_TABLE_PARTS)):
                for part in (outer, *(sibling for sibling in outer.itersiblings(*_TABLE_PARTS))):
                    part.tag = "div"


def _story(page: HtmlElement) -> list[str]:
    """The paragraphs of the story; empty where the page has none."""
    found = bare_extraction(copy.deepcopy(page), include_comments=False, include_formatting=False, config=_config())
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return [part for part in _parts(found.body) if any(map(str.isalnum, part))]


def _parts(element: etree._Element) -> Iterator[str]:
    """Each block of the tree as a paragraph, in order; a line break ends one too, for old pages know no other."""
    if element.tag == "table":
        rows = (" | ".join(_words(cell) for cell in row.iter("cell")) for row in element.iter("row"))
        yield "\n".join(filter(None, rows))
        return
    mark = "- " if element.tag == "item" else ""
    words: list[str] = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(words, mark)
            yield from _parts(child)
            words = []
        else:
            words.append("".join(map(str, child.itertext())))
        words.append(child.tail or "")
    yield from _paragraph(words, mark)


def _paragraph(words: list[str], mark: str) -> Iterator[str]:
    line = _tidy("".join(words))
    if line:
        yield mark + line


def _words(element: etree._Element) -> str:
    return _tidy(" ".join(map(str, element.itertext())))


def _tidy(words: str) -> str:
    return _SPACE.sub(" ", words.translate(_INVISIBLE)).strip()


def _join_headline(headline: str, parts: list[str]) -> tuple[str, list[str]]:
    """The headline and the story without it, where the story repeats it in its first lines.

    A headline that was cut short ("Aid reaches the …") is taken from there in full.
    """
    for place, part in enumerate(parts[:2]):
        stem = headline.rstrip(" .…").casefold()
        cut = headline.endswith(("…", "...")) and part.casefold().startswith(stem)
        if cut or (_is_same(headline, part) and part.endswith(".") <= headline.endswith(".")):
            return (part if cut else headline), parts[:place] + parts[place + 1 :]
    return headline, parts


def _is_same(one: str, other: str) -> bool:
    """Whether two lines share most of their words."""
    words, others = _bag(one), _bag(other)
    return len(words & others) >= SAME_HEADLINE * max(len(words), len(others))


def _bag(words: str) -> frozenset[str]:
    return frozenset(_WORD.findall(words.casefold()))


def _guess(page: HtmlElement) -> Given:
    """What the library makes of the page; names that are only its host's are no publishers."""
    search = {"original_date": True, "extensive_search": False, "max_date": LAST_DAY}
    found = extract_metadata(copy.deepcopy(page), date_config=search)
    publisher = found.sitename if found.sitename and "." not in found.sitename else None
    return Given(
        headline=clean_title(found.title, publisher) if found.title else None,
        publisher=publisher,
        authors=read_authors((found.author or "").split(";"), publisher=publisher),
        published=read_date(found.date) if found.date else None,
        license=read_licence(found.license) if found.license else None,
        url=read_url(found.url) if found.url else None,
    )


@cache
def _quieten() -> None:
    """The libraries log what they discard; without a handler of ours Python would print that."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
