"""What was worked out of a parsed paragraph, kept with the paragraph, so that no rule works it out again.

Several rules ask for the numbers and dates of the same paragraph. The results lie in ``doc.user_data`` and go with
the parse, so that memory stays flat over any number of articles; a cache keyed by text would have to be bounded, and
is missed by every new sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from kg.extract.tokens import Doc

P = ParamSpec("P")
T = TypeVar("T")


def once_a_doc(find: Callable[Concatenate[Doc, P], T]) -> Callable[Concatenate[Doc, P], T]:
    """A function of a paragraph that runs once for each paragraph and further arguments, which must be hashable.

    What it returns must not be changed.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def remembered(doc: Doc, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (name, *args, *kwargs.items())
        if key not in doc.user_data:
            doc.user_data[key] = find(doc, *args, **kwargs)
        return cast(T, doc.user_data[key])

    return remembered
