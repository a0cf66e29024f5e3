"""Parties told by their number: "both countries", "the three", "five Balkan countries", "they".

Such words stand for a list that the article gives elsewhere, before them or, where they only announce it,
behind them. The list must have as many members as the words say, so that a wrong list is rarely taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.descriptions import is_group_noun
from kg.extract.nlp import Paragraph
from kg.extract.scene import Ref, Scene
from kg.extract.tokens import Token

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_DEFINITE = frozenset({"the", "these", "those"})
_JOINTS = frozenset({",", "and", "the", "as", "well", "to", "in", "or"})
_THEY = frozenset({"they", "them"})
_LANDS = frozenset({"country", "nation", "state", "republic", "island"})
_BULLETS = frozenset({"-", "–", "—", "•", "*", "·", "▪"})


@dataclass(frozen=True, slots=True)
class _List:
    """Parties listed together: where the list starts, and their keys."""

    paragraph: int
    start: int
    keys: tuple[str, ...]
    acts: bool

    def are(self, kind: str) -> bool:
        """Whether all are of a kind, told by the start of their keys."""
        return all(key.startswith(kind) for key in self.keys)


def find_groups(scene: Scene) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """The parties that words for several stand for, by paragraph and token."""
    lists = sorted(
        [*(one for p in scene.parsed.paragraphs for one in _lists_in(scene, p)), *_bulleted(scene)],
        key=lambda one: (one.paragraph, one.start),
    )
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for paragraph in scene.parsed.paragraphs:
        for token in paragraph.doc:
            keys = _meant(scene, paragraph, token, lists)
            if keys:
                found[paragraph.index, token.i] = keys
    return found


def _meant(scene: Scene, paragraph: Paragraph, token: Token, lists: list[_List]) -> tuple[str, ...]:
    here = (paragraph.index, token.i)
    before = [one for one in lists if (one.paragraph, one.start) < here]
    behind = [one for one in lists if (one.paragraph, one.start) > here]
    if token.lower_ in _THEY:
        near = [one for one in before if one.acts and one.paragraph == paragraph.index]
        return near[-1].keys if near and not _named_since(scene, paragraph, near[-1], token) else ()
    number, definite = _number(token)
    if number is None:
        return ()
    fitting = [*reversed(before), *behind] if definite else [*behind, *reversed(before)]
    kind = "country/" if token.lemma_.lower() in _LANDS else ""
    keys = next((one.keys for one in fitting if len(one.keys) == number and one.are(kind)), ())
    return keys or (_struck(scene, number) if definite else ())


def _named_since(scene: Scene, paragraph: Paragraph, last: _List, token: Token) -> bool:
    """Whether another party was the subject of a sentence between a list and "they"."""
    refs = [ref for ref in scene.refs_in(paragraph) if last.start < ref.start < token.i]
    return any(
        ref.entity not in last.keys and paragraph.doc[ref.start : ref.end].root.dep_ in ("nsubj", "nsubjpass")
        for ref in refs
    )


def _struck(scene: Scene, number: int) -> tuple[str, ...]:
    """The countries of the article's crisis, where these are as many."""
    crisis = scene.entities.get(scene.topic.crisis or "")
    countries = tuple(key for key in (crisis.struck if crisis else ()) if key.startswith("country/"))
    named = {ref.entity for ref in scene.refs}
    return countries if len(countries) == number and named & set(countries) else ()


def _number(token: Token) -> tuple[int | None, bool]:
    """How many parties the words at a token tell, and whether they were told before; None if it tells none."""
    if token.lower_ == "both":
        alone = token.dep_ not in ("preconj", "det", "predet", "cc", "advmod") and not _counts_things(token)
        return (2 if alone else None), True
    if token.like_num and token.lower_ in _NUMBERS and token.pos_ == "NUM" and not _counts_noun(token):
        definite = any(child.lower_ in _DEFINITE for child in token.children)
        return (_NUMBERS[token.lower_] if definite and not _counts_things(token) else None), True
    if token.tag_ in ("NNS", "NNPS") and is_group_noun(token):
        left = [child for child in token.children if child.i < token.i]
        if any(child.lower_ in ("other", "more", "another", "further") for child in left):
            return None, False
        numbers = [_NUMBERS[child.lower_] for child in left if child.lower_ in _NUMBERS]
        numbers += [2 for child in left if child.lower_ == "both"]
        definite = any(child.lower_ in (*_DEFINITE, "both", "all") for child in left)
        return (numbers[0] if numbers else None), definite
    return None, False


def _counts_noun(token: Token) -> bool:
    return token.dep_ in ("nummod", "compound", "quantmod", "appos")


def _counts_things(token: Token) -> bool:
    """ "both of the planes", "the two of March"."""
    return any(child.lower_ == "of" for child in token.children)


def _lists_in(scene: Scene, paragraph: Paragraph) -> Iterator[_List]:
    """Runs of parties with nothing but commas and "and" between them."""
    run: list[Ref] = []
    for ref in (*scene.refs_in(paragraph), None):
        joined = ref is not None and run and _joined(paragraph, run, ref)
        if ref is not None and _is_party(scene, ref) and (not run or joined):
            run.append(ref)
            continue
        if len(run) > 1:
            yield _made(paragraph, run)
        run = [ref] if ref is not None and _is_party(scene, ref) else []


def _made(paragraph: Paragraph, run: list[Ref]) -> _List:
    root = paragraph.doc[run[0].start : run[0].end].root
    keys = tuple(dict.fromkeys(ref.entity for ref in run))
    acts = root.dep_ in ("nsubj", "nsubjpass") or run[0].start == root.sent.start
    return _List(paragraph.index, run[0].start, keys, acts)


def _joined(paragraph: Paragraph, run: list[Ref], other: Ref) -> bool:
    """Whether a party goes on a list: what follows "and" is its last, as in "Chad and Mali, the ICRC says"."""
    between = [token.lower_ for token in paragraph.doc[run[-1].end : other.start]]
    if not between or between[0] not in (",", "and", "as", "or") or any(word not in _JOINTS for word in between):
        return False
    before = paragraph.doc[run[-2].end : run[-1].start] if len(run) > 1 else ()
    return all(token.lower_ not in ("and", "or") for token in before)


def _bulleted(scene: Scene) -> Iterator[_List]:
    """Parties that head the lines of a list, one a line, with a colon behind: "- Mali: …"."""
    run: list[tuple[Paragraph, Ref]] = []
    for paragraph in scene.parsed.paragraphs:
        ref = next(iter(scene.refs_in(paragraph)), None)
        heads = ref is not None and _is_party(scene, ref) and _heads_line(paragraph, ref)
        if heads and ref is not None and (not run or paragraph.index == run[-1][0].index + 1):
            run.append((paragraph, ref))
            continue
        if len(run) > 1:
            yield _List(run[0][0].index, run[0][1].start, tuple(dict.fromkeys(r.entity for _, r in run)), False)
        run = []
    if len(run) > 1:
        yield _List(run[0][0].index, run[0][1].start, tuple(dict.fromkeys(r.entity for _, r in run)), False)


def _heads_line(paragraph: Paragraph, ref: Ref) -> bool:
    doc = paragraph.doc
    lead = all(token.text in _BULLETS or token.is_space for token in doc[: ref.start])
    return lead and ref.end < len(doc) and doc[ref.end].text in (":", "–", "—", ",", "(")


def _is_party(scene: Scene, ref: Ref) -> bool:
    return scene.entities[ref.entity].type in ("country", "organization") and ref.form in ("name", "capital", "seat")
