"""Words around a quotation, without their meaning: verbs of speech, their subjects, heads of noun phrases.

The parse is at its worst beside quotation marks, so a subject is looked for inside a frame of words first and by the
parse only there.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.nlp import Paragraph
from kg.extract.quote_marks import Quoted, find_quoted
from kg.extract.speech_words import speech_table
from kg.extract.tokens import Doc, Token

NOUNS = ("NOUN", "PROPN", "PRON")
_FARTHEST_NAME = 8  # tokens of titles and names after "said the commander,"


@dataclass(frozen=True, slots=True)
class Speech:
    """Something between quotation marks, as tokens ``start`` to ``end`` of its paragraph, marks included."""

    quoted: Quoted
    start: int
    end: int


def find_speeches(paragraph: Paragraph) -> tuple[Speech, ...]:
    """What stands between quotation marks in a paragraph."""
    spans = ((one, paragraph.doc.char_span(one.outer_start, one.outer_end, alignment_mode="expand"))
             for one in find_quoted(paragraph.doc.text))
    return tuple(Speech(one, span.start, span.end) for one, span in spans if span is not None)


def is_speech(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in speech_table().verbs.lemmas


def subject_of(doc: Doc, verb: Token, start: int, end: int) -> tuple[int, int] | None:
    """The tokens of a verb's subject inside a frame: what stands before it, or after it where it opens the frame."""
    opening = all(token.is_punct or token.is_space for token in doc[start : verb.i])
    if opening:
        stops = (at for at in range(verb.i + 1, end) if doc[at].text in (",", ":", "(") or doc[at].is_quote)
        stop = next(stops, end)
        return (verb.i + 1, stop) if stop > verb.i + 1 else None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") and start <= child.i < end:
            within = [token.i for token in child.subtree if start <= token.i < end]
            return min(within), max(within) + 1
    nouns = [token.i for token in doc[start : verb.i] if token.pos_ in NOUNS]
    return (start, verb.i) if nouns else None


def head_of(doc: Doc, start: int, end: int) -> Token | None:
    """The head noun of a noun phrase: its last noun before a preposition, a comma or a relative clause."""
    head = None
    for token in doc[start:end]:
        if token.pos_ in NOUNS and token.tag_ not in ("WP", "WDT"):
            head = token
        elif head is not None and token.pos_ not in ("PART", "ADJ", "NUM", "DET"):
            break
    return head
