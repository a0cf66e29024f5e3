"""spaCy's recogniser of names with the same weights and the same answers, worked out for all words at once.

spaCy walks from word to word and tries 74 moves at each. In its builds of 3.8 each trial takes and gives back the
interpreter's lock several times, so that the walk takes twice as long as the network and a third of the whole parse.
Yet of the recogniser's three features (this word, the first word of the open name, the word before) two are empty
outside names. So the move at a word outside names depends on this word alone: the moves of all words are worked out in
one multiplication, and only names that were opened are followed word by word, all of a batch side by side. Sums are
made in spaCy's order; a test compares the outcome. The rules of which move may be made where are those of
``spacy/pipeline/_parser_internals/ner.pyx`` for words of which nothing is known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from kg.errors import ModelError

_RECOGNISER: Final = "ner"
_SEEN: Final[list[int | str]] = ["SENT_START", "IS_SPACE"]
_FEATURES: Final = 3

_Floats = npt.NDArray[np.float32]
_Bools = npt.NDArray[np.bool_]
_Ints = npt.NDArray[np.int64]


def recognise_at_once(nlp: Language) -> None:
    """Put :class:`Recogniser` in the place of the model's own.

    Raises:
        ModelError: the model's recogniser is of another kind than is foreseen.
    """
    recogniser = nlp.get_pipe(_RECOGNISER)
    assert isinstance(recogniser, EntityRecognizer)
    Language.component("recognise_at_once", func=Recogniser(recogniser))
    nlp.add_pipe("recognise_at_once", after=_RECOGNISER)
    nlp.disable_pipe(_RECOGNISER)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is known of the words of a batch, one after the other: the network's features of each (in row 0 those of a
    missing word), and where a name may not begin and not go on."""

    features: _Floats
    is_space: _Bools
    ends_sentence: _Bools


class Recogniser:
    """Does to parses what ``ner`` does."""

    def __init__(self, ner: EntityRecognizer) -> None:
        model = ner.model
        self._ops = model.ops
        self._tok2vec, self._lower = model.get_ref("tok2vec"), model.get_ref("lower")
        upper = model.get_ref("upper")
        self._weights, self._bias = upper.get_param("W"), upper.get_param("b")
        moves = [ner.moves.get_class_name(at).partition("-") for at in range(ner.moves.n_moves)]
        of = {kind: {label: at for at, (one, _, label) in enumerate(moves) if one == kind} for kind in "BILUO"}
        foreseen = self._lower.get_dim("nF") == _FEATURES and ner.cfg["beam_width"] == 1
        if not foreseen or model.attrs["unseen_classes"] or list(of["O"]) != [""] or of["B"].keys() != of["L"].keys():
            raise ModelError("the model's recogniser of names is of a kind that is not foreseen")
        self._begin, self._unit = ([at for label, at in of[kind].items() if label] for kind in "BU")
        self._out = of["O"][""]
        self._label = {at: label for kind in "BU" for label, at in of[kind].items()}
        self._in, self._last = (np.zeros(len(moves), dtype=np.int64) for _ in range(2))
        for label, at in of["B"].items():
            self._in[at], self._last[at] = of["I"][label], of["L"][label]

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128, **_: Any) -> Iterator[Doc]:
        """Set the names of each document, many at once."""
        docs = iter(docs)
        while batch := list(islice(docs, batch_size)):
            self._recognise([doc for doc in batch if len(doc)])
            yield from batch

    def _recognise(self, docs: Sequence[Doc]) -> None:
        if not docs:
            return
        words = self._words(docs)
        outside = self._outside(words)
        begins = np.flatnonzero(np.isin(outside, self._begin))
        ends = dict(zip(begins.tolist(), self._ends(words, begins, outside[begins]).tolist(), strict=True))
        moves, start = outside.tolist(), 0
        for doc in docs:
            doc.set_ents(list(self._names(doc, moves, ends, start)), default="outside")
            start += len(doc)

    def _names(self, doc: Doc, moves: list[int], ends: dict[int, int], start: int) -> Iterator[Span]:
        """The walk along a document, whose first word is at ``start`` of the batch: inside a name no other begins."""
        at, stop = start, start + len(doc)
        while at < stop:
            end = ends.get(at, at) + 1
            if moves[at] != self._out:
                yield Span(doc, at - start, end - start, label=self._label[moves[at]])
            at = end

    def _words(self, docs: Sequence[Doc]) -> _Words:
        features = self._lower.predict(self._tok2vec.predict(docs))
        starts, spaces = np.concatenate([doc.to_array(_SEEN) for doc in docs]).T
        ends = np.append(starts[1:] == 1, True)
        ends[np.cumsum([len(doc) for doc in docs]) - 1] = True
        return _Words(features, spaces.astype(np.bool_), ends)

    def _outside(self, words: _Words) -> _Ints:
        """The move at each word if no name is open there."""
        _, missing_first, missing_before = words.features[0]
        scores = self._scores(words.features[1:, 0] + missing_first + missing_before)
        allowed = np.zeros(scores.shape, dtype=np.bool_)
        allowed[:, self._out] = True
        allowed[:, self._unit] = ~words.is_space[:, None]
        allowed[:, self._begin] = ~(words.is_space | words.ends_sentence)[:, None]
        return cast(_Ints, np.where(allowed, scores, -np.inf).argmax(axis=1))

    def _ends(self, words: _Words, begins: _Ints, moves: _Ints) -> _Ints:
        """The last word of each name that begins at these words with these moves."""
        ends, going = begins + 1, np.arange(len(begins))
        while len(going):
            at = ends[going]
            of = words.features
            scores = self._scores(of[at + 1, 0] + of[begins[going] + 1, 1] + of[at, 2])
            on, last = self._in[moves[going]], self._last[moves[going]]
            rows = np.arange(len(going))
            # of two equal scores the earlier move wins
            wins = np.where(on < last, scores[rows, on] >= scores[rows, last], scores[rows, on] > scores[rows, last])
            going = going[wins & ~words.ends_sentence[at]]
            ends[going] += 1
        return ends

    def _scores(self, features: _Floats) -> _Floats:
        """The score of each move, of the summed features of states."""
        hidden = (features + self._lower.get_param("b")).max(axis=-1)
        return cast(_Floats, self._ops.gemm(hidden, self._weights, trans2=True) + self._bias)
