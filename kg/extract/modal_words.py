"""The words that settle how sure an act is, ``data/modality.toml``, by the kind of thing they say."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kg.extract.tokens import Token


@cache
def modal_words() -> dict[str, frozenset[str]]:
    """The word lists by name."""
    data = tomllib.loads(files("kg.extract").joinpath("data/modality.toml").read_text("utf-8"))
    return {name: frozenset(table["words"]) for name, table in data.items()}


def is_among(token: Token, *names: str) -> bool:
    """Whether a word stands in one of these lists, by its lemma or as printed: the model has "hop" for "hopes"."""
    forms = {token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s")}
    return any(not forms.isdisjoint(modal_words()[name]) for name in names)
