"""Who speaks: attributions in the words around a quotation, pronouns, statements and unnamed officials.

A statement speaks for whoever issued it: the organisation that last spoke before it in the article, else the next.
An unnamed official speaks for the organisation or country named in the same noun phrase. Where a subject stands
that nobody can tell ("the old king"), the attribution is found but has no speaker, so that no other is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extract.nlp import Paragraph
from kg.extract.scene import Ref, Scene
from kg.extract.speaker_names import Names
from kg.extract.speech_frames import Speech, find_speeches, head_of, is_speech, subject_of
from kg.extract.speech_words import speech_table
from kg.extract.tokens import Doc, Token

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
    """Somebody spoke, directly or not: at this token of this paragraph. ``official``: an unnamed one, for a body."""

    paragraph: int
    token: int
    speaker: str
    official: bool = False


class Speakers:
    """Resolves speakers of one article. ``key_of`` gives the entity key of a reference that speaks."""

    def __init__(self, scene: Scene, key_of: Callable[[Ref], str]) -> None:
        self.scene = scene
        self.key_of = key_of
        self.speeches = {one.index: find_speeches(one) for one in scene.parsed.paragraphs}
        self._listening = False
        self.names = Names(scene, key_of, self.speeches)

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
        for ref in self.names.refs(paragraph, sentence.start, sentence.end):
            root = paragraph.doc[ref.start : ref.end].root
            if self.names.type_of(ref) == "person" and root.dep_ == "nsubj" and root.head == sentence.root:
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
            verbs = [token for token in frame if token.pos_ in ("VERB", "AUX")][:1]  # "Berg put it bluntly: …"
        if verbs:
            verb = verbs[0] if after else verbs[-1]
            subject = subject_of(doc, verb, frame.start, frame.end)
            if subject is None:
                return None
            own = doc[verb.i - 1].lemma_.lower() in speech_table().documents.lemmas
            if own and doc[verb.i - 2].lower_ in speech_table().pronouns.owners:
                subject = verb.i - 2, verb.i  # "Malta, its statement said, “…"
            subject = self._quoted(doc, verb, frame.end) or subject
            speaker = self._apposed(paragraph, verb, subject[1], frame.end) or self._speaker(paragraph, *subject)
            return Attribution(speaker, min(subject[0], verb.i), max(subject[1], verb.i + 1))
        return self._without_verb(paragraph, frame.start, frame.end, after=after)

    def _quoted(self, doc: Doc, verb: Token, end: int) -> tuple[int, int] | None:
        """Whom somebody quotes: "the statement quoted Ali as saying"."""
        if verb.lemma_.lower() not in speech_table().quoting.lemmas:
            return None
        found = next((child for child in verb.children if child.dep_ == "dobj" and child.i < end), None)
        return None if found is None else (found.left_edge.i, min(found.i + 1, end))

    def announced(self, paragraph: Paragraph) -> str | None:
        """Who was to speak by the end of the paragraph before: "The minister, Awa Lund, said:"."""
        at = self.scene.parsed.paragraphs.index(paragraph) - 1
        before = self.scene.parsed.paragraphs[at] if at >= 0 else None
        if before is None or not before.doc.text.rstrip().endswith(":"):
            return None
        start = max((token.i + 1 for token in before.doc if token.text in _STOPS), default=0)
        found = self._read(before, start, len(before.doc))
        return None if found is None else found.speaker

    def _apposed(self, paragraph: Paragraph, verb: Token, at: int, end: int) -> str | None:
        """The person whose name follows the office: "said the commander, Admiral Tomas Berg"."""
        doc = paragraph.doc
        if at <= verb.i or at >= end or doc[at].text != "," or doc[at - 1].pos_ != "NOUN":
            return None
        for ref in self.names.refs(paragraph, at + 1, end):
            titles = doc[at + 1 : ref.start]
            if self.names.type_of(ref) == "person" and all(token.pos_ in ("PROPN", "NOUN", "ADJ") for token in titles):
                return self.key_of(ref)
        return None

    def _without_verb(self, paragraph: Paragraph, start: int, end: int, *, after: bool) -> Attribution | None:
        """ "According to X, …", "X: …" and a name whose predicate is quoted: X “thanked …”."""
        doc = paragraph.doc
        low = doc[start:end].text.lower()
        for phrase in speech_table().according.phrases:
            if phrase in low:
                length = len(phrase.split())
                at = next(i for i in range(start, end) if doc[i : i + length].text.lower() == phrase)
                text = doc[at + length : at + length + 1].text.lower() == "which"  # "a scroll … according to which"
                speaker = self.names.signer(paragraph, start, at) if text else None
                speaker = speaker or self._speaker(paragraph, at + length, end)
                return Attribution(speaker, at, end)
        if found := self._in_words_of(paragraph, start, end):
            return found
        if after or start == end:
            return None
        last = end - 1 if doc[end - 1].text == ":" else end
        predicate = doc[end + 1 : end + 4] if doc[end].is_punct else doc[end : end + 3]
        quoted_verb = any(token.tag_ in ("VBD", "VBZ") for token in predicate[:2])
        if last < end or quoted_verb:
            ref = next((ref for ref in self.names.refs(paragraph, start, end) if ref.end == last), None)
            return Attribution(self.key_of(ref), ref.start, ref.end) if ref is not None else None
        return None

    def _in_words_of(self, paragraph: Paragraph, start: int, end: int) -> Attribution | None:
        """ "In Diallo's words", "in its view"."""
        doc, table = paragraph.doc, speech_table()
        for noun in doc[start:end]:
            owner = next((child for child in noun.children if child.dep_ == "poss"), None)
            if noun.lower_ not in table.according.words or owner is None or owner.left_edge.i <= start - 1:
                continue
            if owner.lower_ in table.pronouns.owners:
                return Attribution(self.names.owner(paragraph, owner), owner.i, noun.i + 1)
            return Attribution(self._speaker(paragraph, owner.left_edge.i, owner.i + 1), owner.left_edge.i, noun.i + 1)
        return None

    def _speaker(self, paragraph: Paragraph, start: int, end: int) -> str | None:
        """The speaker that a noun phrase names."""
        doc, table = paragraph.doc, speech_table()
        refs = self.names.refs(paragraph, start, end)
        for ref in refs:
            if self.names.type_of(ref) == "person" and ref.form == "name":
                return self.key_of(ref)
        head = head_of(doc, start, end)
        if head is None:
            return None
        if head.lower_ in table.pronouns.persons:
            return self._last_official(paragraph, head.i) or self.names.last_person(paragraph, head.i, self._spoke)
        covering = next((ref for ref in refs if ref.start <= head.i < ref.end), None)
        if covering is not None:
            return self.key_of(covering)
        return self._of_noun(paragraph, head, refs, end)

    def _of_noun(self, paragraph: Paragraph, head: Token, refs: list[Ref], end: int) -> str | None:
        """The speaker behind a common noun: an official, a document, "the ministry", "the novelist"."""
        doc, table, lemma = paragraph.doc, speech_table(), head.lemma_.lower()
        owner = next((child for child in head.children if child.lower_ in table.pronouns.owners), None)
        if lemma in table.documents.lemmas and owner is not None:
            return self.names.owner(paragraph, owner)
        if refs and lemma in (*table.officials.lemmas, *table.documents.lemmas):
            return self.key_of(refs[0])
        if lemma in table.documents.lemmas or head.lower_ in table.pronouns.groups:
            return self._issuer(paragraph, head.i)
        belongs = head.i + 1 < end and doc[head.i + 1].lower_ in table.members.words
        if belongs and lemma not in table.members.lemmas:
            body = next((ref for ref in refs if ref.start <= head.i + 4), None)
            if body is not None and self.names.type_of(body) == "organization":
                return self.key_of(body)
            nouns = (token for token in doc[head.i + 2 : end] if token.pos_ in ("NOUN", "PROPN"))
            return next((key for noun in nouns if (key := self.names.namesake(paragraph, noun))), None)
        found = self.names.namesake(paragraph, head) or self.names.described(paragraph, head, self._spoke)
        return found or (self._last_speaker(paragraph, head) if lemma in table.officials.lemmas else None)

    def _last_official(self, paragraph: Paragraph, token: int) -> str | None:
        """The body for which an unnamed official spoke last, if nobody else is named in the paragraph since: "he"."""
        if self._listening:
            return None
        spoken = [event for event in self._events if event.paragraph == paragraph.index and event.token < token]
        if not spoken or not spoken[-1].official:
            return None
        since = self.names.persons(paragraph, spoken[-1].token, token)
        return None if since else spoken[-1].speaker

    def _last_speaker(self, paragraph: Paragraph, noun: Token) -> str | None:
        """ "The spokesperson": whoever spoke last before, in this paragraph or an earlier one."""
        definite = any(child.lower_ in ("the", "this") for child in noun.children)
        if self._listening or not definite or noun.tag_ != "NN":
            return None
        before = [event for event in self._events if (event.paragraph, event.token) < (paragraph.index, noun.i)]
        return before[-1].speaker if before else None

    def _spoke(self, paragraph: Paragraph, start: int, end: int) -> str | None:
        """The last person that spoke between two tokens, by name."""
        if self._listening:  # the events are being found: those of this paragraph are not known yet
            return None
        spoken = [
            event.speaker
            for event in self._events
            if event.paragraph == paragraph.index and start <= event.token < end and event.speaker.startswith("person/")
        ]
        return spoken[-1] if spoken else None

    def _issuer(self, paragraph: Paragraph, token: int) -> str | None:
        """The organisation whose statement is meant: the last that spoke before, else the first that speaks after."""
        spoken = [event for event in self._events if not event.speaker.startswith("person/")]
        before = [event for event in spoken if (event.paragraph, event.token) < (paragraph.index, token)]
        after = [event for event in spoken if (event.paragraph, event.token) > (paragraph.index, token)]
        return before[-1].speaker if before else after[0].speaker if after else None

    @cached_property
    def _events(self) -> tuple[_Event, ...]:
        """Who spoke where, by name or description; statements and pronouns are left to be resolved by these."""
        self._listening = True
        events = tuple(event for paragraph in self.scene.parsed.paragraphs for event in self._spoken(paragraph))
        self._listening = False
        return events

    def _spoken(self, paragraph: Paragraph) -> Iterator[_Event]:
        doc, table = paragraph.doc, speech_table()
        inside = {at for speech in self.speeches[paragraph.index] for at in range(speech.start, speech.end)}
        for verb in doc:
            if verb.i in inside or not (is_speech(verb) or verb.lemma_.lower() in table.issuing.lemmas):
                continue
            subject = _agent_of(verb) or subject_of(doc, verb, verb.sent.start, verb.sent.end)
            head = head_of(doc, *subject) if subject else None
            if subject is None or head is None or head.i in inside:
                continue
            refs = self.names.refs(paragraph, *subject)
            if refs or head.lower_ in table.pronouns.persons or head.lemma_.lower() in table.officials.lemmas:
                speaker = self._speaker(paragraph, *subject)
                if speaker is None and head.lemma_.lower() in table.officials.lemmas:
                    speaker = self._body_before(paragraph, head)
                if speaker is not None:
                    official = head.lemma_.lower() in table.officials.lemmas and not speaker.startswith("person/")
                    yield _Event(paragraph.index, verb.i, speaker, official)

    def _body_before(self, paragraph: Paragraph, noun: Token) -> str | None:
        """The body whose "company spokeswoman" speaks: the last named before in the paragraph."""
        if not any(child.lower_ in speech_table().bodies.words for child in noun.children):
            return None
        refs = [ref for ref in self.names.refs(paragraph, 0, noun.i) if self.names.type_of(ref) == "organization"]
        return self.key_of(refs[-1]) if refs else None


def _agent_of(verb: Token) -> tuple[int, int] | None:
    """Who speaks in the passive: "was denied by a spokeswoman"."""
    for by in (child for child in verb.children if child.dep_ == "agent"):
        for noun in (child for child in by.children if child.dep_ == "pobj"):
            return noun.left_edge.i, noun.right_edge.i + 1
    return None
