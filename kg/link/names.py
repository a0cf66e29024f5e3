"""When two written names are the same name.

Plain lower-casing would turn the pronoun "us" into a country and "who" into an organisation, and
exact comparison would miss "the U.K." and "Cote d’Ivoire". So a name is compared by a folded form,
and an acronym also by its capitals.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.slugs import plain

_DOTTED = re.compile(r"\b[A-Za-z](?:\.[A-Za-z])+\b\.?")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_APOSTROPHES = re.compile("['’‘ʼʻ`´.]")
_OTHER = re.compile(r"[^\w&]+")
_SHORT = {"st": "saint", "mt": "mount", "&": "and"}
_NAMES_KEPT = 50_000  # about 10 MB; each name is looked up in several tables, and articles share most of theirs
_MORE = "__"  # stands for the words to come; survives folding
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]*[A-Z0-9]")


@lru_cache(_NAMES_KEPT)
def stripped(name: str) -> str:
    """``name`` without outer white space, possessive ending and the dots of an acronym; case is kept."""
    bare = _POSSESSIVE.sub("", name.strip())
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), bare) if "." in bare else bare


@lru_cache(_NAMES_KEPT)
def folded(name: str) -> str:
    """The form in which names are compared: ``"the Côte d'Ivoire's"`` gives ``"cote divoire"``."""
    form = plain(stripped(name))
    if not form.isalpha():
        words = _OTHER.sub(" ", _APOSTROPHES.sub("", form)).split()
        form = " ".join([_SHORT.get(word, word) for word in words])
    return form.removeprefix("the ")


def opening(words: str) -> str | None:
    """The first word that the folded form of every longer name has that begins with ``words`` and a space.

    None if these words leave nothing in that form, as "the".
    """
    first = folded(f"{words} {_MORE}").partition(" ")[0]
    return None if first == _MORE else first


def is_acronym(name: str) -> bool:
    """Whether ``name`` is one word in capitals, so that it is the name only in capitals: ``WHO``, ``U.S.``."""
    return name[-2:].upper() == name[-2:] and _ACRONYM.fullmatch(acronym(name)) is not None


def acronym(name: str) -> str:
    """The form in which acronyms are compared: ``"the U.S."`` gives ``"US"``."""
    return stripped(name).removeprefix("the ").removeprefix("The ")


def is_proper(name: str) -> bool:
    """Whether ``name`` has a capital letter, without which it can be no place, people or organisation."""
    return any(letter.isupper() for letter in name)
