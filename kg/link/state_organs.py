"""Ministries, embassies and forces of a state, which writers name in many ways.

"Ministry of Health of Peru", "the Peruvian health ministry" and "Peru's Health Ministry" are one body. No table has
those of all states, so the usual names are made from the field and the state: one for the key, all for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.link.entry import Entry

_OFFICE = re.compile(
    r"(?:(?P<of>(?i:ministry|department)) (?:of|for) (?:the )?(?P<what>.+)"
    r"|(?P<what2>.+) (?P<of2>(?i:ministry|department)))$"
)
_FORCE = re.compile(
    r".*\b(army|navy|air force|armed forces|forces|force|military|fleet|troops|marines|coast ?guard|guard|corps)\b.*",
    re.IGNORECASE,
)
_BARE_FORCE = re.compile(r"Army|Navy|Air Force|Coast Guard|Armed Forces")
_MISSION = re.compile(r"(?i:.*\b(?:embassy|high commission|consulate(?: general)?|legation))\b.*")
# Short names of fields, and how the office is called in full.
_FIELDS = {
    "foreign": "Foreign Affairs", "emergencies": "Emergency Situations", "emergency": "Emergency Situations",
    "home": "Home Affairs", "civil affairs": "Civil Affairs", "defense": "Defence", "public health": "Health",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organ:
    """A body of a state by its usual name and the other names that it goes by."""

    title: str
    aliases: tuple[str, ...] = ()


def is_force(text: str) -> bool:
    """Whether the words name an army, a navy or the like."""
    return _FORCE.match(text) is not None


def is_mission(text: str) -> bool:
    """Whether the words name an embassy or the like, which its seat tells from others: "the embassy in Lima"."""
    return _MISSION.match(text) is not None


def organ_of(text: str, state: Entry, *, told: bool) -> Organ | None:
    """The organ that the words name, the state left out of them; None if they name no organ of a state.

    Args:
        text: as ``"health ministry"`` or ``"Ministry of Health"``.
        state: whose it is.
        told: whether the words said whose it is. Only a ministry and "the Army" are anybody's without that.
    """
    adjective = next(iter(state.demonyms), state.name)
    if office := _OFFICE.match(text):
        field = _field(office["what"] or office["what2"])
        kind = (office["of"] or office["of2"]).capitalize()
        return Organ(f"{adjective} {kind} of {field}", tuple(_other_names(kind, field, adjective, state)))
    if _BARE_FORCE.fullmatch(text) or (told and (_FORCE.match(text) or _MISSION.match(text))):
        return Organ(f"{adjective} {text}".strip())
    return None


def _field(what: str) -> str:
    what = _FIELDS.get(what.lower(), what).replace("Defense", "Defence")
    return what if not what.islower() else what.title().replace(" And ", " and ")


def _other_names(kind: str, field: str, adjective: str, state: Entry) -> Iterator[str]:
    short = next((name.capitalize() for name, full in _FIELDS.items() if full == field and len(name) > 4), field)
    yield f"{kind} of {field} of {state.name}"
    for name in dict.fromkeys((field, short)):
        yield f"{adjective} {name} {kind}"
        yield f"{state.name}'s {name.lower()} {kind.lower()}"


def without_state(text: str, state: str | None) -> str:
    """The words without the state in or behind them: ``"Ministry of Health of Peru"``, ``"Peruvian navy"``."""
    if state is None:
        return text
    bare = re.sub(rf"\s+(of|for)\s+(the\s+)?{re.escape(state)}$", "", text)
    return re.sub(rf"^{re.escape(state)}(['’]s?)?\s+", "", bare)
