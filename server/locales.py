"""What a reader prefers, read from ``Accept-Language``: how dates and numbers are written, and in which language names.

The words of the pages are English, and a page in two languages would be read out wrongly (WCAG 2.2, 3.1.2). So a
reader in Germany gets English as it is written in Germany, ``1.234`` and ``21 March 2020``, for which Unicode's CLDR
has locales of its own (``en_DE``); names from the graph come in the reader's language where the graph has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.localedata import exists
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

DEFAULT: Final = Locale("en", "GB")
"""For who names no language, or English and no country."""


@dataclass(frozen=True, slots=True)
class Taste:
    """A reader's preferences. ``languages`` are primary subtags, the liked best first: ``("pt", "en")``."""

    locale: Locale = DEFAULT
    languages: tuple[str, ...] = ("en",)


@lru_cache(maxsize=512)
def parse_taste(header: str | None) -> Taste:
    """The preferences in an ``Accept-Language`` header (RFC 9110 §12.5.4); what is unreadable is left out."""
    tags = [tag for tag, quality in parse_accept_header(header, LanguageAccept) if quality > 0 and tag != "*"]
    languages = tuple(dict.fromkeys(tag.partition("-")[0].lower() for tag in tags))
    locale = next((found for tag in tags if (found := _english_in(tag))), DEFAULT)
    return Taste(locale, languages or ("en",))


def _english_in(tag: str) -> Locale | None:
    """English as it is written where the reader is; None if CLDR does not know."""
    parts = tag.replace("_", "-").split("-")
    territory = next((part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha()), None)
    if territory is None:
        territory = _likely_territory(parts[0].lower())
    return Locale("en", territory) if territory and exists(f"en_{territory}") else None


def _likely_territory(language: str) -> str | None:
    """Where a language is spoken most, by CLDR's likely subtags: ``DE`` for ``de``. English is spoken anywhere."""
    if language == "en":
        return None
    likely = get_global("likely_subtags").get(language, "")
    last = likely.rpartition("_")[2]
    return last if len(last) == 2 else None
