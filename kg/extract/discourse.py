"""What a clause leaves out and the text around it tells: who is helped, who gives, in which crisis, when.

The state of the discourse is explicit: the giving that the paragraph last spoke of, who is helped and who
gives in the article as a whole, and the crises with the countries they struck.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.extract.acts import Act, agree
from kg.extract.focus import Focus
from kg.extract.labels import is_line_of, labelled, line_of, opens_list
from kg.extract.scene import Scene
from kg.extract.time_words import time_table
from kg.records import Entity, PartialDate


@dataclass(frozen=True, slots=True)
class _State:
    """What has been spoken of: ``last`` giving of this paragraph, who was ``helped`` in it, the giving that the
    ``lead`` of a list announces, and the document's own."""

    main: tuple[str, ...]
    giver: tuple[str, ...]
    last: Act | None = None
    helped: tuple[str, ...] = ()
    lead: Act | None = None

    def after(self, act: Act) -> _State:
        """The state behind an act."""
        if act.modality != "asserted" or not act.recipients:
            return self
        return replace(self, last=act if act.donors else self.last, helped=act.recipients)

    def new_paragraph(self) -> _State:
        """The state at the start of a paragraph: nothing was spoken of in it yet."""
        return replace(self, last=None, helped=())


def fill_gaps(scene: Scene, acts: list[Act]) -> list[Act]:
    """The acts in text order, with the parties, crisis and date that only paragraph or document tell."""
    focus = Focus(scene, acts)
    state, paragraph = _State(focus.main, _main_donors(acts)), -1
    done: list[Act] = []
    for act in acts:
        if act.at[0] != paragraph:
            state, paragraph = state.new_paragraph(), act.at[0]
        if state.lead is not None and is_line_of(act, state.lead):
            done = [one for one in done if one is not state.lead]
            act = line_of(act, state.lead)
        act = _with_goods(replace(act, crisis=_crisis(scene, act)), state.last)
        act = _with_parties(scene, act, state, focus)
        act = replace(act, crisis=_crisis_of_helped(scene, act))
        past = _past_date(scene, act)
        if past is not None and (act.date is None or act.date.iso == past.iso[:4]):
            act = replace(act, date=past, told=act.date is not None)
        done.append(act)
        state = replace(state.after(act), lead=act if opens_list(scene, act) else state.lead)
    return done


def _main_donors(acts: list[Act]) -> tuple[str, ...]:
    """Who gives in this article, where at least two in three of its givings are by the same."""
    giving = (act for act in acts if act.modality == "asserted" and act.phase != "requested")
    counts = Counter(act.donors for act in giving if act.donors)
    donors, times = counts.most_common(1)[0] if counts else ((), 0)
    return donors if times >= 2 and 3 * times >= 2 * counts.total() else ()


def _with_parties(scene: Scene, act: Act, state: _State, focus: Focus) -> Act:
    last = state.last
    if act.label and not (act.sense == "line" and act.donors):
        act = labelled(scene, act, focus)
    if last is not None and _hands_on(scene, act, last):
        hands = tuple(dict.fromkeys((*act.implementers, *act.donors)))
        act = replace(act, implementers=hands, donors=last.donors, recipients=act.recipients or last.recipients)
    if not act.donors:
        act = _with_donors(act, state, focus)
    if act.recipients and all(key.startswith("organization/") for key in act.recipients):
        on_a_line = focus.main if act.label else ()  # a line of a list of help for one country: "paid to WFP"
        act = replace(act, recipients=focus.end_of(act) or on_a_line or act.recipients)
    return act if act.recipients else _with_recipients(scene, act, state, focus)


def _with_donors(act: Act, state: _State, focus: Focus) -> Act:
    """The act with the giver of the giving before, of the sentence before, or of the article, unless helped."""
    last, helped = state.last, set(act.recipients)
    if act.sense in ("arrive", "work", "carry", "receive") and act.items:
        known = (last.donors if last is not None else state.giver) or focus.giver(act)
        act = replace(act, donors=() if helped & set(known) else known)
    if not act.donors and last is not None and _elaborates(act, last):
        act = replace(act, donors=last.donors, recipients=act.recipients or last.recipients)
    if not act.donors and act.sense == "transfer" and act.items and not helped & set(state.giver):
        act = replace(act, donors=state.giver)
    return act


def _with_recipients(scene: Scene, act: Act, state: _State, focus: Focus) -> Act:
    """The act with those helped whom the nearest room tells: its crisis, sentence, passage, section, article."""
    last = state.last
    told = (
        _struck(scene, act),
        focus.beneficiaries(act),
        last.recipients if last is not None and last.donors == act.donors else (),
        focus.passage(act),
        focus.section(act.at[0]),
        state.main,
        focus.struck_here(act),
        state.helped,
    )
    return replace(act, recipients=next((keys for keys in told if keys and not set(keys) & set(act.donors)), ()))


def _hands_on(scene: Scene, act: Act, last: Act) -> bool:
    """Whether an organisation only carries on what was just told: "the money will be spent by UNICEF".

    Its goods were spoken of before and have no number of their own; it is no country, since a country gives itself,
    and the giver before was one.
    """
    if not act.refers or not act.donors or not last.donors or not agree(act.recipients, last.recipients):
        return False
    if act.sense not in ("transfer", "work", "carry") or any(item.quantity is not None for item in act.items):
        return False
    bodies = all(scene.entities[key].type == "organization" for key in act.donors if key in scene.entities)
    return bodies and all(key.startswith("country/") for key in last.donors)


