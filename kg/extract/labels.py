"""Lines of a list by the party that heads them: whether it gives or is helped, and what their lead announces.

"Oman: two ships" under "Help so far" tells a giver; "Chad: 300 tents" under "Malta has sent tents to three
countries:" tells who is helped. The words of the line alone do not say which.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.acts import Act
from kg.extract.focus import Focus
from kg.extract.scene import Scene


def opens_list(scene: Scene, act: Act) -> bool:
    """Whether the act's paragraph announces a list: "Malta has sent tents to three countries:"."""
    return bool(act.donors) and scene.parsed.paragraphs[act.at[0]].doc.text.rstrip().endswith(":")


def is_line_of(act: Act, lead: Act) -> bool:
    """Whether a line tells the share of one that the lead says to be helped: "- Chad: 300 tents"."""
    if not act.label or act.at[0] == lead.at[0] or not set(act.donors) <= {*act.label, *lead.donors}:
        return False
    return set(act.label) <= set(lead.recipients)


def line_of(act: Act, lead: Act) -> Act:
    """The line as an act of the lead's giver; a line without a verb takes the lead's phase."""
    phase = lead.phase if act.sense == "line" else act.phase
    return replace(act, donors=lead.donors, recipients=act.label, phase=phase, label=(), implementers=lead.implementers)


def labelled(scene: Scene, act: Act, focus: Focus) -> Act:
    """A line's label is its giver; where others give in it and the label gives nothing elsewhere, the one helped."""
    own = all(key.startswith("person/") or scene.country_of(key) in act.label for key in act.donors)
    in_need = set(act.label) <= {*focus.main, *scene.topic.struck}
    if own and not (in_need and not act.donors):
        bodies = tuple(key for key in act.donors if key.startswith("organization/"))
        return replace(act, donors=act.label, implementers=(*act.implementers, *bodies))
    places = all(key.startswith(("country/", "place/")) for key in act.label)
    places = places and (in_need or not set(act.label) & focus.givers)
    return replace(act, recipients=act.recipients or act.label) if places else act
