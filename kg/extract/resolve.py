"""Builds the scene: which words stand for whom, governments and nameless groups included, and the topic."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.extract.descriptions import narrows
from kg.extract.groups import find_groups
from kg.extract.nlp import Parsed
from kg.extract.pronouns import Neighbours, resolve_pronouns
from kg.extract.roles import affiliations
from kg.extract.scene import Form, Ref, Scene, Topic
from kg.extract.tokens import Token
from kg.records import Entity, Link
from kg.slugs import slug_or_hash

# The entity of a key of the gazetteer.
Lookup = Callable[[str], Entity | None]

_NEWS = 8  # years that a crisis may have lasted and still be an article's topic; wars and droughts last longest
_AFTERMATH = 3  # years after a sudden disaster in which it may still be the news
_LASTING = frozenset({"conflict", "drought", "famine", "epidemic", "viral-epidemic", "infestation"})
_TOLD = 2  # how often a past crisis is named at least where it is the topic: once in a headline counts three
_FRESH = 60  # days
_HEADLINE = 3  # what a mention in the headline or below it weighs, against one in the text
_MOTION = frozenset(
    {"fly", "travel", "go", "come", "return", "arrive", "head", "move", "sail", "leave", "rush", "journey", "drive"}
)
_INSIDE = frozenset(
    {"in", "at", "near", "around", "outside", "through", "via", "into", "inside", "across", "over", "toward", "towards"}
)
_GROUPS = frozenset(
    {
        "nation",
        "country",
        "state",
        "government",
        "donor",
        "power",
        "organisation",
        "organization",
        "agency",
        "charity",
        "group",
        "neighbour",
        "neighbor",
    }
)
_MANY = frozenset(
    {
        "several",
        "other",
        "many",
        "some",
        "various",
        "numerous",
        "foreign",
        "neighbouring",
        "neighboring",
        "more",
        "few",
        "all",
        "different",
        "dozens",
    }
)
_UNTOLD = frozenset({"friendly", "unnamed", "undisclosed", "unidentified", "anonymous", "unspecified"})
_GOVERNMENTS = frozenset({"government", "authority", "administration", "cabinet", "regime", "leadership", "parliament"})


def build_scene(parsed: Parsed, links: Iterable[Link], neighbours: Neighbours, lookup: Lookup) -> Scene:
    """The scene of an article whose names are linked.

    Args:
        parsed: the article.
        links: its names with their entities, in text order.
        neighbours: asks the gazetteer which countries lie beside one.
        lookup: asks the gazetteer for the states that places and bodies belong to.
    """
    links = list(links)
    entities = {
        entity.key: entity for found in links for entity in (found.stands_for, found.entity) if entity is not None
    }
    for key in {key for entity in entities.values() for key in (entity.part_of, *entity.struck) if key}:
        state = entities.get(key) or lookup(key)
        entities |= {} if state is None else {key: state}
    named = list(_named(parsed, links))
    named += _governments(parsed, named)
    groups = list(_groups(parsed, named))
    entities |= {entity.key: entity for entity, _ in groups}
    refs = tuple(sorted([*named, *(ref for _, ref in groups)], key=lambda ref: (ref.paragraph, ref.start)))
    scene = Scene(parsed, entities, refs)
    known = {key: entity.part_of for key, entity in entities.items() if entity.type == "person" and entity.part_of}
    scene = replace(scene, affiliations=known | affiliations(scene))
    scene = replace(scene, topic=_topic(scene))
    scene = replace(scene, refs=resolve_pronouns(scene, neighbours))
    return replace(scene, groups=find_groups(scene))


def _named(parsed: Parsed, links: Iterable[Link]) -> Iterator[Ref]:
    offsets = [paragraph.offset for paragraph in parsed.paragraphs]
    for found in links:
        paragraph = parsed.paragraphs[bisect_right(offsets, found.name.span.start) - 1]
        tokens = paragraph.doc.char_span(
            found.name.span.start - paragraph.offset,
            found.name.span.end - paragraph.offset,
            alignment_mode="expand",
        )
        if tokens is None or narrows(tokens.root):
            continue
        entity, form = _meaning(found, tokens.root)
        yield Ref(paragraph.index, tokens.start, tokens.end, entity.key, form)


def _governments(parsed: Parsed, named: list[Ref]) -> list[Ref]:
    """ "the Chilean government", "the authorities in Lima": the country, so that "it" can stand for it as well."""
    covered = {(ref.paragraph, i): ref for ref in named for i in range(ref.start, ref.end)}
    found = []
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if token.lemma_.lower() not in _GOVERNMENTS or (paragraph.index, token.i) in covered:
                continue
            whose = [c for c in token.children if c.dep_ in ("amod", "poss", "compound", "nmod")]
            whose += [p for c in token.children if c.lower_ in ("of", "in") for p in c.children if p.dep_ == "pobj"]
            refs = [covered[(paragraph.index, t.i)] for t in whose if (paragraph.index, t.i) in covered]
            countries = {ref.entity for ref in refs if ref.entity.startswith("country/")}
            if len(countries) == 1:
                found.append(Ref(paragraph.index, token.i, token.i + 1, countries.pop(), "description"))
    return found


def _groups(parsed: Parsed, named: list[Ref]) -> Iterator[tuple[Entity, Ref]]:
    """Parties without a name: "several nations", "other countries". Each belongs to its article alone."""
    taken = {(ref.paragraph, i) for ref in named for i in range(ref.start, ref.end)}
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if token.lemma_.lower() not in _GROUPS or token.tag_ not in ("NN", "NNS", "NNPS"):
                continue
            left = [c for c in token.children if c.i < token.i]
            if token.tag_ == "NN" and not any(c.lower_ in _UNTOLD for c in left):
                continue
            if any(c.lower_ in ("the", "these", "those", "both") for c in left):
                continue  # "the three countries" were named before: the discourse knows them
            if any((paragraph.index, t.i) in taken for t in token.subtree if t.i <= token.i) or not any(
                c.lower_ in _MANY or c.lower_ in _UNTOLD or c.dep_ == "nummod" for c in left
            ):
                continue
            start = min(c.i for c in left if c.dep_ != "punct")
            name = paragraph.doc[start : token.i + 1].text.removeprefix("the ")
            entity = Entity(f"unnamed/{slug_or_hash(name)}", "unnamed", name, reason="a party without a name")
            yield entity, Ref(paragraph.index, start, token.i + 1, entity.key, "description")


def _meaning(found: Link, root: Token) -> tuple[Entity, Form]:
    if found.name.kind == "crisis":
        return found.entity, "crisis"
    if found.name.kind == "people":
        return found.entity, "demonym"
    if found.stands_for is None:
        return found.entity, "name"
    if found.entity.type == "organization":
        return found.entity, "seat"
    return (found.stands_for, "capital") if _acts(root) else (found.entity, "name")


def _acts(root: Token) -> bool:
    """Whether a capital acts for its country: "Lima plans", "to Lima" of gifts, but not "in Lima"."""
    head = root.head
    if root.dep_ in ("nsubj", "nsubjpass", "poss", "dobj", "dative"):
        return True
    if root.dep_ == "conj":
        return _acts(head)
    if root.dep_ == "pobj" and head.dep_ == "agent":
        return True
    if root.dep_ == "pobj" and head.lower_ in ("to", "from", "by", "with", "between", "for"):
        return head.head.lemma_ not in _MOTION and head.head.ent_type_ not in ("GPE", "LOC")
    return False


# ---------------------------------------------------------------- topic


def _topic(scene: Scene) -> Topic:
    """The crisis named most often, the headline counting three times; struck are those of its countries that the
    article names often."""
    weights: Counter[str] = Counter()
    for paragraph in scene.parsed.paragraphs:
        for ref in scene.refs_in(paragraph):
            weights[ref.entity] += _HEADLINE if paragraph.kind in ("headline", "standfirst") else 1
    crises = [key for key in weights if key.startswith("crisis/")]
    if not crises:
        return Topic(why="no crisis is named")
    news = [key for key in crises if not _is_history(scene, key)]
    if not news and max(weights[key] for key in crises) < _TOLD:
        return Topic(why="a past crisis is named in passing only")
    crisis = max(news or crises, key=lambda key: (1 + 2 * _is_fresh(scene, key)) * weights[key])
    befallen = _spoken_of(scene, struck(scene, crisis, weights))
    return Topic(crisis, befallen, f"{crisis} is named most often ({weights[crisis]})")


def _spoken_of(scene: Scene, struck: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the countries struck that the article is about: named, or places in them, half as often as the first.

    A storm passes over several countries, and one that is named once may be so for its gift.
    """
    counts: Counter[str] = Counter()
    for paragraph in scene.parsed.paragraphs:
        top = paragraph.kind in ("headline", "standfirst")
        for ref in scene.refs_in(paragraph):
            if scene.entities[ref.entity].type in ("country", "place"):
                counts[scene.country_of(ref.entity) or ref.entity] += _HEADLINE if top else 1
    most = max((counts[key] for key in struck), default=0)
    return tuple(key for key in struck if 2 * counts[key] >= most)


