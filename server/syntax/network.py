"""SERVICE and LOAD, decided before the engine runs: pyoxigraph reaches for the network and has no switch for it.

A text comes back as it is, or with its targets written out, or it is refused. A refused target behind SILENT is
replaced by one that the engine cannot reach: it then does what SILENT asks for, one empty solution or no change,
without opening a socket. What may be read in several ways is refused: a name is not looked for as a word, since
comments and strings would fool that, and no text is changed that is not surely understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple

from server.problems import Refused
from server.syntax.allowed import Address, Allowed, parse_address
from server.syntax.clauses import Clause, network_clauses
from server.syntax.edits import Edit, apply_edits
from server.syntax.prologue import Prologue, read_prologue
from server.syntax.tokens import Doubt, read_tokens

# The engine's client knows http and https only and refuses any other before it connects.
NOWHERE = "<urn:aidgraph:refused>"
_HELP = "Whoever runs this endpoint can allow addresses with the setting `services` (AIDGRAPH_SERVICES)."


_UNSURE = "the query can be read in several ways"
_MOST_NAMED = 10


class _Reading(NamedTuple):
    """What the certain reading says: short forms of IRIs, and the keywords by their offsets."""

    prologue: Prologue
    words: dict[int, str]


def guard_query(text: str, allowed: Allowed) -> str:
    """The query to run in place of ``text``: it asks only allowed services.

    Raises:
        Refused: a SERVICE clause names, or may name, another; ``services`` of the problem lists their targets.
    """
    return _guard(text, allowed, ("SERVICE",))


def guard_update(text: str, allowed: Allowed) -> str:
    """The update to run in place of ``text``: it asks and loads only what is allowed.

    Raises:
        Refused: a SERVICE or LOAD names, or may name, something else; ``services`` of the problem lists their targets.
    """
    return _guard(text, allowed, ("SERVICE", "LOAD"))


def _guard(text: str, allowed: Allowed, keywords: tuple[str, ...]) -> str:
    clauses = _clauses(text, keywords)
    if not clauses:
        return text
    judged = _Judge(text, allowed).judge(clauses)
    for clause in _clauses(judged, keywords) if judged != text else ():
        if clause.target != NOWHERE and not _is_allowed(clause.target, allowed):
            raise _refused([(clause.target, _UNSURE)])
    return judged


def _clauses(text: str, keywords: tuple[str, ...]) -> tuple[Clause, ...]:
    try:
        return network_clauses(text, keywords)
    except Doubt as doubt:
        raise Refused(f"What this query asks of other servers cannot be told. {doubt} {_HELP}") from doubt


def _is_allowed(target: str, allowed: Allowed) -> bool:
    address = parse_address(target[1:-1])
    return address is not None and target == f"<{address}>" and not allowed.refusal(address)


def _refused(targets: Sequence[tuple[str, str]]) -> Refused:
    reasons = dict(targets)
    listed = "; ".join(f"{target} ({reasons[target]})" for target in sorted(reasons)[:_MOST_NAMED])
    services = sorted(reasons)
    return Refused(f"This endpoint does not ask {listed}. {_HELP}", extra={"services": services})


class _Judge:
    """Judges the clauses of one text; the certain reading is made only when a clause needs it."""

    def __init__(self, text: str, allowed: Allowed) -> None:
        self.text = text
        self._refusal = cache(allowed.refusal)  # one look-up a name, however often it stands there

    def judge(self, clauses: Sequence[Clause]) -> str:
        """The text with its targets written out or made unreachable, or :class:`Refused`."""
        edits: dict[int, Edit] = {}
        refused: list[tuple[str, str]] = []
        for clause in clauses:
            address, reason = self._resolve(clause)
            reason = self._refusal(address) if address else reason
            target = NOWHERE if reason else f"<{address}>"
            if target == clause.target:
                continue
            if (reason and not clause.is_silent) or not self._is_certain(clause) or clause.start in edits:
                refused.append((clause.target, reason or _UNSURE))
            edits[clause.start] = Edit(clause.target_start, clause.target_end, target)
        if refused:
            raise _refused(refused)
        return apply_edits(self.text, edits.values())

    def _resolve(self, clause: Clause) -> tuple[Address | None, str]:
        """The address that the clause names, or why it names none for certain."""
        if clause.target[0] in "?$":
            return None, "a variable may stand for any address"
        address = parse_address(clause.target[1:-1]) if clause.target[0] == "<" else None
        if address is None:
            try:
                address = parse_address(self._reading.prologue.expand(clause.target))
            except Doubt as doubt:
                return None, f"what it stands for is not certain. {doubt}"
        return address, "" if address else "it is no plain http or https address"

    def _is_certain(self, clause: Clause) -> bool:
        """Whether the engine reads a clause here, and not part of something else."""
        try:
            return self._reading.words.get(clause.start) == clause.keyword
        except Doubt:
            return False

    @cached_property
    def _reading(self) -> _Reading:
        """The certain reading. Raises :class:`Doubt` where there is none."""
        tokens = read_tokens(self.text)
        return _Reading(read_prologue(tokens), {token.start: token.word for token in tokens if token.kind == "word"})
