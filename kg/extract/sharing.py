"""Acts that share a verb with another: "Oslo gave $2 million, Bern one million", "and so did Bern".

A clause that leaves its verb, goods or receiver to the one before is made an act of its own here, from the act
of the full clause and what the short one says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.acts import Act, overlaps
from kg.extract.gapping import Gapped, find_bracketed, find_gapped, find_shared, find_trailing
from kg.extract.said import Context

_SHARED = frozenset({"transfer", "arrive", "receive", "line"})


def with_gapped(context: Context, act: Act) -> Iterator[Act]:
    """The act, and those that share its verb without repeating it."""
    if act.sense not in _SHARED:
        yield act
        return
    where = (context.scene, context.paragraph, context.numbers, context.clause)
    model = act.items[0] if act.items else None
    gapped = [*find_gapped(*where, model), *find_trailing(*where, model), *find_bracketed(*where)] if act.donors else []
    # The giver may stand elsewhere, at the head of a list's line: "Oslo: $2 million given to Mali, $1 million to Chad"
    shared = list(find_shared(*where, act.items[0])) if act.items and act.sense in ("transfer", "line") else []
    if not act.donors or not {*act.donors} <= {key for gap in gapped for key in gap.parties.principals}:
        yield _without(act, gapped, shared)
    for gap in shared:
        rule = f"{act.rule}, shared out"
        yield replace(act, at=(act.at[0], gap.at), recipients=gap.parties.principals, items=gap.items, rule=rule)
    for gap in gapped:
        yield replace(
            act,
            at=(act.at[0], gap.at),
            donors=gap.parties.principals,
            recipients=tuple(key for key in act.recipients if key not in gap.parties.principals),
            implementers=gap.parties.implementers,
            items=gap.items,
            rule=f"{act.rule}, verb left out",
        )


def _without(act: Act, gapped: list[Gapped], shared: list[Gapped]) -> Act:
    """The act without what the parse took from the short clauses: "100 tents to Haiti and Mexico 60 nurses"."""
    taken = {item.span for gap in (*gapped, *shared) for item in gap.items}
    givers = {key for gap in gapped for key in gap.parties.principals}
    takers = {key for gap in shared for key in gap.parties.principals}
    recipients = tuple(key for key in act.recipients if key not in givers)
    return replace(
        act,
        items=tuple(item for item in act.items if not overlaps(item.span, taken)) or act.items,
        donors=tuple(key for key in act.donors if key not in givers) or act.donors,
        recipients=tuple(key for key in recipients if key not in takers) or recipients,
    )


def echoed(act: Act, before: Act | None) -> Act | None:
    """An act that does as another did ("followed suit"), with what it leaves out; None if it stands alone.

    Goods that are not named again are of the kind that was given before, in a number that is not told.
    """
    if before is None:
        return replace(act, phase=act.phase or "pledged", sense="transfer") if act.items else None
    # Who follows may be one more to be helped: "Chad got 50 trucks, and Mali followed".
    if before.sense in ("arrive", "receive"):
        act = replace(act, donors=before.donors, recipients=act.donors)
    return replace(
        act,
        sense=before.sense,
        phase=act.phase or before.phase,
        recipients=act.recipients or tuple(key for key in before.recipients if key not in act.donors),
        items=act.items or tuple(replace(item, quantity=None) for item in before.items if item.category != "funds"),
        locations=act.locations or before.locations,
        date=act.date or (before.date if before.sentence == act.sentence else None),
        rule=f"{act.rule}, as {before.rule}",
    )
