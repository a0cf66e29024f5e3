"""Direct quotations and who speaks them.

Attribution is read from the words right after a quotation ("…," said X), right before it (X said: "…"), or, where
it has none of its own, from the speech it goes on from. The parse alone is no help: it is at its worst around
quotation marks, so the words outside the marks are cut into frames first and the parse is asked inside them
(:mod:`kg.extract.speakers`). Titles, slogans and scare quotes are told from speech by length, a finite verb and
their capitals. Where a paragraph leaves its mark open, the next one goes on; each paragraph is a quotation.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from kg.extract.nlp import Paragraph
from kg.extract.scene import Ref, Scene
from kg.extract.speakers import Attribution, Speakers
from kg.extract.speech_frames import Speech
from kg.extract.speech_words import speech_table
from kg.extract.tokens import Token
from kg.records import Note, Quotation, Span

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "PRON"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def find_quotations(
    scene: Scene, *, speaker_key: Callable[[Ref], str] = lambda ref: ref.entity
) -> tuple[tuple[Quotation, ...], tuple[Note, ...]]:
    """The direct quotations of an article, and a note for each whose speaker cannot be told.

    Headlines are passed over: what they quote stands in the story, with its speaker.

    Args:
        scene: the article with its references. A seat of power that speaks is its own organisation.
        speaker_key: the entity key of a reference that speaks, if it is not the reference's own.
    """
    speakers = Speakers(scene, speaker_key)
    quotations: list[Quotation] = []
    notes: list[Note] = []
    last: str | None = None  # who spoke last, while the speech may still go on
    for paragraph in scene.parsed.paragraphs:
        if paragraph.kind == "headline":
            continue
        speeches = speakers.speeches[paragraph.index]
        last = last if _is_all_speech(paragraph, speeches) else None
        for speech in speeches:
            if not _is_quotation(paragraph, speech):
                continue
            found = speakers.attribution(paragraph, speech)
            last = (
                found.speaker
                if found
                else last or speakers.going_on(paragraph, speech) or speakers.announced(paragraph)
            )
            if last is None:
                where = _evidence(paragraph, speech, None)
                notes.append(Note(where, "no quotation: the text does not tell who speaks"))
            else:
                quotations.append(Quotation(last, _words(paragraph, speech), _evidence(paragraph, speech, found)))
    return tuple(quotations), tuple(notes)


def _is_all_speech(paragraph: Paragraph, speeches: tuple[Speech, ...]) -> bool:
    """Whether the paragraph opens with a quotation, so that the speech before it may go on."""
    return bool(speeches) and not paragraph.doc.text[: speeches[0].quoted.outer_start].strip()


def _is_quotation(paragraph: Paragraph, speech: Speech) -> bool:
    """Whether the quoted words are a sentence or a substantial clause, not a title, slogan or scare quote."""
    tokens = [token for token in paragraph.doc[speech.start : speech.end] if not (token.is_punct or token.is_space)]
    finite = any(token.tag_ in _FINITE for token in tokens)
    subject = any(token.dep_ in ("nsubj", "nsubjpass", "expl") for token in tokens) or _opens_with_noun(tokens)
    content = [token for token in tokens if token.pos_ in _CONTENT]
    title = len(content) > 1 and all(token.text[0].isupper() for token in content)
    sizes = speech_table().sizes
    if not title and not finite and len(tokens) >= sizes.sentence:
        return _asks(paragraph, speech, tokens)
    if title or not finite:
        return False
    return len(tokens) >= sizes.clause or (len(tokens) >= sizes.sentence and subject)


def _opens_with_noun(tokens: list[Token]) -> bool:
    """Whether a noun or pronoun stands before the first finite verb, whatever the parse makes of it."""
    before = takewhile(lambda token: token.tag_ not in _FINITE, tokens)
    return any(token.pos_ in ("NOUN", "PROPN", "PRON") for token in before)


def _asks(paragraph: Paragraph, speech: Speech, tokens: list[Token]) -> bool:
    """Whether the words are an imperative that somebody speaks: "Send us bread," not the slogan “give blood”."""
    text, first = paragraph.doc.text, tokens[0]
    inner = text[speech.quoted.start : speech.quoted.end].rstrip()
    spoken = inner[-1:] in ",!" or text[: speech.quoted.outer_start].rstrip()[-1:] in (":", ",")
    return spoken and (first.tag_ in ("VB", "VBP") or first.lower_ in speech_table().imperative.words)


def _words(paragraph: Paragraph, speech: Speech) -> Span:
    """Exactly what lies between the marks."""
    return Span(paragraph.offset + speech.quoted.start, paragraph.offset + speech.quoted.end)


def _evidence(paragraph: Paragraph, speech: Speech, found: Attribution | None) -> Span:
    """The quotation with its marks and its attribution, in one piece."""
    start, end = speech.quoted.outer_start, speech.quoted.outer_end
    if found is not None:
        tokens = paragraph.doc[found.start : found.end]
        start, end = min(start, tokens.start_char), max(end, tokens.end_char)
    return Span(paragraph.offset + start, paragraph.offset + end)
