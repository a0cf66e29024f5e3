"""A plain text to an article: the one path that the words of every format take, top to bottom."""

from __future__ import annotations

import hashlib

from kg.read.blocks import lay_out
from kg.read.decode import decode_text
from kg.read.given import Given, overlay
from kg.read.language import ENGLISH, choose_language
from kg.read.metadata import add_metadata
from kg.records import Article


def parse_text(data: bytes, *, id: str, source: str) -> Article:
    """Read an article from the bytes of a text file.

    Args:
        data: the file's bytes.
        id: the article's identifier.
        source: what an error calls the file.

    Raises:
        ArticleError: the bytes are too many, binary, in an unknown encoding, or hold no words.
    """
    decoded = decode_text(data, source=source)
    return make_article(decoded.text, id=id, data=data, remarks=decoded.remarks)


def make_article(
    text: str, *, id: str, data: bytes, given: Given | None = None, titled: bool = False, remarks: tuple[str, ...] = ()
) -> Article:
    """The article of a text: its blocks, and what it says of itself where ``given`` does not say it.

    Args:
        text: what offsets count in; holds at least one word.
        data: the bytes that the article came as, for its checksum.
        given: metadata from outside the text, which beats what the text says.
        titled: the text's first line is the headline, and a blank line follows.
        remarks: what there is to say of the way that the text was read.
    """
    given = given or Given()
    layout = lay_out(text, titled=titled)
    story = "\n".join(block.span.of(text) for block in layout.blocks if block.kind in ("headline", "paragraph"))
    language = choose_language(story, given=given.language)
    if language != ENGLISH:
        remarks = (*remarks, f"the language is {language!r}: it is kept, but facts are read from English only")
    article = Article(
        id=id,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        headline=layout.headline,
        blocks=layout.blocks,
        language=language,
        remarks=(*remarks, *layout.remarks),
    )
    return overlay(add_metadata(article, layout, published=given.published), given)