def _with_goods(act: Act, last: Act | None) -> Act:
    """A bare number counts the goods of the giving before: "Gabon has got more than 80"."""
    if not act.bare:
        return act
    counted = [item for item in last.items if item.quantity is not None] if last is not None else []
    if not counted:
        return replace(act, items=())
    return replace(act, items=tuple(replace(item, category=counted[0].category) for item in act.items))


def _elaborates(act: Act, last: Act) -> bool:
    """Whether a clause without a giver goes on about the giving before it: the same people helped, goods, no sums."""
    if act.phase == "requested" or not agree(act.recipients, last.recipients):
        return False
    return not any(item.quantity is not None and item.quantity.currency for item in act.items)


def _struck(scene: Scene, act: Act) -> tuple[str, ...]:
    """Those whom the act's own crisis struck, where that is another crisis than the article's."""
    crisis = scene.entities.get(act.crisis or "")
    if crisis is None or crisis.key == scene.topic.crisis:
        return ()
    named = [key for key in crisis.struck if key in scene.entities]
    countries = tuple(dict.fromkeys(scene.country_of(key) or key for key in named))
    return countries if len(countries) == 1 else ()


def _past_date(scene: Scene, act: Act) -> PartialDate | None:
    """Help after a disaster of the past, told beside the news, is dated by its month where the text gives no day.

    Only for a crisis other than the article's own, whose first month is known: relief for a sudden disaster comes in
    the days behind it. Where the text gives the year, only if it also tells the month in which the disaster struck.
    """
    crisis = scene.entities.get(act.crisis or "")
    if crisis is None or crisis.key == scene.topic.crisis or crisis.start is None or len(crisis.start.iso) < 7:
        return None
    if crisis.disaster not in time_table().onset.sudden:
        return None
    if act.date is not None and not _tells_month(scene, crisis.start):
        return None
    return PartialDate(crisis.start.iso[:7])


def _tells_month(scene: Scene, start: PartialDate) -> bool:
    """Whether the article tells the month of a date with its year: "28 December 1908"."""
    return re.search(start.first.strftime(r"\b%B\b\D{0,12}(?:\d\d?\D{1,3})?%Y"), scene.parsed.article.text) is not None


def _crisis(scene: Scene, act: Act) -> str | None:
    """The act's crisis, unless it began after the act: then the one of the article that fits the act's year."""
    crisis = scene.entities.get(act.crisis or "")
    if (
        act.date is None
        or not act.told
        or crisis is None
        or crisis.start is None
        or crisis.start.first <= act.date.last
    ):
        return act.crisis
    crises = [entity for entity in scene.entities.values() if entity.type == "crisis"]
    fitting = [entity.key for entity in crises if entity.start and entity.start.iso[:4] == act.date.iso[:4]]
    return fitting[0] if len(fitting) == 1 else None


def _crisis_of_helped(scene: Scene, act: Act) -> str | None:
    """The act's crisis; another one that the article names, if that alone struck those who are helped."""
    crisis = scene.entities.get(act.crisis or "")
    if crisis is None or not act.recipients or not crisis.struck or _strikes(scene, crisis, act.recipients):
        return act.crisis
    named = {ref.entity for ref in scene.refs if ref.form == "crisis"}
    others = [key for key in sorted(named) if _strikes(scene, scene.entities[key], act.recipients)]
    return others[0] if len(others) == 1 else act.crisis


def _strikes(scene: Scene, crisis: Entity, keys: Iterable[str]) -> bool:
    struck = {scene.country_of(key) or key for key in crisis.struck} | set(crisis.struck)
    return not struck.isdisjoint(keys)


def objection(scene: Scene, act: Act) -> str | None:
    """Why an act is no report of giving; None if it is one."""
    why = None
    if act.own:
        why = "relief for its own people"
    elif act.context == "trade":
        why = "the words around it speak of trade or arms"
    elif act.context == "unclear" and not scene.about_relief:
        why = "neither a crisis nor relief is spoken of"
    elif not act.donors and not (act.phase == "requested" or act.modality != "asserted" or _is_sum(act)):
        why = "nobody is told who gives"
    elif not act.recipients and set(act.donors) & set(scene.topic.struck):
        why = "a stricken country that helps nobody named helps itself"
    elif not act.recipients and not _is_gift(act):
        why = "nobody is told who receives"
    elif set(act.donors) & set(act.recipients):
        why = "a party does not give to itself"
    elif act.bare and not act.items:
        why = "a number of nothing that was named"
    elif act.weak and act.modality == "asserted" and not act.items and _is_vague(act):
        why = "help in general, to or from nobody in particular"
    return why


def _is_gift(act: Act) -> bool:
    """Whether it is clear without a recipient that help is given: a giver, and goods that are counted or imagined."""
    if not act.donors or not act.items or act.weak or act.sense not in ("transfer", "work"):
        return False
    return act.modality != "asserted" or any(item.quantity is not None for item in act.items)


def _is_vague(act: Act) -> bool:
    return any(key.startswith("unnamed/") for key in (*act.donors, *act.recipients))


def _is_sum(act: Act) -> bool:
    """Money or counted goods that were surely given, whoever gave them: "$30 million has been paid out"."""
    counted = any(item.quantity is not None and (item.quantity.currency or item.quantity.value) for item in act.items)
    return counted and not act.weak and act.sense == "transfer"
