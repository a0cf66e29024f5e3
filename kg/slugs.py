"""Slugs: the readable last part of our IRIs, made from English names.

A library would do, but the result is part of every IRI that we publish: it may never change with a
library's version, so the rule is written down here. It is lossy on purpose; two names with one slug
are told apart by whoever mints the IRI.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Latin letters that NFKD does not take apart into a base letter and an accent.
_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ə": "a",
})  # fmt: skip
_APOSTROPHES = re.compile("['’‘ʼʻ`´]")
_OTHER = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 200
"""Longer than any name; what goes on gets a hash for its end. Virtuoso cuts IRIs at 1,879 characters, silently."""


def plain(text: str) -> str:
    """``text`` in lower case and without accents: ``"Élysée"`` gives ``"elysee"``."""
    if text.isascii():  # most names; the whole gazetteer is folded at every start
        return text.lower()
    lowered = text.casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def slug(text: str) -> str:
    """The slug of a name: ``"Côte d'Ivoire"`` gives ``"cote-divoire"``.

    Raises:
        ValueError: no Latin letter or digit is left, so that there is nothing to name the thing by.
    """
    made = _OTHER.sub("-", _APOSTROPHES.sub("", plain(text))).strip("-")
    if not made:
        raise ValueError(f"{text!r} has no Latin letter or digit; give the name in Latin script")
    return made if len(made) <= LONGEST_SLUG else f"{made[: LONGEST_SLUG - 17].rstrip('-')}-{_hash(made)}"


def slug_or_hash(text: str) -> str:
    """The slug of a name in any script: where no Latin letter or digit is left, the start of its SHA-256."""
    try:
        return slug(text)
    except ValueError:
        return _hash(text)


def _hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
