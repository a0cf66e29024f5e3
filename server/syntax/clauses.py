"""The clauses that make the engine reach for the network: ``SERVICE`` in patterns and ``LOAD`` in updates.

A clause is found at every place where the engine may begin to read one, in whichever reading
(:func:`server.syntax.tokens.token_starts`); some of them it will never see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from server.syntax.lexis import IRI, LOCAL, PREFIX, VARIABLE
from server.syntax.tokens import token_starts

_SILENT = re.compile("(?ai:SILENT)")
_TARGET = re.compile(rf"{IRI}|{VARIABLE}|(?P<prefix>{PREFIX}){LOCAL}")
_PREFIX = re.compile(PREFIX)
_SPACES = r"[ \t\r\n]*+"
# Where a clause may stand: the look that spares nearly all texts the rest. Comments are left to it.
_POSSIBLE = {
    word: re.compile(rf"(?ai:{word}){_SPACES}(?:(?ai:SILENT){_SPACES})?(?:[#<?$]|{PREFIX})")
    for word in ("SERVICE", "LOAD")
}
_KEYWORDS = {word: re.compile(f"(?ai:{word})") for word in ("SERVICE", "LOAD", "PREFIX")}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that would reach for the network. ``start`` is its keyword's offset, the others are its target's."""

    keyword: str
    is_silent: bool
    target: str
    start: int
    target_start: int
    target_end: int


def network_clauses(text: str, keywords: tuple[str, ...]) -> tuple[Clause, ...]:
    """All clauses of ``text`` that begin with one of ``keywords`` (``SERVICE``, ``LOAD``), in any reading.

    Raises:
        Doubt: there are too many readings to follow.
    """
    lowered = text.lower()
    wanted = [keyword for keyword in keywords if keyword.lower() in lowered and _POSSIBLE[keyword].search(text)]
    if not wanted:  # outside strings and IRIs the engine knows no escapes
        return ()
    finder = _Finder(text)
    return tuple(clause for keyword in wanted for clause in finder.find(keyword))


class _Finder:
    """Finds the clauses of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = token_starts(text)
        declared = (_PREFIX.match(text, self._skip(end)) for _, end in self._after("PREFIX"))
        self.declared = {match[0] for match in declared if match}

    def find(self, keyword: str) -> Iterator[Clause]:
        for start, end in self._after(keyword):
            position = self._skip(end)
            silent = _SILENT.match(self.text, position)
            if silent:
                yield from self._clause(keyword, start, silent.end(), is_silent=True)
            yield from self._clause(keyword, start, end, is_silent=False)

    def _clause(self, keyword: str, start: int, end: int, *, is_silent: bool) -> Iterator[Clause]:
        """The clause whose target comes after ``end``, if there is one. Without a space its prefix is a known one."""
        position = self._skip(end)
        match = _TARGET.match(self.text, position)
        if match is None or (match["prefix"] and position == end and match["prefix"] not in self.declared):
            return
        if (keyword == "LOAD" and match[0][0] not in "?$") or self.text.startswith("{", self._skip(match.end())):
            yield Clause(keyword, is_silent, match[0], start, match.start(), match.end())

    def _after(self, keyword: str) -> Iterator[tuple[int, int]]:
        """Where ``keyword`` may be read, and where it ends."""
        pattern = _KEYWORDS[keyword]
        return ((start, match.end()) for start in self.starts if (match := pattern.match(self.text, start)))

    def _skip(self, position: int) -> int:
        return self.starts.get(position, position)
