"""A plain text file to an article: the one path that a ``.txt`` takes, top to bottom."""

from __future__ import annotations

import hashlib

from kg.read.blocks import lay_out
from kg.read.decode import decode_text
from kg.read.language import detect_language
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
    text = decode_text(data, source=source)
    layout = lay_out(text)
    story = "\n".join(block.span.of(text) for block in layout.blocks if block.kind in ("headline", "paragraph"))
    article = Article(
        id=id,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        headline=layout.headline,
        blocks=layout.blocks,
        language=detect_language(story),
    )
    return add_metadata(article, layout)
