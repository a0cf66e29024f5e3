"""Files to articles: text with offsets that never change, its regions, and what the page says of itself.

Callers need :func:`find_sources` and :func:`read_article`; :func:`parse_text` reads bytes that come
from elsewhere (standard input).
"""

from kg.read.sources import Source, find_sources, read_article
from kg.read.text import parse_text

__all__ = ["Source", "find_sources", "parse_text", "read_article"]
