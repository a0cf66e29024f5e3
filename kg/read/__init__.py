"""Files to articles: text with offsets that never change, its regions, and what the page says of itself.

Callers need :func:`find_sources` and :func:`read_article`; :func:`copy_input` puts standard input in the
place of a file, and :func:`near` brings what lies on shared storage to this machine.
"""

from kg.read.near import near
from kg.read.piped import copy_input
from kg.read.source import Piped, Source
from kg.read.sources import FORMATS, find_sources, read_article, source_bytes
from kg.read.text import parse_text

__all__ = [
    "FORMATS", "Piped", "Source", "copy_input", "find_sources", "near", "parse_text", "read_article", "source_bytes",
]  # fmt: skip
