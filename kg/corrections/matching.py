"""Where the words of a correction stand in the article."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.records import Span


class UnmatchedError(Exception):
    """A correction that fits nothing in the article as it is now; the message says what was looked for.

    It never leaves this package: what does not fit is told as a warning, and the rest is applied.
    """


def occurrences(words: str, text: str, within: Iterable[Span]) -> tuple[Span, ...]:
    """Where the words stand as whole words inside these spans, in order; runs of white space count as one space."""
    body = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<!\w){body}(?!\w)" if words.strip()[0].isalnum() else body)
    found = (match.span() for span in within for match in pattern.finditer(text, span.start, span.end))
    return tuple(Span(*ends) for ends in sorted(found))


def one_place(words: str, text: str) -> Span:
    """The one place where the words stand in the whole text.

    Raises:
        UnmatchedError: there is none, or there are several.
    """
    found = occurrences(words, text, [Span(0, len(text))])
    if len(found) != 1:
        times = (
            f"stand {len(found)} times in the article; give more of them" if found else "do not stand in the article"
        )
        raise UnmatchedError(f"the words “{words}” {times}")
    return found[0]
