"""Numerals in plain text: digits, number words, scales, vague plurals and ranges, each with its value.

It exists because no number reader on the package registry holds up on news prose. Tried on our own cases:
text2num 3.1 and number-parser 0.3.2 leave ``1.5 million`` and ``half a million`` in pieces and know neither
ranges nor ``5m``; word2number 1.1 reads ``1.5 million`` as 1,000,000; quantulum3 0.10 reads ``17 to 50
million`` as 25,000,008.5 and ``US$5.2bn`` as barn newtons. None knows ``tens of thousands`` or ``lakh``.
This module knows nothing of grammar: :mod:`kg.extract.numbers` decides what a numeral counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import msgspec

from kg.extract.lexicon import CurrencyTable
from kg.extract.tables import load_table


class Movement(msgspec.Struct, frozen=True):
    """Stems of verbs after which "from A to B" tells two numbers."""

    stems: tuple[str, ...]
    example: str


class NumeralTable(msgspec.Struct, frozen=True):
    """``data/numerals.toml``."""

    units: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    vague: dict[str, int]
    fractions: dict[str, float]
    movement: Movement


@dataclass(frozen=True, slots=True)
class Numeral:
    """Characters ``start`` to ``end`` that write a number, or a range from ``low`` to ``high``.

    ``vague``: a plural such as "thousands", of which ``low`` is a lower bound. ``scaled``: written with a scale
    word. ``suffix``: the letter glued to the digits, if any. ``bare``: digits only. ``joint`` is what stands between
    the two ends of a range.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None = None
    vague: bool = False
    scaled: bool = False
    suffix: str = ""
    bare: bool = False
    joint: str = ""
    factor: Decimal = Decimal(1)


