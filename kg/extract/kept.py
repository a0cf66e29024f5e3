"""A parse as columns of numbers: what is taken over from spaCy, and what may be kept as bytes for the next build.

A change of the rules does not change what the language model says of a text, and the model is two thirds of the work.
So the columns that :class:`kg.extract.tokens.Doc` is made of can be written down, 2 kB for an article of a hundred
words, with a key that stands for the model and the texts. New and kept parses go the same way from the columns on, so
that both give the same reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from kg.extract.tokens import Doc, Token
from kg.packing import pack, unpack

COLUMNS: Final[list[int | str]] = [
    "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE",
    "IDX", "LENGTH", "SPACY", "HEAD", "SENT_START", "IS_ALPHA", "IS_PUNCT", "IS_QUOTE", "IS_SPACE", "LIKE_NUM",
]  # fmt: skip
"""What is taken over of each token; the first six are strings."""
OF_STRINGS: Final = 6
_STARTS: Final = {0: None, 1: True, -1: False}
_LARGEST: Final = 1 << 28  # bytes of a kept parse when unpacked; the largest article has a thousandth of it


class Columns(msgspec.Struct, frozen=True, array_like=True):
    """The parses of an article's blocks.

    Attributes:
        key: stands for the model and the blocks' texts (:func:`key_of`).
        lengths: how many tokens each block has.
        strings: what the numbers of the columns of strings mean.
        names: of each block where the recogniser's names start and end, and their labels.
        numbers: 32-bit integers, little-endian, one column after the other.
    """

    key: bytes
    lengths: tuple[int, ...]
    strings: tuple[str, ...]
    names: tuple[tuple[tuple[int, int, str], ...], ...]
    numbers: bytes

    def dump(self) -> bytes:
        """The inverse of :func:`parse_columns`."""
        return pack(msgspec.msgpack.encode(self))

    def docs(self, texts: Sequence[str]) -> Iterator[Doc]:
        """Each block as our own objects; ``texts`` are those of the blocks."""
        columns = np.frombuffer(self.numbers, dtype="<i4").reshape(len(COLUMNS), -1)
        start = 0
        for text, length, names in zip(texts, self.lengths, self.names, strict=True):
            yield _doc(text, columns[:, start : start + length].tolist(), self.strings, names)
            start += length


def key_of(model: str, texts: Sequence[str]) -> bytes:
    """Changes with the texts and with ``model``, which stands for all that parses them."""
    return hashlib.sha256(msgspec.msgpack.encode((model, texts))).digest()


def parse_columns(content: bytes) -> Columns:
    """The inverse of :meth:`Columns.dump`.

    Raises:
        ValueError: it is no such thing.
    """
    try:
        return msgspec.msgpack.decode(unpack(content, most=_LARGEST), type=Columns)
    except msgspec.DecodeError as error:
        raise ValueError(f"no kept parse ({error})") from error


def as_bytes(numbers: npt.NDArray[np.int64]) -> bytes:
    """For :attr:`Columns.numbers`, of one row a token."""
    return numbers.T.astype("<i4").tobytes()


def _doc(text: str, columns: list[list[int]], strings: Sequence[str], names: Sequence[tuple[int, int, str]]) -> Doc:
    tokens, heads = [], []
    words = ([strings[number] for number in column] for column in columns[:OF_STRINGS])
    rows = enumerate(zip(*words, *columns[OF_STRINGS:], strict=True))
    for i, (lower, lemma, pos, tag, dep, kind, idx, length, space, head, start, *flags) in rows:
        token = Token()
        token.i, token.lower_, token.lemma_, token.pos_ = i, lower, lemma, pos
        token.tag_, token.dep_, token.ent_type_ = tag, dep, kind
        token.idx, token.text, token.whitespace_ = idx, text[idx : idx + length], " " if space else ""
        token.is_sent_start = _STARTS[start]
        token.is_alpha, token.is_punct, token.is_quote, token.is_space, token.like_num = map(bool, flags)
        tokens.append(token)
        heads.append(i + head)
    starts = [token.i for token in tokens if token.is_sent_start or token.i == 0]
    sentences = zip(starts, [*starts[1:], len(tokens)], strict=True)
    return Doc(text, tokens, heads, sentences, names)
