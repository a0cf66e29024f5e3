"""Where quotation marks open and close in a paragraph, in all the forms that news prints.

A regular expression cannot tell a closing single mark from an apostrophe, nor follow nested marks, so this is a
small scanner. Only the outermost quotation counts; what is quoted inside it belongs to its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# Opening mark -> marks that close it. „…“ and „…” are both in use; » opens in German and Danish print.
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"', "'": "'"}
_SINGLE = "‘'"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters ``start`` to ``end`` between the marks, ``outer_start`` to ``outer_end`` with them.

    ``closed`` is false where the paragraph ends before the mark: the speech goes on in the next.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """The outermost quotations of a paragraph, in order."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Quoted]:
    position = 0
    while position < len(text):
        mark = text[position]
        if mark not in _CLOSERS or not _opens(text, position):
            position += 1
            continue
        end = _closing(text, position)
        if end is not None:
            yield Quoted(position + 1, end, position, end + 1)
            position = end + 1
        elif mark in _SINGLE or mark == "»":
            position += 1  # an apostrophe, or the end of a quotation that this paragraph does not open
        else:
            last = len(text.rstrip())
            yield Quoted(position + 1, last, position, last, closed=False)
            return


def _opens(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if not after or after.isspace():
        return False
    if text[position] in _SINGLE:
        return not before.isalnum() and not after.isdigit()
    return text[position] != "»" or not before or before.isspace()


def _closing(text: str, opening: int) -> int | None:
    """Where the mark that closes this one stands, nested marks of the same kind passed over."""
    mark, closers, depth = text[opening], _CLOSERS[text[opening]], 0
    candidates = []
    for position in range(opening + 1, len(text)):
        character = text[position]
        if mark in _SINGLE:
            if character in closers and _closes_single(text, position):
                candidates.append(position)
        elif character in closers and not (depth == 0 and character == mark and mark != '"'):
            if depth == 0:
                return position
            depth -= 1
        elif character == mark:
            depth += 1
    return _best_single(text, candidates)


def _closes_single(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position + 1 : position + 2]
    return not before.isspace() and not after.isalnum()


def _best_single(text: str, candidates: list[int]) -> int | None:
    """The first closing single mark that is not the apostrophe of a plural ("the nurses’ food")."""
    for position in candidates:
        possessive = text[position - 1] == "s" and text[position + 1 : position + 2] == " "
        if not possessive or position == candidates[-1]:
            return position
    return None
