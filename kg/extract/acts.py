"""Acts: one clause of giving each, and when two of them speak of the same giving.

A report is often told in pieces: "planes landed, carrying …", "the minister promised tents", "the tents
arrived on Friday". Acts of one sentence are joined generously, those of different sentences only if their
goods do not speak against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypedDict

from kg.records import Item, Modality, PartialDate, Phase, Span

Context = Literal["relief", "trade", "unclear"]

_ORDER: dict[Phase, int] = {"requested": 0, "pledged": 1, "dispatched": 2, "delivered": 3}


class _When(TypedDict):
    """When an act happened, and whether that is told of it."""

    date: PartialDate | None
    told: bool


@dataclass(frozen=True, slots=True)
class Act:
    """One clause, read. ``at`` orders acts in the text; ``sentence`` is its paragraph and first token.

    ``weak``: the words tell that there is help, not how far it has come ("aid to", "to help", "by helping").
    ``refers``: its goods were spoken of before ("the specialists"). ``own``: it helps nobody but the giver.
    ``bare``: its goods are a number alone. ``context``: what the words around it say it is.
    ``label``: who heads the line of a list that it stands in. ``told``: its date is told of it, not surmised.
    """

    at: tuple[int, int]
    sentence: tuple[int, int]
    sense: str
    rule: str
    phase: Phase | None
    weak: bool
    refers: bool
    own: bool
    bare: bool
    context: Context
    modality: Modality
    donors: tuple[str, ...]
    recipients: tuple[str, ...]
    implementers: tuple[str, ...]
    items: tuple[Item, ...]
    locations: tuple[str, ...]
    label: tuple[str, ...]
    crisis: str | None
    date: PartialDate | None
    evidence: tuple[Span, ...]
    told: bool = True


def join_sentences(acts: Iterable[Act]) -> list[Act]:
    """Acts of one sentence that speak of the same giving, made one."""
    return _grouped(acts, lambda one, other: one.sentence == other.sentence and _same_giving(one, other))


def fold(acts: Iterable[Act]) -> list[Act]:
    """One act for the sentences that tell the same giving, with the latest phase that is told; what was asked for is
    told by what was given."""
    done = _grouped(acts, _is_same_event)
    for asked in [act for act in done if act.phase == "requested" and act.modality == "asserted"]:
        given = next((act for act in done if _answers(act, asked)), None)
        if given is not None:
            evidence = tuple(dict.fromkeys((*given.evidence, *asked.evidence)))
            done = [replace(act, evidence=evidence) if act is given else act for act in done if act is not asked]
    return done


def _answers(act: Act, asked: Act) -> bool:
    """Whether an act gives what was asked for: the same goods, later in the text; a dated request is an act of its
    own."""
    if act.phase == "requested" or act.modality != "asserted" or act.at <= asked.at or asked.date:
        return False
    if set(act.recipients) != set(asked.recipients) or not set(asked.donors) <= set(act.donors):
        return False
    wanted = {_head(item) for item in asked.items if not _is_general(item)}
    return bool(wanted & {_head(item) for item in act.items})


def _grouped(acts: Iterable[Act], same: Callable[[Act, Act], bool]) -> list[Act]:
    done: list[Act] = []
    for act in acts:
        for i, other in enumerate(done):
            if same(other, act):
                done[i] = _united(other, act)
                break
        else:
            done.append(act)
    return done


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sets of parties are the same, or one is not told."""
    return not one or not other or set(one) == set(other)


def overlaps(span: Span, spans: Iterable[Span]) -> bool:
    """Whether a span has characters in common with one of others."""
    return any(span.start < other.end and other.start < span.end for other in spans)


def _same_kind(one: Act, other: Act) -> bool:
    return one.modality == other.modality and (one.phase == "requested") == (other.phase == "requested")


def _same_giving(one: Act, other: Act) -> bool:
    if not _same_kind(one, other) or _stand_apart(one, other) or _on_other_days(one, other):
        return False
    return agree(one.donors, other.donors) and agree(one.recipients, other.recipients)


def _is_same_event(one: Act, other: Act) -> bool:
    if not _same_kind(one, other) or _stand_apart(one, other):
        return False
    if set(one.donors) != set(other.donors) or set(one.recipients) != set(other.recipients):
        return False
    if (one.crisis and other.crisis and one.crisis != other.crisis) or not _same_goods(one, other):
        return False
    if one.date is None or other.date is None or not (one.told and other.told):
        return True
    return one.date.first <= other.date.last and other.date.first <= one.date.last


