"""The command: asks for the articles, understands each, and prints what there is to tell."""

from __future__ import annotations

from typing import BinaryIO, TextIO

import msgspec

from kg.explain.articles import Asked, asked_for
from kg.explain.collect import explain
from kg.explain.findings import Explanation
from kg.explain.text import print_explanation
from kg.settings import Settings
from kg.understand import understand

_OUT_OF_DATE = "the graph holds another reading of this article, made by other rules; build it again"


def explain_article(argument: str, name: str, settings: Settings, standard_input: BinaryIO, file: TextIO) -> None:
    """Explain the articles that the argument means, one after the other; as JSON one document a line and article.

    Args:
        argument: see :func:`kg.explain.articles.asked_for`.
        name: ``text`` or ``json``.
        settings: where the graph is.
        standard_input: read if the argument is ``-``.
        file: where to print to.

    Raises:
        SettingsError: the argument means no article.
        ArticleError: a file cannot be read.
        ModelError: the language model cannot be used.
    """
    for number, asked in enumerate(asked_for(argument, settings, standard_input)):
        explanation = _explanation(asked)
        if name == "json":
            print(msgspec.json.encode(explanation).decode(), file=file)
        else:
            print("\n" * bool(number), end="", file=file)
            print_explanation(explanation, file)


def _explanation(asked: Asked) -> Explanation:
    understood = understand(asked.article)
    if asked.kept is not None and asked.kept != understood.reading:
        return explain(understood, asked.source, remarks=(_OUT_OF_DATE,))
    return explain(understood, asked.source)
