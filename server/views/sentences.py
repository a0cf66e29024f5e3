"""What a page says first: one sentence, made of the names, words and dates that the graph holds.

A sentence is a run of pieces and not a text, so that a page can link its names, quote an article's words as an
article's, and write its dates as the reader does; :func:`plain` is the same sentence for search engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from babel import Locale

from server.locales import DEFAULT
from server.views.parts import Item
from server.views.reader import Link
from server.views.words import date_words

MOST: Final = 3
"""Names or items that a sentence lists before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of ours, a name (``link`` is set), an article's words, or a day in ISO 8601."""

    text: str
    link: Link | None = None
    form: Literal["words", "told", "day"] = "words"


_VERBS: Final[Mapping[str, str]] = {"pledged": "promised", "dispatched": "sent", "delivered": "gave"}
"""What a donor did, by how far the giving came; a request is told from the other side."""


def event_sentence(
    phase: str, donors: Sequence[Link], recipients: Sequence[Link], items: Sequence[Item], date: str,
    crisis: Link | None,
) -> tuple[Piece, ...]:  # fmt: skip
    """Who gave what to whom, when and in which crisis. ``phase`` is the concept's name, or anything else."""
    gave, got = list(_names(donors)), list(_names(recipients))
    someone = [Piece("someone whom no article names")]
    what = list(_listed([_item_pieces(item) for item in items])) or [Piece("help that is not described")]
    if phase == "requested":
        asked = [Piece(" asked "), *gave, Piece(" for ")] if gave else [Piece(" asked for ")]
        told = [*(got or someone), *asked, *what]
    else:
        verb = f" {_VERBS.get(phase, 'gives or promises')} "
        told = [*(gave or someone), Piece(verb), *what, Piece(" to "), *(got or someone)]
    return _capitalised((*told, *_when(date), *_crisis(crisis), Piece(".")))


def plain(pieces: Sequence[Piece], locale: Locale = DEFAULT) -> str:
    """The sentence as text."""
    return "".join(_plain(piece, locale) for piece in pieces)


def _plain(piece: Piece, locale: Locale) -> str:
    if piece.form == "told":
        return f"“{piece.text}”"
    return date_words(piece.text, locale) if piece.form == "day" else piece.text


def _when(date: str) -> tuple[Piece, ...]:
    if not date:
        return (Piece(", on a day that no article tells"),)
    return Piece(" on " if len(date) > len("2020-03") else " in "), Piece(date, form="day")


def _crisis(crisis: Link | None) -> tuple[Piece, ...]:
    return (Piece(" ("), Piece(crisis.label, crisis), Piece(")")) if crisis else ()


def _names(links: Sequence[Link]) -> Iterator[Piece]:
    return _listed([(Piece(link.label, link),) for link in links])


def _item_pieces(item: Item) -> tuple[Piece, ...]:
    quoted = Piece(item.name, form="told")
    return (quoted, Piece(f" ({item.quantity})")) if item.quantity else (quoted,)


def _listed(entries: Sequence[tuple[Piece, ...]]) -> Iterator[Piece]:
    """``A, B and C``; of many the first and how many more."""
    shown = entries[:MOST] if len(entries) > MOST + 1 else entries
    last = len(entries) - 1
    for place, entry in enumerate(shown):
        if place:
            yield Piece(" and " if place == last else ", ")
        yield from entry
    if len(shown) < len(entries):
        yield Piece(f" and {len(entries) - len(shown)} more")


def _capitalised(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    first, *others = pieces
    if first.link or first.form != "words":
        return pieces
    return Piece(first.text[:1].upper() + first.text[1:]), *others


def entity_sentence(
    name: Link, kind: str, within: Sequence[Link], numbers: Mapping[str, int], articles: int, days: tuple[str, str]
) -> tuple[Piece, ...]:
    """What a thing is, how many events it has a part in, and how many articles name it.

    Args:
        kind: ``country``; empty if it is not told.
        within: the country that a place lies in.
        numbers: how many events, by the part in them: ``as donor``.
        days: the first and the last of a crisis, or nothing.
    """
    what = f" is {'an' if kind[:1] in 'aeiou' else 'a'} {kind}" if kind else " is named in this graph"
    told = [Piece(name.label, name), Piece(what)]
    told += [Piece(" in "), *_names(within)] if within else []
    told += [Piece(", from "), Piece(days[0], form="day")] if days[0] else []
    told += [Piece(" to "), Piece(days[1], form="day")] if days[1] and days[1] != days[0] else []
    parts = ", ".join(f"{number:,} {role}" for role, number in numbers.items())
    told += [Piece(f". Events of aid told: {parts}")] if parts else []
    told += [Piece(f". {articles:,} {'article names' if articles == 1 else 'articles name'} it")] if articles else []
    return (*told, Piece("."))
