"""Reports of giving: each clause read as an act, acts of one sentence joined, gaps filled from the discourse.

The steps, in order: :func:`_act` reads one clause; :func:`_joined` unites the acts of a sentence that
speak of one giving ("planes landed …, carrying …"); :func:`_filled` takes a missing recipient, donor or
crisis from what the paragraph and the document are about; :func:`_folded` makes one report of the
sentences that tell the same giving, with the latest phase that is asserted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.frames import Clause, find_clauses, is_giving_noun
from kg.extract.gapping import find_gapped, find_shared
from kg.extract.items import FoundItem, candidates, find_items, listed
from kg.extract.modality import standing
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number, find_numbers
from kg.extract.parties import Parties, parties, places
from kg.extract.scene import Scene
from kg.extract.times import Anchor, date_at, find_times
from kg.records import Item, Modality, Note, PartialDate, Phase, Report, Span

_ORDER: dict[Phase, int] = {"requested": 0, "pledged": 1, "dispatched": 2, "delivered": 3}


@dataclass(frozen=True, slots=True)
class Act:
    """One clause, read. ``at`` orders acts in the text; ``sentence`` is its paragraph and first token.

    ``weak``: the words tell that there is help, not how far it has come ("aid to", "to help", "by helping").
    ``refers``: its goods were spoken of before ("the specialists").
    """

    at: tuple[int, int]
    sentence: tuple[int, int]
    sense: str
    rule: str
    phase: Phase | None
    weak: bool
    refers: bool
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


@dataclass(frozen=True, slots=True)
class _Context:
    scene: Scene
    paragraph: Paragraph
    numbers: tuple[Number, ...]
    clause: Clause

    def parties(self, heads: Iterable[Token]) -> Parties:
        return parties(self.scene, self.paragraph, heads)

    def listed(self, heads: Iterable[Token]) -> list[FoundItem]:
        """The items that these phrases head, and what else stands on the same list."""
        heads = list(candidates(heads))
        start = min((head.i for head in heads), default=None)
        more = [] if start is None else listed(start + 1, self.clause.trigger)
        return self._found([*heads, *more])

    def items(self, heads: Iterable[Token]) -> list[FoundItem]:
        return self._found(candidates(heads))

    def _found(self, tokens: Iterable[Token]) -> list[FoundItem]:
        """The items, leaving out words that name somebody: an African Union Mission is no mission sent."""
        named = (token for token in tokens if not self._is_name(token))
        return list(find_items(self.paragraph, named, self.numbers))

    def _is_name(self, token: Token) -> bool:
        ref = self.scene.at(self.paragraph, token.i)
        return ref is not None and ref.form in ("name", "seat", "capital")


def find_reports(scene: Scene, anchor: Anchor) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """All reports of giving in the article, and what was seen and not taken."""
    notes: list[Note] = []
    acts = [act for paragraph in scene.parsed.paragraphs for act in _acts(scene, paragraph, anchor, notes)]
    acts = _joined(acts)
    acts = [act for act in _filled(scene, acts) if _is_report(scene, act, notes)]
    return tuple(_report(act) for act in _folded(acts)), tuple(notes)


# ---------------------------------------------------------------- one clause


def _acts(scene: Scene, paragraph: Paragraph, anchor: Anchor, notes: list[Note]) -> Iterator[Act]:
    numbers = find_numbers(paragraph.doc)
    times = find_times(paragraph.doc, anchor)
    for clause in find_clauses(paragraph):
        state = standing(clause.trigger)
        if state.modality is None:
            notes.append(Note(paragraph.span(clause.trigger.sent), f"“{clause.trigger.text}” is not read: {state.why}"))
            continue
        act = _act(_Context(scene, paragraph, numbers, clause))
        if act is None:
            continue
        phase = clause.frame.phase
        if state.phase is not None and (phase is None or clause.frame.sense != "request"):
            phase = state.phase
        act = replace(act, phase=phase, modality=state.modality, date=date_at(times, paragraph.doc, clause.trigger.i))
        yield from _with_gapped(scene, paragraph, numbers, clause, act)


def _with_gapped(scene: Scene, paragraph: Paragraph, numbers: tuple[Number, ...], clause: Clause, act: Act) -> Iterator[Act]:
    """The act, and those that share its verb without repeating it: "Oslo gave $2 million, Bern one million"."""
    if act.sense != "transfer" or not act.donors:
        yield act
        return
    gapped = list(find_gapped(scene, paragraph, numbers, clause))
    shared = list(find_shared(scene, paragraph, numbers, clause, act.items[0])) if act.items else []
    taken = {item.span for gap in (*gapped, *shared) for item in gap.items}
    givers = {key for gap in gapped for key in gap.parties.principals}
    takers = {key for gap in shared for key in gap.parties.principals}
    yield replace(
        act, items=tuple(item for item in act.items if not _overlaps(item.span, taken)) or act.items,
        donors=tuple(key for key in act.donors if key not in givers) or act.donors,
        recipients=tuple(key for key in act.recipients if key not in takers) or act.recipients,
    )
    for gap in shared:
        yield replace(act, at=(act.at[0], gap.at), recipients=gap.parties.principals, items=gap.items, rule=f"{act.rule}, shared out")
    for gap in gapped:
        yield replace(
            act, at=(act.at[0], gap.at), donors=gap.parties.principals, implementers=gap.parties.implementers,
            items=gap.items, rule=f"{act.rule}, verb left out",
        )


def _act(context: _Context) -> Act | None:
    clause, scene, paragraph = context.clause, context.scene, context.paragraph
    read = _READERS[clause.frame.sense](context)
    if read is None:
        return None
    donors, recipients, items = read
    sentence = clause.trigger.sent
    there = clause.after("in", "to", "at", "near", "into", "from")
    return Act(
        at=(paragraph.index, clause.trigger.i), sentence=(paragraph.index, sentence.start), sense=clause.frame.sense,
        rule=f"{clause.frame.sense}: {clause.frame.lemma}", phase=clause.frame.phase, weak=_is_weak(clause), refers=any(_is_definite(found.head) for found in items),
        modality="asserted",
        donors=_no_bystanders(donors.principals), recipients=tuple(key for key in recipients.principals if key not in donors.principals),
        implementers=tuple(dict.fromkeys((*donors.implementers,))), items=tuple(found.item for found in items),
        locations=places(scene, paragraph, there), label=_label(scene, paragraph, clause.trigger), crisis=scene.crisis_at(paragraph, clause.trigger.i), date=None,
        evidence=(paragraph.span(sentence),),
    )


def _label(scene: Scene, paragraph: Paragraph, trigger: Token) -> tuple[str, ...]:
    """The party that heads a line of a list: "• Kuwait: two aircraft were sent"."""
    doc, line = paragraph.doc, paragraph.doc.text.rfind("\n", 0, trigger.idx) + 1
    for ref in scene.refs_in(paragraph):
        if doc[ref.start].idx < line or ref.start > trigger.i:
            continue
        before, behind = doc.text[line : doc[ref.start].idx], doc.text[doc[ref.end - 1].idx + len(doc[ref.end - 1]) : trigger.idx]
        if not any(c.isalnum() for c in before) and _LABEL_END.match(behind):
            return parties(scene, paragraph, [doc[ref.start : ref.end].root]).principals
        return ()
    return ()


_LABEL_END = re.compile(r"(\s*\([^)\n]{1,20}\))?(, [^:\n]{3,20})?:")


def _is_weak(clause: Clause) -> bool:
    trigger = clause.trigger
    if trigger.pos_ not in ("VERB", "AUX"):
        return True
    return clause.frame.sense == "assist" and trigger.dep_ in ("advcl", "acl", "pcomp", "xcomp") and trigger.tag_ in ("VB", "VBG")


def _is_definite(head: Token) -> bool:
    return any(c.dep_ in ("det", "poss") and c.lower_ in ("the", "these", "those", "its", "their", "this") for c in head.children)


def _no_bystanders(keys: tuple[str, ...]) -> tuple[str, ...]:
    """A person is a party only where no state or organisation is: "President X ordered the Y army"."""
    others = tuple(key for key in keys if not key.startswith("person/"))
    return others or keys


_Read = tuple[Parties, Parties, list[FoundItem]]


def _goods(context: _Context, *more: Token) -> list[FoundItem]:
    clause = context.clause
    return context.listed([*clause.patients, *clause.after("with", "including", "along"), *more])


def _destination(context: _Context) -> Parties:
    """Who the goods are for. An organisation that passes them on counts only where no country is told."""
    clause = context.clause
    found = context.parties([*clause.receivers, *clause.after("to", "for", "towards", "toward")])
    ends = tuple(key for key in found.principals if not key.startswith(("organization/", "person/")))
    if found.principals:
        return Parties(ends or found.principals, found.implementers)
    if clause.frame.phase == "pledged":
        return Parties()  # "announced in New York": the place of a promise is not where the help goes
    return context.parties(clause.after("in", "into", "at", "across"))


def _transfer(context: _Context) -> _Read | None:
    items = _goods(context)
    if not items:
        return None
    return _givers(context), _destination(context), items


def _givers(context: _Context) -> Parties:
    """Who acts; if nobody is told to, whose the goods are: "Russian specialists were dispatched"."""
    found = context.parties(context.clause.agents)
    return found if found.principals else context.parties(context.clause.patients)


def _assist(context: _Context) -> _Read | None:
    helped = context.parties(context.clause.patients)
    donors = context.parties(context.clause.agents)
    if not helped.principals or not donors.principals:
        return None
    return donors, helped, context.items(context.clause.after("with", "by"))


def _arrive(context: _Context) -> _Read | None:
    clause = context.clause
    items = [found for found in context.items(clause.agents) if found.item.category not in ("funds", "services")]
    items = [found for found in items if not _is_carrier(found)]
    carriers = [token for token in clause.agents if _moves(token)]
    if not items and not carriers:
        return None
    there = context.parties(clause.after("in", "at", "to", "for", "into", "on"))
    there = there if there.principals else context.parties(clause.patients)
    origin = clause.patients if clause.frame.lemma in _LEAVING else ()
    there = there if not origin else context.parties(clause.after("to", "for"))
    donors = context.parties([*clause.agents, *clause.after("from"), *origin])
    donors = Parties(tuple(key for key in donors.principals if not key.startswith("person/")), donors.implementers)
    return donors, there, [*items, *context.items(clause.after("with", "carrying"))]


_LEAVING = frozenset({"leave", "depart", "quit"})


def _is_carrier(found: FoundItem) -> bool:
    return found.item.category == "transport"


def _moves(token: Token) -> bool:
    return token.lemma_.lower() in {"plane", "aircraft", "flight", "ship", "convoy", "jet", "train", "vessel", "airlift", "shipment", "consignment", "delivery", "detachment", "squadron", "fleet"}


def _carry(context: _Context) -> _Read | None:
    items = _goods(context)
    if not items:
        return None
    return context.parties(context.clause.agents), _destination(context), items


def _receive(context: _Context) -> _Read | None:
    items = _goods(context)
    if not items:
        return None
    return context.parties(context.clause.after("from", "by")), context.parties(context.clause.agents), items


def _request(context: _Context) -> _Read | None:
    """A state asks for itself; an organisation that appeals asks for those it helps."""
    clause = context.clause
    items = context.items([*clause.patients, *clause.after("for", "of")])
    if not items:
        return None
    askers = context.parties(clause.agents)
    donors = context.parties([*clause.after("to", "from"), *clause.patients])
    states = tuple(key for key in askers.principals if not key.startswith(("organization/", "person/")))
    behind = context.parties(t for found in items for c in found.head.children if c.lower_ in ("for", "in") for t in c.subtree)
    return Parties(tuple(k for k in donors.principals if k not in behind.principals)), Parties(states or behind.principals), items


def _need(context: _Context) -> _Read | None:
    items = context.items(context.clause.patients)
    if not items or standing(context.clause.trigger).modality == "asserted":
        return None
    donors = context.parties(t for head in context.clause.patients for t in head.children if t.dep_ == "poss")
    return donors, context.parties(context.clause.agents), items


def _thank(context: _Context) -> _Read | None:
    items = context.items(context.clause.after("for"))
    if not items:
        return None
    return context.parties(context.clause.patients), context.parties(context.clause.agents), items


def _work(context: _Context) -> _Read | None:
    clause = context.clause
    acts = [clause.trigger] if clause.trigger.pos_ == "NOUN" else [*clause.patients, *clause.after("in")]
    people = [found for found in context.items(clause.agents) if found.item.category == "personnel"]
    items = [found for found in context.items(acts) if found.item.category == "services"]
    donors = context.parties(clause.agents)
    if not donors.principals and not people or not (people or items or any(_names_act(token) for token in acts)):
        return None
    if not items and not any(_names_act(token) for token in acts) and clause.trigger.lemma_ not in _AT_WORK:
        return None
    return donors, context.parties(clause.after("in", "for", "at")), [*people, *items]


_AT_WORK = frozenset({"treat", "work", "operate", "dig", "search", "vaccinate", "serve", "save"})


def _names_act(token: Token) -> bool:
    """ "The deliveries will be carried out by …"."""
    return is_giving_noun(token)


_READERS = {
    "transfer": _transfer, "assist": _assist, "arrive": _arrive, "carry": _carry, "receive": _receive,
    "request": _request, "need": _need, "thank": _thank, "work": _work,
}


# ---------------------------------------------------------------- one sentence


def _joined(acts: list[Act]) -> list[Act]:
    """Acts of one sentence that speak of the same giving, made one."""
    done: list[Act] = []
    for act in acts:
        for i, other in enumerate(done):
            if other.sentence == act.sentence and _same_giving(other, act):
                done[i] = _united(other, act)
                break
        else:
            done.append(act)
    return done


def _same_giving(one: Act, other: Act) -> bool:
    if one.modality != other.modality or (one.phase == "requested") != (other.phase == "requested") or _stand_apart(one, other):
        return False
    return _agree(one.donors, other.donors) and _agree(one.recipients, other.recipients)


def _stand_apart(one: Act, other: Act) -> bool:
    """Two steps with goods of their own: "has sent three field hospitals, and 450 rescuers are at work"."""
    if one.phase is None or other.phase is None or one.phase == other.phase or one.weak or other.weak:
        return False
    if one.refers or other.refers or not one.items or not other.items:
        return False
    return not {_head(item) for item in one.items} & {_head(item) for item in other.items}


def _head(item: Item) -> str:
    """What two mentions of the same goods have in common: the noun, or the sum."""
    if item.category == "funds":
        return item.name.lower()
    return item.name.lower().split()[-1].rstrip("s")


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or set(one) == set(other)


def _united(one: Act, other: Act) -> Act:
    strong = [act for act in (one, other) if not act.weak] or [one, other]
    phases = [act.phase for act in strong if act.phase is not None] or [act.phase for act in (one, other) if act.phase is not None]
    spans = {item.span for item in one.items}
    return replace(
        one, phase=max(phases, key=lambda phase: _ORDER[phase]) if phases else None, weak=one.weak and other.weak,
        refers=one.refers and other.refers,
        donors=one.donors or other.donors, recipients=one.recipients or other.recipients,
        implementers=tuple(dict.fromkeys((*one.implementers, *other.implementers))),
        items=(*one.items, *(item for item in other.items if not _overlaps(item.span, spans))),
        locations=tuple(dict.fromkeys((*one.locations, *other.locations))), crisis=one.crisis or other.crisis,
        date=_finer(one.date, other.date), evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        rule=one.rule if one.rule == other.rule else f"{one.rule}; {other.rule}",
    )


def _overlaps(span: Span, spans: set[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in spans)


def _finer(one: PartialDate | None, other: PartialDate | None) -> PartialDate | None:
    dates = [date for date in (one, other) if date is not None]
    return max(dates, key=lambda date: len(date.iso), default=None)


# ---------------------------------------------------------------- the discourse


def _filled(scene: Scene, acts: list[Act]) -> Iterator[Act]:
    main, giver = _main_recipients(scene, acts), _main_donors(acts)
    last: Act | None = None
    for act in acts:
        if last is not None and act.at[0] != last.at[0]:
            last = None
        act = replace(act, crisis=_crisis(scene, act))
        act = _with_parties(scene, act, last, main, giver)
        past = _past_date(scene, act)
        if past is not None and (act.date is None or act.date.iso == past.iso[:4]):
            act = replace(act, date=past)
        yield act
        if act.donors and act.recipients and act.modality == "asserted":
            last = act


def _main_recipients(scene: Scene, acts: list[Act]) -> tuple[str, ...]:
    """Who is helped in this article: a region that the headline names, else those of the stricken countries that
    do not give themselves, else those helped most often."""
    givers = {key for act in acts for key in act.donors}
    headline = [ref.entity for p in scene.parsed.paragraphs if p.kind == "headline" for ref in scene.refs_in(p) if ref.form == "name"]
    regions = [key for key in headline if key.startswith("place/") and scene.entities[key].part_of is None and scene.entities[key].listed]
    if regions and scene.topic.crisis:
        return (regions[0],)
    stricken = tuple(key for key in scene.topic.struck if key not in givers or len(scene.topic.struck) == 1)
    if stricken:
        return stricken
    counts = Counter(act.recipients for act in acts if act.recipients and act.donors)
    recipients, times = counts.most_common(1)[0] if counts else ((), 0)
    return recipients if 2 * times > counts.total() else ()


def _main_donors(acts: list[Act]) -> tuple[str, ...]:
    """Who gives in this article, where at least two in three of its givings are by the same."""
    counts = Counter(act.donors for act in acts if act.donors and act.modality == "asserted")
    donors, times = counts.most_common(1)[0] if counts else ((), 0)
    return donors if times >= 2 and 3 * times >= 2 * counts.total() else ()


def _with_parties(scene: Scene, act: Act, last: Act | None, main: tuple[str, ...], giver: tuple[str, ...]) -> Act:
    donors, recipients = act.donors, act.recipients
    if not donors and act.label:
        donors = act.label
    if not donors and act.sense in ("arrive", "work", "carry", "receive") and act.items:
        known = last.donors if last is not None else giver
        donors = () if set(known) & set(recipients) else known
    if not donors and last is not None and _elaborates(act, last):
        donors, recipients = last.donors, recipients or last.recipients
    if not recipients:
        before = last.recipients if last is not None and last.donors == donors else ()
        for keys in (_struck(scene, act), before, main):
            if keys and not set(keys) & set(donors):
                recipients = keys
                break
    return replace(act, donors=donors, recipients=recipients)


def _elaborates(act: Act, last: Act) -> bool:
    """Whether a clause without a giver goes on about the giving before it: the same people helped, goods, no sums."""
    if act.phase == "requested" or not _agree(act.recipients, last.recipients):
        return False
    return not any(item.quantity is not None and item.quantity.currency for item in act.items)


def _struck(scene: Scene, act: Act) -> tuple[str, ...]:
    """Those whom the act's own crisis struck, where that is another crisis than the article's."""
    crisis = scene.entities.get(act.crisis or "")
    if crisis is None or crisis.key == scene.topic.crisis:
        return ()
    named = [key for key in crisis.struck if key in scene.entities]
    countries = tuple(dict.fromkeys(key if key.startswith("country/") else scene.country_of(key) or key for key in named))
    return countries if len(countries) == 1 else ()


def _past_date(scene: Scene, act: Act) -> PartialDate | None:
    """Help after a disaster of the past, told beside the news, is dated by the disaster's month where the text gives no day.

    Only for a crisis other than the article's own, whose first day is known: relief for a sudden disaster comes in
    the days behind it.
    """
    crisis = scene.entities.get(act.crisis or "")
    if crisis is None or crisis.key == scene.topic.crisis or crisis.start is None or len(crisis.start.iso) < 7:
        return None
    return PartialDate(crisis.start.iso[:7])


def _crisis(scene: Scene, act: Act) -> str | None:
    """The act's crisis, unless it began after the act: then the one of the article that fits the act's year."""
    crisis = scene.entities.get(act.crisis or "")
    if act.date is None or crisis is None or crisis.start is None or crisis.start.first <= act.date.last:
        return act.crisis
    fitting = [e.key for e in scene.entities.values() if e.type == "crisis" and e.start and e.start.iso[:4] == act.date.iso[:4]]
    return fitting[0] if len(fitting) == 1 else None


def _is_report(scene: Scene, act: Act, notes: list[Note]) -> bool:
    why = None
    if not act.donors and not (act.phase == "requested" or act.modality != "asserted" or _is_sum(act)):
        why = "nobody is told who gives"
    elif not act.recipients:
        why = "nobody is told who receives"
    elif set(act.donors) & set(act.recipients):
        why = "a party does not give to itself"
    elif act.weak and act.modality == "asserted" and not act.items and any(key.startswith("unnamed/") for key in (*act.donors, *act.recipients)):
        why = "help in general, to or from nobody in particular"
    if why is not None:
        notes.append(Note(act.evidence[0], f"{act.rule} is not taken: {why}"))
    return why is None


def _is_sum(act: Act) -> bool:
    """Money or counted goods that were surely given, whoever gave them: "$506 million has been disbursed"."""
    counted = any(item.quantity is not None and (item.quantity.currency or item.quantity.value) for item in act.items)
    return counted and not act.weak and act.sense == "transfer"


# ---------------------------------------------------------------- the document


def _folded(acts: Iterable[Act]) -> list[Act]:
    """One act for the sentences that tell the same giving."""
    done: list[Act] = []
    for act in acts:
        for i, other in enumerate(done):
            if _is_same_event(other, act):
                done[i] = _united(other, act)
                break
        else:
            done.append(act)
    return done


def _is_same_event(one: Act, other: Act) -> bool:
    if one.modality != other.modality or (one.phase == "requested") != (other.phase == "requested") or _stand_apart(one, other):
        return False
    if set(one.donors) != set(other.donors) or set(one.recipients) != set(other.recipients):
        return False
    if one.crisis and other.crisis and one.crisis != other.crisis or not _same_goods(one, other):
        return False
    return not (one.date and other.date) or (one.date.first <= other.date.last and other.date.first <= one.date.last)


def _telling(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Without "aid", "equipment" and the like where the report says elsewhere what that is; each item once."""
    clear = [item for item in items if item.category != "other" or item.quantity is not None]
    seen: dict[tuple[str, str], Item] = {}
    for item in clear or items:
        seen.setdefault((item.category, item.name.lower()), item)
    return tuple(seen.values())


def _same_goods(one: Act, other: Act) -> bool:
    """Whether two sentences may speak of the same goods: some are named in both, in no other number; or one names
    none of its own."""
    if one.weak or other.weak or other.refers:
        return True
    mine, theirs = ({_head(item): item for item in act.items if item.category != "other"} for act in (one, other))
    if not mine or not theirs:
        return True
    both = mine.keys() & theirs.keys()
    return bool(both) and not any(_differ(mine[head], theirs[head]) for head in both)


def _differ(one: Item, other: Item) -> bool:
    return bool(one.quantity and other.quantity and one.quantity.value and other.quantity.value and one.quantity.value != other.quantity.value)


def _report(act: Act) -> Report:
    return Report(
        phase=act.phase or "delivered", modality=act.modality, evidence=tuple(sorted(act.evidence)), donors=tuple(sorted(act.donors)),
        recipients=tuple(sorted(act.recipients)), implementers=tuple(sorted(act.implementers)), items=_telling(act.items), date=act.date,
        locations=tuple(sorted(act.locations)), crisis=act.crisis, rule=act.rule,
    )