def _is_history(scene: Scene, crisis: str) -> bool:
    """Whether a crisis began so long before the article that it is told for comparison, or after it."""
    published, start = scene.parsed.article.published, scene.entities[crisis].start
    if published is None or start is None:
        return False
    lasting = scene.entities[crisis].disaster in _LASTING
    return not 0 <= published.last.year - start.first.year <= (_NEWS if lasting else _AFTERMATH)


def _is_fresh(scene: Scene, crisis: str) -> bool:
    """Whether a crisis began in the weeks before the article: then it is the news, and others the comparison."""
    published, start = scene.parsed.article.published, scene.entities[crisis].start
    if published is None or start is None or len(start.iso) < len("2000-01"):
        return False
    return -1 <= (published.last - start.first).days <= _FRESH


def struck(scene: Scene, crisis: str, weights: Mapping[str, int]) -> tuple[str, ...]:
    """The countries that a crisis befell, as far as the article names them or places in them.

    A crisis is named with its country ("Haiti's earthquake"), be the country named besides or not.
    """
    known, name = scene.entities[crisis].struck, scene.entities[crisis].name
    named = [key for key in known if weights.get(key)]
    if not named:
        named = [
            key for key in known if len(known) == 1 or (key in scene.entities and scene.entities[key].name in name)
        ]
    return tuple(dict.fromkeys(key if key.startswith("country/") else scene.country_of(key) or key for key in named))
