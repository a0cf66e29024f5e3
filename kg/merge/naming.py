"""Names of events: the slug in their IRI and the sentence that people read.

A slug is ``{donors}-to-{recipients}-{phase}-{date}``. Parties stand in the order of the alphabet; where none is
told it says ``unknown``, and ``undated`` where there is no date, so that the four parts are always there.
Everything comes from content, never from order, so that a name is the same in every build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from typing import Final

from kg.merge.event import UNNAMED, Event
from kg.records import PartialDate, Phase, Report

NAMED_PARTIES: Final = 4
LONGEST_PARTIES: Final = 80
# Not strftime, which follows the user's locale.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_VERBS: Final[dict[Phase, tuple[str, str, str]]] = {
    "requested": ("asks", "ask", "requested"),
    "pledged": ("pledges", "pledge", "pledged"),
    "dispatched": ("sends", "send", "sent"),
    "delivered": ("delivers", "deliver", "delivered"),
}
"""For one party, for several, and where nobody is told to act."""


def content_hash(content: str) -> str:
    """Eight hexadecimal digits that stand for ``content``: enough to tell apart the few that share a name."""
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def parties_slug(keys: Collection[str]) -> str:
    """``russia``, ``china-and-russia``; from the fifth on, or past 80 characters, a hash stands for the rest."""
    slugs = sorted({key.rpartition("/")[2] for key in keys})
    joined = "-and-".join(slugs)
    if len(slugs) <= NAMED_PARTIES and len(joined) <= LONGEST_PARTIES:
        return joined or "unknown"
    return f"{'-and-'.join(slugs[:NAMED_PARTIES])[:LONGEST_PARTIES].rstrip('-')}-and-others-{content_hash(joined)}"


def event_slug(report: Report, date: PartialDate | None) -> str:
    """The slug of an event by one of its reports and its date, before collisions are looked at."""
    when = date.iso if date else "undated"
    return f"{parties_slug(report.donors)}-to-{parties_slug(report.recipients)}-{report.phase}-{when}"


def event_name(event: Event, name_of: Callable[[str], str]) -> str:
    """``Russia pledges aid to Italy, 21 March 2020``, by what all articles agree on.

    An editor may join what one article tells of unnamed parties with what another tells; these are known to their
    article only, so a name for all leaves them out.

    Args:
        name_of: gives the name of an entity's key; asked for those with a name.
    """
    report = event.tellings[0].report
    donors, recipients = (
        tuple(key for key in keys if not key.startswith(UNNAMED)) for keys in (report.donors, report.recipients)
    )
    return giving_name(report.phase, donors, recipients, event.date, name_of)


def giving_name(
    phase: Phase,
    givers: Iterable[str],
    takers: Iterable[str],
    date: PartialDate | None,
    name_of: Callable[[str], str],
) -> str:
    """The name of a giving by the keys of its donors and recipients."""
    donors, recipients = sorted(map(name_of, set(givers))), sorted(map(name_of, set(takers)))
    when = f", {date_words(date)}" if date else ""
    return f"{_sentence(phase, donors, recipients)}{when}"


def _sentence(phase: Phase, donors: list[str], recipients: list[str]) -> str:
    one, several, done = _VERBS[phase]
    if phase == "requested" and recipients:
        whom = f" {list_words(donors)}" if donors else ""
        return f"{list_words(recipients)} {one if len(recipients) == 1 else several}{whom} for aid"
    if phase == "requested":
        return f"Aid {done} from {list_words(donors)}" if donors else f"Aid {done}"
    to = f" to {list_words(recipients)}" if recipients else ""
    return f"{list_words(donors)} {one if len(donors) == 1 else several} aid{to}" if donors else f"Aid {done}{to}"


def list_words(names: Iterable[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``; more than four are counted."""
    listed = list(names)
    if len(listed) > 4:
        listed = [*listed[:3], f"{len(listed) - 3} others"]
    return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))


def date_words(date: PartialDate) -> str:
    """``21 March 2020``, ``March 2020`` or ``2020``."""
    year, month, day = (*date.parts, None, None)[:3]
    return " ".join(str(part) for part in (day, month and _MONTHS[month - 1], year) if part)
