"""What was worked out of a parsed paragraph, kept with the paragraph, so that no rule works it out again.

Several rules ask for the numbers, dates and text of the same paragraph, and spaCy joins the text anew from the
tokens at every ``doc.text``. The results lie in ``doc.user_data`` and go with the parse, so that memory stays flat
over any number of articles; a cache keyed by text would have to be bounded, and is missed by every new sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from spacy.tokens import Doc

P = ParamSpec("P")
T = TypeVar("T")


def once_a_doc(find: Callable[Concatenate[Doc, P], T]) -> Callable[Concatenate[Doc, P], T]:
    """A function of a paragraph that runs once for each paragraph and further arguments, which must be hashable.

    What it returns must not be changed, nor hold tokens: those would tie the parse to itself.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def remembered(doc: Doc, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (name, *args, *kwargs.items())
        kept = cast("dict[tuple[object, ...], T]", doc.user_data)  # spaCy's own keys are tuples, whatever its types say
        if key not in kept:
            kept[key] = find(doc, *args, **kwargs)
        return kept[key]

    return remembered


@once_a_doc
def text_of(doc: Doc, /) -> str:
    """The paragraph's text, as ``doc.text``."""
    return doc.text