_TABLE = load_table("numerals", NumeralTable)
_SMALL = _TABLE.units | _TABLE.teens | _TABLE.tens
_SCALE = "|".join(_TABLE.scales)
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}"  # 1,234,567.8 and the Indian 12,34,567
    r"|[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)"  # 15 000, as the UN and agencies on the continent write
    r"|\d+(?:\.\d+)?"
)
# Currency codes in letters may be glued to the digits: Dh50 million, USD5m.
_CODES = "|".join(
    re.escape(symbol)
    for currency in load_table("currencies", CurrencyTable).currency for symbol in currency.symbols if symbol.isalpha()
)
_GLUED = re.compile(rf"(?<!\w)(?:{_CODES})\Z")
_SUFFIX = "|".join(sorted(_TABLE.suffixes, key=len, reverse=True))
# Codes, clock times, fractions and dates in digits are passed over whole: COVID-19, IL-76, 10:30, 24/7, 2020-03-21.
# A code begins where its letters do: tried at each letter, a word of 80,000 would be read 80,000 times.
_NUMBER = re.compile(
    r"(?P<code>(?<![^\W\d_])[^\W\d_]+[-‑]\d[\w-]*|(?<!\d)\d+(?:[-/.:‑]\d+){2,}|\d+[:/]\d+)"
    rf"|(?:(?<![\w.,/:@#])|(?<=[A-Za-z]))(?P<digits>{_DIGITS})(?:(?P<suffix>{_SUFFIX})\b|(?![\w/:@]|[.,]\d))"
)
_FIRST_WORD = "|".join((*_SMALL, *_TABLE.vague, "half", "a", "an", "several", "few", *_TABLE.scales))
_WORD = re.compile(rf"(?<!\w)(?<![A-Za-z]['’])(?:{_FIRST_WORD})\b", re.I)
_NEXT_WORD = re.compile(rf"(?P<gap>[\s\-‑]+(?:and\s+)?)(?P<word>{'|'.join(_SMALL)}|{_SCALE})s?\b", re.I)
_NEXT_SCALE = re.compile(rf"[\s\u00a0\-‑]*(?P<word>{_SCALE})s?\b", re.I)
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b", re.I)
_HALF_A = re.compile(rf"half(?:\s+an?\s+|[\s-]+)(?P<word>{_SCALE})\b", re.I)
# "A quarter of a million", "three quarters of a billion": the fraction's value, then the scale.
_FRACTION = "|".join(r"[\s-]+".join(words.split()) for words in _TABLE.fractions)
_FRACTION_OF = re.compile(rf"(?P<fraction>{_FRACTION})\s+of\s+an?\s+(?P<word>{_SCALE})\b", re.I)
_VAGUE_OF = re.compile(rf"\s+of\s+(?P<word>{'|'.join(_TABLE.vague)})\b", re.I)
_SYMBOL = r"(?:US|AU?|CA?|NZ|HK|EC|S|IR)?[$€£¥₹]\s?"  # of money, between the two ends of a range
_JOINT = re.compile(r"\s*(?P<joint>[-–—‑]|\bto\b|\bor\b|\band\b)\s*(?=[\w$€£¥₹])", re.I)
_MOVED = re.compile(rf"\b(?:{'|'.join(_TABLE.movement.stems)})[^.;]{{0,40}}\b(?:from|by)\s+\S{{0,4}}\Z", re.I)
_BETWEEN = re.compile(rf"\bbetween\s+(?:(?:about|some|around)\s+)?(?:{_SYMBOL})?\Z", re.I)


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All numerals of the text, in order, ranges joined."""
    return tuple(_join(text, list(_atoms(text))))


def _atoms(text: str) -> Iterator[Numeral]:
    position = 0
    while position < len(text):
        digits, word = _NUMBER.search(text, position), _WORD.search(text, position)
        if digits is None and word is None:
            return
        if digits is not None and (word is None or digits.start() <= word.start()):
            numeral = None if digits["code"] or _is_part_of_word(text, digits.start()) else _digits(text, digits)
            position = digits.end()
        else:
            assert word is not None  # one of the two was found
            numeral = _words(text, word)
            position = word.end()
        if numeral is not None:
            position = max(position, numeral.end)
            yield numeral


def _is_part_of_word(text: str, start: int) -> bool:
    """Whether letters that are no currency stand right before the digits: "A400", "H5"."""
    return text[start - 1 : start].isalpha() and not _GLUED.search(text, max(0, start - 6), start)


def _digits(text: str, match: re.Match[str]) -> Numeral:
    """Digits with a glued suffix ("5m") or scale words after them ("1.5 million", "100 thousand")."""
    written, suffix = match["digits"], match["suffix"] or ""
    low = Decimal(re.sub(r"[^\d.]", "", written))
    factor, end = Decimal(_TABLE.suffixes.get(suffix, 1)), match.end()
    if half := _AND_A_HALF.match(text, end):
        low, end = low + Decimal("0.5"), half.end()
    scaled = False
    while scale := _NEXT_SCALE.match(text, end):
        factor, end, scaled = factor * _scale(scale), scale.end(), True
    bare = not suffix and not scaled and written.isdigit()
    return Numeral(match.start(), end, low * factor, scaled=scaled, suffix=suffix, bare=bare, factor=factor)


def _words(text: str, match: re.Match[str]) -> Numeral | None:
    """A number in words from its first word, or ``None`` where the word alone is no number ("a", "few")."""
    word = match[0].lower()
    if fraction := _FRACTION_OF.match(text, match.start()):
        part = Decimal(str(_TABLE.fractions[re.sub(r"[\s-]+", " ", fraction["fraction"].lower())]))
        return Numeral(match.start(), fraction.end(), part * _scale(fraction), scaled=True)
    if word in _TABLE.vague:
        return _vague(text, match)
    if word == "half":
        half = _HALF_A.match(text, match.start())
        return half and Numeral(match.start(), half.end(), _scale(half) / 2, scaled=True)
    if word in ("several", "few"):
        scale = _NEXT_SCALE.match(text, match.end())
        return scale and Numeral(match.start(), scale.end(), _scale(scale), vague=True)
    return _spelled(text, match)


def _scale(match: re.Match[str]) -> Decimal:
    return Decimal(_TABLE.scales[match["word"].lower()])


def _vague(text: str, match: re.Match[str]) -> Numeral | None:
    """ "Thousands", "tens of thousands", "hundreds of thousands": at least one of each."""
    low, end = Decimal(_TABLE.vague[match[0].lower()]), match.end()
    while more := _VAGUE_OF.match(text, end):
        low, end = low * _TABLE.vague[more["word"].lower()], more.end()
    if match[0].lower() == "tens" and end == match.end():
        return None  # "tens of people" is seldom meant as a count, and "tens" alone is a mark
    return Numeral(match.start(), end, low, vague=True)


def _spelled(text: str, match: re.Match[str]) -> Numeral | None:
    """Consume number words as long as they add up ("two hundred and five", not "twenty thirty")."""
    first = match[0].lower()
    article = first in ("a", "an")
    if not article and first in _TABLE.scales:
        return None  # "million" without a number before it
    group, total, last_scale = (Decimal(1) if article else Decimal(_SMALL[first])), Decimal(0), Decimal(10) ** 18
    end, scaled, factor = match.end(), False, Decimal(1)
    if half := _AND_A_HALF.match(text, end):
        group, end = group + Decimal("0.5"), half.end()
    while following := _NEXT_WORD.match(text, end):
        word = following["word"].lower()
        scale = Decimal(_TABLE.scales.get(word, 0))
        if scale == 100 and 0 < group < 100:
            group *= 100
        elif scale > 100 or scale in (12, 20):
            if not group or scale >= last_scale or "and" in following["gap"]:
                break
            total, group, last_scale, factor = total + group * scale, Decimal(0), scale, scale
        elif word in _SMALL and _adds(group, word, following["gap"], total) and not (article and not scaled):
            group += _SMALL[word]
        else:
            break
        scaled = scaled or scale > 0
        end = following.end()
    if article and not scaled:
        return None
    return Numeral(match.start(), end, total + group, scaled=scaled, factor=factor)


def _adds(group: Decimal, word: str, gap: str, total: Decimal) -> bool:
    """Whether a small number word may follow: 5 after 20, anything below 100 after a full hundred."""
    if word in _TABLE.units and group % 100 >= 20 and group % 10 == 0:
        return "and" not in gap
    return group % 100 == 0 and (group > 0 or total > 0)


def _join(text: str, atoms: list[Numeral]) -> Iterator[Numeral]:
    """Join two numerals with a dash, "to", "or" or "between … and …" into a range."""
    index = 0
    while index < len(atoms):
        joined = _range(text, atoms[index], atoms[index + 1]) if index + 1 < len(atoms) else None
        yield joined or atoms[index]
        index += 2 if joined else 1


def _range(text: str, low: Numeral, high: Numeral) -> Numeral | None:
    """The range of two numerals, or ``None`` where they are two numbers."""
    between = _JOINT.match(text, low.end)
    gap = text[between.end() : high.start] if between else "-"
    if between is None or low.vague or high.vague or (gap and not re.fullmatch(_SYMBOL, gap)):
        return None
    joint = between["joint"].lower()
    before = text[max(0, low.start - 80) : low.start]
    if (joint == "and" and not _BETWEEN.search(before)) or (joint == "to" and _MOVED.search(before)):
        return None
    shared = low.factor == 1 and high.factor > 1 and low.low < high.low / high.factor  # 17 to 50 million
    first = low.low * high.factor if shared else low.low
    if first >= high.low:
        return None
    return replace(low, end=high.end, low=first, high=high.low, scaled=high.scaled, suffix=high.suffix,
                   bare=low.bare and high.bare, joint=joint, factor=high.factor)
