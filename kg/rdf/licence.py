"""Whether a licence lets us publish an article's whole text again.

Facts, short quotes and offsets are published of every article; the text itself only where its licence
clearly allows copies: the public domain, and Creative Commons licences without "NoDerivatives". What is not
recognised is not published.
"""

from __future__ import annotations

import re
from typing import Final

_PUBLIC_DOMAIN: Final = re.compile(r"\bpublic ?domain\b|\bcc ?0\b|\bcc zero\b")
_COMMONS: Final = re.compile(r"\bcc by\b|\bcreative commons attribution\b|\bcreativecommons org licenses by\b")
_NO_DERIVATIVES: Final = re.compile(r"\bnd\b|\bno ?deriv")


def may_republish(licence: str | None) -> bool:
    """Whether the licence, as a name (``CC BY-SA 4.0``) or as an address, allows copies of the text.

    "Creative Commons" alone names no licence, so it allows nothing.
    """
    words = re.sub(r"[^a-z0-9]+", " ", (licence or "").casefold())
    if _PUBLIC_DOMAIN.search(words):
        return True
    return bool(_COMMONS.search(words)) and not _NO_DERIVATIVES.search(words)
