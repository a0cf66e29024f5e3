"""What a page says, in a sentence: for search engines, and for whoever is sent a link to it."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from server.views.reader import Reader
from server.views.vocabulary import define
from server.views.words import date_words

_LONGEST: Final = 300
"""Characters; what is longer is not shown by anybody."""

_PARTY: Final = "Aid that {} gave and received, as news articles told it, with the words that prove it."
_SENTENCES: Final = {
    "country": _PARTY,
    "organization": _PARTY,
    "person": "{}: offices, words and part in aid, as news articles told it.",
    "place": "{}: the aid that reached it and the figures told of it, with the words that prove them.",
    "crisis": "{}: who gave what to whom, as news articles told it, with the words that prove it.",
}


def summarise(reader: Reader, kind: str, node: ox.NamedNode) -> str:
    """One sentence about a resource of a kind, as :func:`server.addresses.kind_of` names it."""
    match kind:
        case "event":
            text = _event(reader, node)
        case "article":
            text = _article(reader, node)
        case "ontology" | "scheme":
            text = define(reader, node) or f"What “{reader.link(node).label}” means in the vocabulary of aid events."
        case _:
            text = _SENTENCES.get(kind, "{}: what the graph knows of it.").format(reader.link(node).label)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _event(reader: Reader, node: ox.NamedNode) -> str:
    items = list(dict.fromkeys(link.label for link in reader.links(node, "aid:item")))
    told = [link.label for link in reader.links(node, "schema:subjectOf")]
    words = [f"{reader.link(node).label}."]
    words += [f"What was given: {', '.join(items)}."] if items else []
    words += [f"Told by “{told[0]}”{f' and {len(told) - 1} more' if told[1:] else ''}."] if told else []
    return " ".join(words)


def _article(reader: Reader, node: ox.NamedNode) -> str:
    publisher, day = reader.link_to(node, "schema:publisher"), reader.text(node, "schema:datePublished")
    source = ", ".join(part for part in (publisher.label if publisher else "", date_words(day) if day else "") if part)
    return f"What “{reader.link(node).label}”{f' ({source})' if source else ''} says about aid, sentence by sentence."
