"""The table of speech, ``data/speech.toml``, as records: verbs, documents, officials and pronouns."""

from __future__ import annotations

from functools import cache

import msgspec

from kg.extract.tables import load_table


class Words(msgspec.Struct, frozen=True):
    """One group of ``data/speech.toml``; unused fields stay empty."""

    example: str
    lemmas: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Sizes(msgspec.Struct, frozen=True):
    """Least lengths of a quotation, in words."""

    clause: int
    sentence: int
    example: str


class SpeechTable(msgspec.Struct, frozen=True):
    """``data/speech.toml``."""

    verbs: Words
    according: Words
    documents: Words
    officials: Words
    pronouns: Words
    issuing: Words
    signing: Words
    persons: Words
    members: Words
    quoting: Words
    bodies: Words
    imperative: Words
    sizes: Sizes


@cache
def speech_table() -> SpeechTable:
    """The table, read once."""
    return load_table("speech", SpeechTable)