def _stand_apart(one: Act, other: Act) -> bool:
    """Two steps with goods of their own: "has sent three field hospitals, and 450 rescuers are at work"."""
    if one.phase is None or other.phase is None or one.phase == other.phase or one.weak or other.weak:
        return False
    mine, theirs = ({_head(item) for item in act.items if not _is_general(item)} for act in (one, other))
    return bool(mine and theirs) and not (one.refers or other.refers or mine & theirs)


def _is_general(item: Item) -> bool:
    """Goods that may be any: "help", "supplies"."""
    return item.category == "other" and item.quantity is None


def _on_other_days(one: Act, other: Act) -> bool:
    """Two days, each with goods of its own: "20 nurses came on Friday, followed a day later by ten ambulances"."""
    if one.date is None or other.date is None or not (one.told and other.told) or not (one.items and other.items):
        return False
    apart = one.date.last < other.date.first or other.date.last < one.date.first
    return apart and not {_head(item) for item in one.items} & {_head(item) for item in other.items}


def _head(item: Item) -> str:
    """What two mentions of the same goods have in common: the noun, or the sum."""
    if item.category == "funds":
        return item.name.lower()
    return item.name.lower().split()[-1].rstrip("s")


def _same_goods(one: Act, other: Act) -> bool:
    """Whether two sentences may speak of the same goods: some are named in both, in no other number; or one names
    none of its own."""
    sums = [
        {(i.quantity.value, i.quantity.currency) for i in a.items if i.quantity and i.quantity.currency}
        for a in (one, other)
    ]
    if all(sums) and not sums[0] & sums[1]:
        return False
    if _passing(one) or _passing(other) or other.refers:
        return True
    mine, theirs = ({_head(item): item for item in act.items if not _is_general(item)} for act in (one, other))
    if not mine or not theirs:
        return True
    both = mine.keys() & theirs.keys()
    return bool(both) and not any(_differ(mine[head], theirs[head]) for head in both)


def _passing(act: Act) -> bool:
    """Help told in passing, with no number of its own: "Peruvian aid has arrived"."""
    return act.weak and all(item.quantity is None for item in act.items)


def _differ(one: Item, other: Item) -> bool:
    mine, theirs = one.quantity, other.quantity
    return bool(mine and theirs and mine.value and theirs.value and mine.value != theirs.value)


def _united(one: Act, other: Act) -> Act:
    spans = {item.span for item in one.items}
    return replace(
        one,
        phase=_latest(act for act in (one, other) if not act.weak) or _latest((one, other)),
        weak=one.weak and other.weak,
        refers=one.refers and other.refers,
        donors=one.donors or other.donors,
        recipients=one.recipients or other.recipients,
        implementers=tuple(dict.fromkeys((*one.implementers, *other.implementers))),
        items=(*one.items, *(item for item in other.items if not overlaps(item.span, spans))),
        locations=tuple(dict.fromkeys((*one.locations, *other.locations))),
        crisis=one.crisis or other.crisis,
        **_when(one, other),
        evidence=one.evidence if _adds_nothing(other) else tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        rule=one.rule if one.rule == other.rule else f"{one.rule}; {other.rule}",
    )


def _adds_nothing(act: Act) -> bool:
    """Help told in passing, without goods, day or who carries it out: "by helping Peru, Chile gains friends"."""
    return act.weak and not act.items and act.date is None and not act.implementers


def _latest(acts: Iterable[Act]) -> Phase | None:
    phases: list[Phase] = [act.phase for act in acts if act.phase is not None]
    return max(phases, key=_ORDER.__getitem__, default=None)


def _when(one: Act, other: Act) -> _When:
    """The date that is told rather than surmised, then the more exact one. The day of a promise dates no delivery."""
    phase = _latest((one, other))
    acts = [act for act in (one, other) if act.date is not None and not (_is_word(act.phase) and not _is_word(phase))]
    best = max(acts, key=lambda act: (act.told, len(act.date.iso) if act.date else 0), default=None)
    return {"date": best.date, "told": best.told} if best else {"date": None, "told": False}


def _is_word(phase: Phase | None) -> bool:
    """Whether an act is so far only one of words."""
    return phase in ("requested", "pledged")
