"""Who speaks: attributions in the words around a quotation, pronouns, statements and unnamed officials.

A statement speaks for whoever issued it: the organisation that last spoke before it in the article, else the next.
An unnamed official speaks for the organisation or country named in the same noun phrase. Where a subject stands
that nobody can tell ("the old king"), the attribution is found but has no speaker, so that no other is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from kg.extract.nlp import Paragraph
from kg.extract.scene import Ref, Scene
from kg.extract.speech_frames import Speech, find_speeches, head_of, is_speech, subject_of
from kg.extract.speech_words import speech_table

_STOPS = frozenset((".", "!", "?", "…", ";"))
_FARTHEST = 25  # tokens of a frame in which a verb of speech is looked for; longer attributions are rare in news


@dataclass(frozen=True, slots=True)
class Attribution:
    """Tokens ``start`` to ``end`` that say who speaks; ``speaker`` is ``None`` where nobody can tell."""

    speaker: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Event:
    """Somebody spoke, directly or not: at this token of this paragraph."""

    paragraph: int
    token: int
    speaker: str


class Speakers:
    """Resolves speakers of one article. ``key_of`` gives the entity key of a reference that speaks."""

    def __init__(self, scene: Scene, key_of: Callable[[Ref], str]) -> None:
        self.scene = scene
        self.key_of = key_of
        self.speeches = {one.index: find_speeches(one) for one in scene.parsed.paragraphs}

    def attribution(self, paragraph: Paragraph, speech: Speech) -> Attribution | None:
        """The attribution of a quotation in its own sentence, or ``None`` where it has none."""
        doc, inner = paragraph.doc, paragraph.doc.text[speech.quoted.start : speech.quoted.end].rstrip()
        before = self._before(paragraph, speech), speech.start
        after = speech.end, self._after(paragraph, speech)
        follows = doc.text[speech.quoted.outer_end :].lstrip()[:1]
        goes_on = inner[-1:] in ",?!…" or inner[-1:] in "—–" or follows == ","
        ended = inner[-1:] == "." and not (follows.islower() or follows == ",")
        if goes_on:
            return self._read(paragraph, *after, after=True) or self._read(paragraph, *before)
        return self._read(paragraph, *before) or (None if ended else self._read(paragraph, *after, after=True))

    def going_on(self, paragraph: Paragraph, speech: Speech) -> str | None:
        """Who speaks in a quotation of its own: the last to speak in the paragraph, directly or not, else the
        person whom the sentence before is about ("Mensah was in tears. “I buried my sons.”")."""
        spoken = [event for event in self._events if event.paragraph == paragraph.index and event.token < speech.start]
        if spoken:
            return spoken[-1].speaker
        if speech.start == 0 or paragraph.doc[speech.start - 1].text not in _STOPS:
            return None
        sentence = paragraph.doc[speech.start - 1].sent
        for ref in self._refs(paragraph, sentence.start, sentence.end):
            root = paragraph.doc[ref.start : ref.end].root
            if self._type(ref) == "person" and root.dep_ == "nsubj" and root.head == sentence.root:
                return self.key_of(ref)
        return None

    def _before(self, paragraph: Paragraph, speech: Speech) -> int:
        ends = [other.end for other in self.speeches[paragraph.index] if other.end <= speech.start]
        start = max(ends, default=0)
        for at in range(speech.start - 1, start - 1, -1):
            if paragraph.doc[at].text in _STOPS:
                return at + 1
        return start

    def _after(self, paragraph: Paragraph, speech: Speech) -> int:
        starts = [other.start for other in self.speeches[paragraph.index] if other.start >= speech.end]
        end = min(starts, default=len(paragraph.doc))
        return next((at for at in range(speech.end, end) if paragraph.doc[at].text in _STOPS), end)

    def _read(self, paragraph: Paragraph, start: int, end: int, *, after: bool = False) -> Attribution | None:
        """The attribution in a frame of words right after or right before a quotation."""
        doc = paragraph.doc
        frame = doc[start : min(end, start + _FARTHEST)] if after else doc[max(start, end - _FARTHEST) : end]
        verbs = [token for token in frame if is_speech(token)]
        if not verbs and not after and len(frame) and frame[-1].text == ":":
            verbs = [token for token in frame if token.pos_ == "VERB"][:1]  # "Berg put it bluntly: …"
        if verbs:
            verb = verbs[0] if after else verbs[-1]
            subject = subject_of(doc, verb, frame.start, frame.end)
            if subject is None:
                return None
            speaker = self._speaker(paragraph, *subject)
            return Attribution(speaker, min(subject[0], verb.i), max(subject[1], verb.i + 1))
        return self._without_verb(paragraph, frame.start, frame.end, after=after)

    def _without_verb(self, paragraph: Paragraph, start: int, end: int, *, after: bool) -> Attribution | None:
        """ "According to X, …", "X: …" and a name whose predicate is quoted: X “thanked …”."""
        doc = paragraph.doc
        low = doc[start:end].text.lower()
        for phrase in speech_table().according.phrases:
            if phrase in low:
                length = len(phrase.split())
                at = next(i for i in range(start, end) if doc[i : i + length].text.lower() == phrase)
                return Attribution(self._speaker(paragraph, at + length, end), at, end)
        if after or start == end:
            return None
        last = end - 1 if doc[end - 1].text == ":" else end
        predicate = doc[end + 1 : end + 4] if doc[end].is_punct else doc[end : end + 3]
        quoted_verb = any(token.tag_ in ("VBD", "VBZ") for token in predicate[:2])
        if last < end or quoted_verb:
            ref = next((ref for ref in self._refs(paragraph, start, end) if ref.end == last), None)
            return Attribution(self.key_of(ref), ref.start, ref.end) if ref is not None else None
        return None

    def _speaker(self, paragraph: Paragraph, start: int, end: int) -> str | None:
        """The speaker that a noun phrase names."""
        doc, table = paragraph.doc, speech_table()
        refs = self._refs(paragraph, start, end)
        for ref in refs:
            if self.scene.entities[ref.entity].type == "person":
                return self.key_of(ref)
        head = head_of(doc, start, end)
        if head is None:
            return None
        if head.lower_ in table.pronouns.persons:
            return self._last_person(paragraph, head.i)
        covering = next((ref for ref in refs if ref.start <= head.i < ref.end), None)
        if covering is not None:
            return self.key_of(covering)
        if refs and head.lemma_.lower() in (*table.officials.lemmas, *table.documents.lemmas):
            return self.key_of(refs[0])
        if head.lemma_.lower() in table.documents.lemmas or head.lower_ in table.pronouns.groups:
            return self._issuer(paragraph, head.i)
        return None

    def _refs(self, paragraph: Paragraph, start: int, end: int) -> list[Ref]:
        return [ref for ref in self.scene.refs_in(paragraph)
                if start <= ref.start and ref.end <= end and self._type(ref) in ("person", "organization", "country")]

    def _type(self, ref: Ref) -> str | None:
        entity = self.scene.entities.get(ref.entity)
        return entity.type if entity else None

    def _last_person(self, paragraph: Paragraph, token: int) -> str | None:
        """The person last named before a pronoun; in the last sentence that names any, its subject goes first."""
        for index in range(self.scene.parsed.paragraphs.index(paragraph), -1, -1):
            earlier = self.scene.parsed.paragraphs[index]
            named = [ref for ref in self.scene.refs_in(earlier) if ref.form == "name" and self._type(ref) == "person"
                     and (earlier is not paragraph or ref.start < token)]
            if not named:
                continue
            sentence = earlier.doc[named[-1].start].sent
            for ref in named:
                if sentence.start <= ref.start and earlier.doc[ref.start : ref.end].root.dep_ == "nsubj":
                    return self.key_of(ref)
            return self.key_of(named[-1])
        return None

    def _issuer(self, paragraph: Paragraph, token: int) -> str | None:
        """The organisation whose statement is meant: the last that spoke before, else the first that speaks after."""
        spoken = [event for event in self._events if not event.speaker.startswith("person/")]
        before = [event for event in spoken if (event.paragraph, event.token) < (paragraph.index, token)]
        after = [event for event in spoken if (event.paragraph, event.token) > (paragraph.index, token)]
        return before[-1].speaker if before else after[0].speaker if after else None

    @cached_property
    def _events(self) -> tuple[_Event, ...]:
        """Who spoke where, by name or description; statements and pronouns are left to be resolved by these."""
        return tuple(event for paragraph in self.scene.parsed.paragraphs for event in self._spoken(paragraph))

    def _spoken(self, paragraph: Paragraph) -> Iterator[_Event]:
        doc, table = paragraph.doc, speech_table()
        inside = {at for speech in self.speeches[paragraph.index] for at in range(speech.start, speech.end)}
        for verb in doc:
            if verb.i in inside or not (is_speech(verb) or verb.lemma_.lower() in table.issuing.lemmas):
                continue
            subject = subject_of(doc, verb, verb.sent.start, verb.sent.end)
            head = head_of(doc, *subject) if subject else None
            if subject is None or head is None or head.i in inside:
                continue
            refs = self._refs(paragraph, *subject)
            if refs or head.lower_ in table.pronouns.persons:
                speaker = self._speaker(paragraph, *subject)
                if speaker is not None:
                    yield _Event(paragraph.index, verb.i, speaker)
