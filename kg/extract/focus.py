"""Whom the text is about where a clause leaves it out: the place of the section, of the passage, of the article.

Each level is found by its own signs: a heading or a label names the place of what stands below it; a sentence
that tells of need ("Sudan is hungry too") sets the place for the sentences behind it; the article's own place
is told by its crisis, its headline, and by whom it says to be helped most often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from kg.extract.acts import Act
from kg.extract.context import tells_need
from kg.extract.item_words import category_of
from kg.extract.lexicon import lexicon
from kg.extract.nlp import Paragraph
from kg.extract.scene import Ref, Scene
from kg.extract.tokens import Span, Token

_LONGEST_HEADING = 8  # tokens
_TOP = 3  # what a mention in the headline or below it weighs, against one behind "in" or "to"
_LEAST = 3  # weight from which a country is what the article is about

_LANDS = frozenset({"country", "nation", "state", "island"})
_STRIKING = frozenset({"strike", "hit", "affect", "devastate", "ravage", "batter", "stricken"})
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
           "eleven": 11, "dozen": 12, "twelve": 12, "dozens": 24}  # fmt: skip


class Focus:
    """The places that an article speaks of, level by level. Made once an article, from all its acts."""

    def __init__(self, scene: Scene, acts: Sequence[Act]) -> None:
        self._scene = scene
        self._acts = acts

    # ------------------------------------------------------------ the article

    @cached_property
    def givers(self) -> frozenset[str]:
        """Everybody who is told to give, not those who are only asked to."""
        giving = (act for act in self._acts if act.modality == "asserted" and act.phase != "requested")
        return frozenset(key for act in giving for key in act.donors)

    @cached_property
    def main(self) -> tuple[str, ...]:
        """Who is helped in this article: a region that the headline names, else those of the stricken countries that
        do not give themselves, else those helped most often, else the country that it is mostly about."""
        struck = self._scene.topic.struck
        regions = self._regions_in_headline()
        if regions and self._scene.topic.crisis:
            return regions[:1]
        countries = tuple(key for key in struck if key.startswith("country/"))
        if self._struck_more_than(len(countries)):
            return ()
        stricken = tuple(key for key in countries or struck if key not in self.givers or len(countries or struck) == 1)
        return stricken or self._helped_most() or self._mostly_about()

    def _struck_more_than(self, named: int) -> bool:
        """Whether the article tells of more countries struck than it is about: "the dozen countries hit by it".

        What is given to all of them is given to nobody who could be named.
        """
        tokens = (token for paragraph in self._scene.parsed.paragraphs for token in paragraph.doc)
        lands = (token for token in tokens if token.lemma_.lower() in _LANDS and token.tag_ == "NNS")
        struck = (land for land in lands if any(c.dep_ == "acl" and c.lemma_ in _STRIKING for c in land.children))
        return named > 0 and any(_how_many(land) > named for land in struck)

    def _regions_in_headline(self) -> tuple[str, ...]:
        """Regions of several countries: "Sahel: hunger spreads"; of the only country struck none but what was struck
        itself."""
        countries = [key for key in self._scene.topic.struck if key.startswith("country/")]
        crisis = self._scene.entities.get(self._scene.topic.crisis or "")
        refs = (ref for p in self._top() for ref in self._scene.refs_in(p) if p.kind == "headline")
        named = (self._scene.entities[ref.entity] for ref in refs if ref.form == "name")
        regions = (entity for entity in named if entity.type == "place" and entity.part_of is None and entity.listed)
        befallen = crisis.struck if crisis is not None else ()
        return tuple(entity.key for entity in regions if len(countries) != 1 or entity.key in befallen)

    def _helped_most(self) -> tuple[str, ...]:
        counts = Counter(act.recipients for act in self._acts if act.recipients and act.donors)
        recipients, times = counts.most_common(1)[0] if counts else ((), 0)
        told_once = times == 1 and counts.total() == 1 and self._mostly_about() not in ((), recipients)
        return recipients if 2 * times > counts.total() and not told_once else ()

    def _mostly_about(self) -> tuple[str, ...]:
        """The country that headline, places and need speak of most, twice as much as of any other that gives nothing.

        One that is itself struck or in need may give as well: "Haiti's president sent doctors to Chile".
        """
        weights: Counter[str] = Counter()
        for paragraph in self._scene.parsed.paragraphs:
            for ref in self._scene.refs_in(paragraph):
                if (country := self._scene.country_of(ref.entity)) is not None:
                    weights[country] += self._weight(paragraph, ref)
        for key in self.givers:
            del weights[key]
        (first, most), (_, second) = (*weights.most_common(2), ("", 0), ("", 0))[:2]
        return (first,) if most >= _LEAST and most >= 2 * second else ()

    def _weight(self, paragraph: Paragraph, ref: Ref) -> int:
        root = paragraph.doc[ref.start : ref.end].root
        located = root.dep_ == "pobj" and root.head.lower_ in ("in", "to", "for", "across", "into", "of", "on")
        top = _TOP * (paragraph.kind in ("headline", "standfirst"))
        return top + located + tells_need(root.sent)

    def _top(self) -> list[Paragraph]:
        return [p for p in self._scene.parsed.paragraphs if p.kind in ("headline", "standfirst")]

    # ------------------------------------------------------------ sections

    @cached_property
    def _sections(self) -> Mapping[int, tuple[str, ...]]:
        """For each paragraph the places of the heading above it."""
        found: dict[int, tuple[str, ...]] = {}
        here: tuple[str, ...] = ()
        for paragraph in self._scene.parsed.paragraphs:
            if _is_heading(paragraph):
                here = self._places(self._scene.refs_in(paragraph))
            found[paragraph.index] = here
        return found

    def section(self, paragraph: int) -> tuple[str, ...]:
        """The countries or regions that the heading above a paragraph names; none if it names no place."""
        return self._sections.get(paragraph, ())

    # ------------------------------------------------------------ passages

    @cached_property
    def _telling(self) -> frozenset[tuple[int, int]]:
        """The sentences that tell of a giving: whom they name is a party."""
        return frozenset(act.sentence for act in self._acts if act.donors)

    def passage(self, act: Act) -> tuple[str, ...]:
        """The country in need that the last sentence before the act tells of, in its paragraph."""
        paragraph = self._scene.parsed.paragraphs[act.at[0]]
        before = [sent for sent in paragraph.doc.sents if sent.end <= act.at[1]]
        for sentence in reversed(before):
            if (paragraph.index, sentence.start) in self._telling:
                continue
            if tells_need(sentence):
                return self._in_need(paragraph, sentence)
            if scene := self._set_in(paragraph, sentence):
                return scene
        return ()

    def beneficiaries(self, act: Act) -> tuple[str, ...]:
        """The country of the people whom the act's sentence says it is for: "a loan for Somali farmers"."""
        paragraph = self._scene.parsed.paragraphs[act.at[0]]
        sentence = paragraph.doc[act.at[1]].sent
        found: dict[str, None] = {}
        for ref in self._scene.refs_in(paragraph):
            people = paragraph.doc[ref.end - 1].head
            if sentence.start <= ref.start < sentence.end and ref.form == "demonym" and _are_helped(people):
                found[ref.entity] = None
        return tuple(key for key in found if key not in act.donors)

    def struck_here(self, act: Act) -> tuple[str, ...]:
        """The only one of the countries struck that the act's sentence names, or a place in it."""
        paragraph = self._scene.parsed.paragraphs[act.at[0]]
        sentence = paragraph.doc[act.at[1]].sent
        refs = (ref for ref in self._scene.refs_in(paragraph) if sentence.start <= ref.start < sentence.end)
        keys = tuple(key for key in self._places(refs) if key in self._scene.topic.struck)
        return keys if len(keys) == 1 else ()

    def _set_in(self, paragraph: Paragraph, sentence: Span) -> tuple[str, ...]:
        """The country that opens a sentence as its scene: "In Mali the harvest has failed"."""
        refs = [ref for ref in self._scene.refs_in(paragraph) if ref.start in (sentence.start + 1, sentence.start + 2)]
        opens = sentence[0].lower_ in ("in", "across") and refs and refs[0].entity.startswith("country/")
        return (refs[0].entity,) if opens and refs[0].entity not in self.givers else ()

    def end_of(self, act: Act) -> tuple[str, ...]:
        """The country where an organisation passes on what it is given: "to the Red Cross in Peru"."""
        paragraph = self._scene.parsed.paragraphs[act.at[0]]
        sentence = paragraph.doc[act.at[1]].sent
        found: dict[str, None] = {}
        for ref in self._scene.refs_in(paragraph):
            if ref.entity in act.recipients and act.at[1] < ref.start < sentence.end:
                last = paragraph.doc[ref.start : ref.end].root
                inside = (p for c in last.children if c.lower_ in ("in", "for") for p in c.children if p.dep_ == "pobj")
                places = (self._scene.at(paragraph, token.i) for token in inside)
                found |= dict.fromkeys(self._places(ref for ref in places if ref is not None))
        return tuple(found)

    def giver(self, act: Act) -> tuple[str, ...]:
        """The country that the sentence before is about, if what arrives is told without a giver in a paragraph of
        giving: "Fiji shares its stocks. A batch landed in Apia." """
        paragraph = self._scene.parsed.paragraphs[act.at[0]]
        start = paragraph.doc[act.at[1]].sent.start
        if start == 0:
            return ()
        root = paragraph.doc[start - 1].sent.root
        subjects = (self._scene.at(paragraph, c.i) for c in root.children if c.dep_ == "nsubj")
        keys = tuple(ref.entity for ref in subjects if ref is not None and ref.entity.startswith("country/"))
        helped = {*act.recipients, *self.main, *self._scene.topic.struck}
        return keys if len(keys) == 1 and not helped & set(keys) else ()

    def _in_need(self, paragraph: Paragraph, sentence: Span) -> tuple[str, ...]:
        refs = [ref for ref in self._scene.refs_in(paragraph) if sentence.start <= ref.start < sentence.end]
        places = self._places(refs)
        struck = {key for ref in refs if ref.form == "crisis" for key in self._scene.entities[ref.entity].struck}
        if any(ref.form == "crisis" for ref in refs):  # who else the sentence names is not what the crisis struck
            places = tuple(key for key in places if key in struck)
        return places if len(places) == 1 and not set(places) & self.givers else ()

    def _places(self, refs: Iterable[Ref]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for ref in refs:
            entity = self._scene.entities[ref.entity]
            if entity.type in ("country", "place") and ref.form != "demonym":
                found[self._scene.country_of(entity.key) or entity.key] = None
        return tuple(key for key in found if not key.startswith("place/") or self._scene.entities[key].listed)


def _how_many(noun: Token) -> int:
    """The number before a noun: "the dozen countries", "11 states"; 0 if none is told."""
    words = [child.lower_ for child in noun.children if child.i < noun.i]
    return max((_COUNTS.get(word, int(word) if word.isdecimal() else 0) for word in words), default=0)


def _are_helped(people: Token) -> bool:
    """Whether a noun means people behind "for" or "of": "for Malian herders", but not "of Malian doctors sent"."""
    behind = people.dep_ == "pobj" and people.head.lower_ in ("for", "of", "to", "among")
    return behind and people.tag_ == "NNS" and lexicon().is_people(people.lemma_) and category_of(people) is None


def _is_heading(paragraph: Paragraph) -> bool:
    """A short line without a verb and without an end: "Southern Sudan", "Kenya and Ethiopia"."""
    doc = paragraph.doc
    if paragraph.kind != "paragraph" or len(doc) > _LONGEST_HEADING or doc[-1].text in (".", "!", "?", "”", '"'):
        return False
    return not any(token.pos_ in ("VERB", "AUX") or token.like_num for token in doc) and doc[0].text[0].isalpha()
