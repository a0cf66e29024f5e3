"""Who is meant where a speaker is not named: "he", "the novelist", "the ministry", "its statement".

The words for a person or a body that was named before are resolved here rather than by the article's references,
since speech has habits of its own: who spoke last goes on, a letter speaks for whoever signed it, and what stands
between quotation marks names nobody who speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.extract.lexicon import lexicon
from kg.extract.nlp import Paragraph
from kg.extract.scene import Ref, Scene
from kg.extract.speech_frames import Speech
from kg.extract.speech_words import speech_table
from kg.extract.tokens import Token

# Who spoke last between two tokens of a paragraph, by entity key.
Spoken = Callable[[Paragraph, int, int], str | None]

_SPEAKING = ("person", "organization", "country")
_SIGNED = 6  # tokens from "signed by" to the name, titles between


class Names:
    """The persons and bodies of one article as speakers. ``key_of`` gives the entity key of a reference."""

    def __init__(self, scene: Scene, key_of: Callable[[Ref], str], speeches: Mapping[int, tuple[Speech, ...]]) -> None:
        self.scene = scene
        self.key_of = key_of
        self.speeches = speeches

    def refs(self, paragraph: Paragraph, start: int, end: int) -> list[Ref]:
        """The references between two tokens that can speak."""
        return [
            ref
            for ref in self.scene.refs_in(paragraph)
            if start <= ref.start and ref.end <= end and self.type_of(ref) in _SPEAKING
        ]

    def type_of(self, ref: Ref) -> str | None:
        """The type of the entity that a reference stands for."""
        entity = self.scene.entities.get(ref.entity)
        return entity.type if entity else None

    def last_person(self, paragraph: Paragraph, token: int, spoken: Spoken) -> str | None:
        """The person last named before a token; in that sentence who speaks goes first, then the subject."""
        for index in range(self.scene.parsed.paragraphs.index(paragraph), -1, -1):
            earlier = self.scene.parsed.paragraphs[index]
            limit = token if earlier is paragraph else len(earlier.doc)
            named = self.persons(earlier, 0, limit)
            if not named:
                continue
            sentence = earlier.doc[named[-1].start].sent
            if speaker := spoken(earlier, sentence.start, min(sentence.end, limit)):
                return speaker
            for ref in named:
                if sentence.start <= ref.start and earlier.doc[ref.start : ref.end].root.dep_ == "nsubj":
                    return self.key_of(ref)
            return self.key_of(named[-1])
        return None

    def described(self, paragraph: Paragraph, noun: Token, spoken: Spoken) -> str | None:
        """ "The novelist", "the doctor": who spoke or signed before in the paragraph, else its only person."""
        definite = any(child.lower_ in ("the", "this") for child in noun.children)
        if not definite or not is_person_noun(noun):
            return None
        signed = self.signer(paragraph, 0, noun.i) or spoken(paragraph, 0, noun.i)
        if signed is not None and signed.startswith("person/"):
            return signed
        persons = {self.key_of(ref) for ref in self.persons(paragraph, 0, noun.i)}
        return persons.pop() if len(persons) == 1 else None

    def signer(self, paragraph: Paragraph, start: int, end: int) -> str | None:
        """Who signed a text named between two tokens: "signed by Kofi Mensah", "over the name of Kofi Mensah"."""
        doc = paragraph.doc
        for ref in reversed(self.persons(paragraph, start, end)):
            before = f" {doc[max(start, ref.start - _SIGNED) : ref.start].text.lower()} "
            if any(f" {phrase} " in before for phrase in speech_table().signing.phrases):
                return self.key_of(ref)
        return None

    def namesake(self, paragraph: Paragraph, noun: Token) -> str | None:
        """ "The ministry", "the centre": the body last named whose name has the word."""
        definite = any(child.lower_ in ("the", "this", "that") for child in noun.children)
        if not definite or noun.pos_ not in ("NOUN", "PROPN"):
            return None
        word = noun.lemma_.casefold()
        for index in range(self.scene.parsed.paragraphs.index(paragraph), -1, -1):
            earlier = self.scene.parsed.paragraphs[index]
            limit = noun.i if earlier is paragraph else len(earlier.doc)
            for ref in reversed(self.refs(earlier, 0, limit)):
                if self.type_of(ref) == "organization" and word in self._words_of(earlier, ref):
                    return self.key_of(ref)
        return None

    def _words_of(self, paragraph: Paragraph, ref: Ref) -> list[str]:
        """The words of a body's name, as the list and as the text have it: a ministry may be listed by its acronym."""
        printed = paragraph.doc[ref.start : ref.end].text
        return f"{self.scene.entities[ref.entity].name} {printed}".casefold().split()

    def owner(self, paragraph: Paragraph, pronoun: Token) -> str | None:
        """Whose "its statement" is: the body that the sentence before is about, else what the pronoun stands for."""
        start = pronoun.sent.start
        if start > 0:
            sentence = paragraph.doc[start - 1].sent
            for ref in self.refs(paragraph, sentence.start, sentence.end):
                root = paragraph.doc[ref.start : ref.end].root
                if self.type_of(ref) == "organization" and root.dep_ == "nsubj" and root.head == sentence.root:
                    return self.key_of(ref)
        own = self.scene.at(paragraph, pronoun.i)
        return self.key_of(own) if own is not None and self.type_of(own) in _SPEAKING else None

    def persons(self, paragraph: Paragraph, start: int, end: int) -> list[Ref]:
        """Persons named outside quotation marks."""
        inside = [range(speech.start, speech.end) for speech in self.speeches[paragraph.index]]
        return [
            ref
            for ref in self.refs(paragraph, start, end)
            if ref.form == "name"
            and self.type_of(ref) == "person"
            and not any(ref.start in speech for speech in inside)
        ]


def is_person_noun(noun: Token) -> bool:
    """Whether a common noun means one person."""
    lemma, table = noun.lemma_.lower(), speech_table()
    told = lexicon().is_people(lemma) or lemma in table.officials.lemmas or lemma.endswith(table.persons.words)
    return noun.tag_ == "NN" and told
