"""The command: understands each article that is asked for, and prints what there is to tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from kg.explain.articles import Asked
from kg.explain.collect import explain
from kg.explain.findings import Explanation
from kg.explain.text import print_explanation
from kg.understand import understand

_OUT_OF_DATE = "the graph holds another reading of this article, made by other rules or corrections; build it again"


def explain_article(asked: Iterable[Asked], name: str, file: TextIO) -> None:
    """Explain articles one after the other; as JSON one document a line and article.

    Args:
        asked: see :func:`kg.explain.articles.asked_for`.
        name: ``text`` or ``json``.
        file: where to print to.

    Raises:
        ArticleError: a correction names somebody whom nobody knows.
        ModelError: the language model cannot be used.
    """
    for number, one in enumerate(asked):
        explanation = _explanation(one)
        if name == "json":
            print(msgspec.json.encode(explanation).decode(), file=file)
        else:
            print("\n" * bool(number), end="", file=file)
            print_explanation(explanation, file)


def _explanation(asked: Asked) -> Explanation:
    understood = understand(asked.article, asked.corrections)
    if asked.kept is not None and asked.kept != understood.reading:
        return explain(understood, asked.source, remarks=(_OUT_OF_DATE,))
    return explain(understood, asked.source)
