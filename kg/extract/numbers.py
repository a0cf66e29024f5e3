"""Numbers of a parsed paragraph: value, hedge, unit or currency, and the noun that is counted.

:mod:`kg.extract.numerals` reads the digits and words; this module decides, with the parse, what they count,
and drops what is no quantity: years, dates, clock times, spans of time, ages, labels ("Flight 512").
The words it knows are in ``data/hedges.toml``, ``data/units.toml`` and ``data/currencies.toml``.

Conventions: "over" and "at least" keep the number as value *and* minimum, "up to" as value and maximum; a range
has bounds only; a vague plural ("thousands") has a minimum only. In "five tonnes of rice" the unit is the printed
noun ``tonnes`` and the head is the rice. Elsewhere the unit is the printed head noun, or ``people`` for persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.counted import Counted, find_counted, object_of
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.memo import once_a_doc
from kg.extract.numerals import Numeral, find_numerals
from kg.extract.tokens import Doc
from kg.records import Qualifier, Quantity

_YEARS = range(1500, 2101)
_MONTH = re.compile(
    r"(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\Z"
)
_YEAR_BEFORE = frozenset(
    ("in", "since", "until", "till", "during", "before", "after", "from", "early", "late", "mid", "circa")
)
_PLACES = ("GPE", "LOC", "NORP")  # "Spain has lost 8,000 people, Belgium 2,100" names no thing
_OPENS_CONVERSION = ("(", "(about", "(or", "(some", "[", "/", ", or", "or")
_OF = re.compile(r"\s+of(?=\s)")
_SMALL = r"one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
# Shares, not counts: "one in three", "3 out of 4", "two-thirds", "one third".
_SHARES = re.compile(
    rf"\b(?:{_SMALL})\s+(?:in|out\s+of)\s+(?:every\s+|each\s+)?(?:{_SMALL})\b(?!\s+(?:hour|day|week|month|year))"
    rf"|\b(?:{_SMALL}|an?)[-\s](?:third|quarter|fifth|sixth|tenth)s?\b"
    r"(?!\s+of\s+an?\s+(?:million|billion|trillion))", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity as tokens ``start`` to ``end`` (exclusive): hedge, currency and unit words included.

    ``head`` is the index of the noun that is counted, ``unit_at`` that of a unit noun other than the head.
    ``change``: words around the number tell a rise, a fall or an addition. ``core`` is where the amount itself begins,
    behind the hedges: the "$" of "more than $5 million".
    """

    start: int
    end: int
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    qualifier: Qualifier = "exact"
    unit: str | None = None
    currency: str | None = None
    head: int | None = None
    unit_at: int | None = None
    change: bool = False
    core: int = 0

    @property
    def quantity(self) -> Quantity:
        """The number as the record of a quantity."""
        return Quantity(self.value, self.minimum, self.maximum, self.qualifier, self.unit, self.currency)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A numeral and the words right around it, in characters, before the parse is asked."""

    numeral: Numeral
    start: int
    core: int
    end: int
    qualifier: Qualifier
    change: bool
    currency: str | None


@once_a_doc
def find_numbers(doc: Doc, /) -> tuple[Number, ...]:
    """The quantities of a paragraph, in order. A conversion in brackets after a sum of money is left out."""
    words, text = lexicon(), doc.text
    shares = [match.span() for match in _SHARES.finditer(text)]
    numbers: list[Number] = []
    for numeral in sorted((*find_numerals(text), *_single_loads(text, words)), key=lambda one: one.start):
        if any(start <= numeral.start < end for start, end in shares):
            continue
        number = _resolve(doc, _phrase(text, numeral, words), words)
        if number is not None and not (numbers and _is_conversion(doc, numbers[-1], number)):
            numbers.append(number)
    return tuple(numbers)


def _single_loads(text: str, words: Lexicon) -> Iterator[Numeral]:
    """ "A plane load" counts one and "half a tonne" a half; no other article counts."""
    for match in words.single_load.finditer(text):
        yield Numeral(match.start(), match.end(), Decimal("0.5") if match[0][:4].lower() == "half" else Decimal(1))


def _phrase(text: str, numeral: Numeral, words: Lexicon) -> _Phrase:
    """Take in currency, hedges and words of change that stand right before and after the numeral."""
    core, end, currency = _with_currency(text, numeral, words)
    start = core
    qualifier, change = _plain_qualifier(numeral), False
    while hedge := words.hedge_before.search(text, max(0, start - 40), start):
        found = " ".join(hedge["hedge"].lower().split())
        start, change = hedge.start("hedge"), change or found in words.change_before
        qualifier = _outer(qualifier, words.qualifiers.get(("before", found)), numeral)
    if hedge := words.hedge_after.match(text, end):
        found = " ".join(hedge["hedge"].lower().split())
        outer = words.qualifiers.get(("after", found))
        change = change or (found in words.change_after and not text[hedge.end() :].lstrip().startswith("than "))
        qualifier, end = _outer(qualifier, outer, numeral), hedge.end() if outer else end
    elif text[end : end + 1] == "+":
        qualifier, end = _outer(qualifier, "at-least", numeral), end + 1
    return _Phrase(numeral, start, core, end, qualifier, change, currency)


def _with_currency(text: str, numeral: Numeral, words: Lexicon) -> tuple[int, int, str | None]:
    """Start, end and ISO 4217 code of a sum of money: "US$5m", "5 million euros", "A$5 million Australian dollars"."""
    start, end, code = numeral.start, numeral.end, None
    if symbol := words.symbol_before.search(text, max(0, start - 8), start):
        start, code = symbol.start("symbol"), words.currencies[symbol["symbol"]]
    elif symbol := words.symbol_after.match(text, end):
        end, code = symbol.end(), words.currencies[symbol["symbol"]]
    behind = _OF.match(text, end) if numeral.vague else None
    if name := words.money_after.match(text, behind.end() if behind else end):
        named = words.currencies[" ".join(name["name"].lower().split())]
        if not _means_else(text, name, numeral, words) and (code is None or behind is None):
            end, code = name.end(), named if code in (None, "USD") else code
    return start, end, code


def _means_else(text: str, name: re.Match[str], numeral: Numeral, words: Lexicon) -> bool:
    """Whether the name of a currency is another word here: "pounds of flour", "the 4 million mark", "20 won"."""
    word = name["name"].lower()
    if word == "pound":
        return bool(_OF.match(text, name.end())) and not words.symbol_before.search(text, 0, numeral.start)
    plural = word == "won" or name.end() > name.end("name")
    return word in words.wary and not (numeral.scaled and plural)


def _plain_qualifier(numeral: Numeral) -> Qualifier:
    return "at-least" if numeral.vague else "exact" if numeral.high is None else "range"


def _outer(inner: Qualifier, outer: Qualifier | None, numeral: Numeral) -> Qualifier:
    """A range and a vague plural keep their kind; a bound beats "about", else the outer hedge counts."""
    if outer is None or numeral.vague or numeral.high is not None:
        return inner
    return inner if outer == "about" and inner != "exact" else outer


def _resolve(doc: Doc, phrase: _Phrase, words: Lexicon) -> Number | None:
    """The phrase as a number, or ``None`` where the words around it show that it is no quantity."""
    span = doc.char_span(phrase.start, phrase.end, alignment_mode="expand")
    core = doc.char_span(phrase.numeral.start, phrase.numeral.end, alignment_mode="expand")
    if span is None or core is None:
        return None
    change = phrase.change or _is_change(doc, span.start, words)
    amount = doc.char_span(phrase.core, phrase.end, alignment_mode="expand") or core
    if phrase.currency is not None:
        words_behind = doc[span.end : span.end + 2].text.lower()
        of = words_behind.split(" ")[0] in ("of", "in", "worth")
        at = span.end + (words_behind == "worth of")
        counted = Counted(span.end, object_of(doc, at) if of else None)
        return _number(phrase, (span.start, amount.start), counted, change)
    counted = find_counted(doc, phrase.numeral, span.end, words)
    if counted.kind == "time" or _is_no_quantity(doc, phrase, core.start, counted, words):
        return None
    return _number(phrase, (span.start, amount.start), counted, change)


def _number(phrase: _Phrase, at: tuple[int, int], counted: Counted, change: bool) -> Number:
    """The number that starts ``at`` the first token, its amount behind the hedges at the second."""
    numeral, qualifier = phrase.numeral, phrase.qualifier
    value = None if qualifier == "range" or numeral.vague else numeral.low
    minimum = numeral.low if qualifier in ("over", "at-least", "range") else None
    maximum = numeral.high if qualifier == "range" else numeral.low if qualifier == "up-to" else None
    return Number(at[0], counted.end, value, minimum, maximum, qualifier,
                  unit=None if phrase.currency else counted.unit, currency=phrase.currency,
                  head=counted.head, unit_at=counted.unit_at, change=change, core=at[1])


def _is_no_quantity(doc: Doc, phrase: _Phrase, at: int, counted: Counted, words: Lexicon) -> bool:
    """Whether a numeral at token ``at`` is a year, a day, a label, an age, or a pronoun."""
    if _is_day(doc, phrase.numeral, at, counted) or _is_year(doc, phrase, at, counted):
        return True
    labelled = at > 0 and doc[at - 1].lower_ in words.labels
    if counted.head is not None:
        return labelled and (doc[at - 1].pos_ == "PROPN" or not _is_plural(doc, counted.head))
    return labelled or phrase.numeral.suffix == "m" or _is_pronoun(doc, phrase, at) or _is_age(doc, phrase, at, words)


def _is_pronoun(doc: Doc, phrase: _Phrase, at: int) -> bool:
    """ "One" and "the two" without a noun, and a number that names its noun: "Boeing 747". """
    written = doc.text[phrase.numeral.start : phrase.numeral.end].lower()
    if at == 0:
        return written == "one"
    before = doc[at - 1]
    listed = before.ent_type_ in _PLACES or doc[max(0, at - 2)].text in (",", ";", "and")
    named = before.pos_ == "PROPN" and doc[at].head.i == before.i and not listed
    return written == "one" or named or (before.pos_ == "DET" and written.isalpha() and phrase.numeral.low <= 10)


def _is_age(doc: Doc, phrase: _Phrase, at: int, words: Lexicon) -> bool:
    """ "Maria, 55," and "children under five"."""
    if at < 2 or phrase.numeral.low > 120:
        return False
    after_name = doc[at - 1].text == "," and doc[at - 2].pos_ == "PROPN" and doc[at + 1 : at + 2].text == ","
    years = doc[at - 2].lower_ in ("age", "ages") and doc[at - 1].lower_ == "of"
    bound = doc[at - 1].lower_ in ("under", "over", "below", "above") and words.is_people(doc[at - 2].lemma_)
    return after_name or years or bound


def _is_plural(doc: Doc, at: int) -> bool:
    return doc[at].tag_ in ("NNS", "NNPS") or doc[at].lower_ in ("people", "police", "aircraft", "personnel", "staff")


def _is_day(doc: Doc, numeral: Numeral, at: int, counted: Counted) -> bool:
    """ "March 21", "21 March", "20-22 March"; but not "in May 20 people died"."""
    if not numeral.bare or not 1 <= numeral.low <= 31:
        return False
    rest = doc.text[numeral.end :].split(None, 2)
    if rest and _MONTH.match(rest[1] if rest[0] == "of" and len(rest) > 1 else rest[0].rstrip(",.")):
        return True
    plural = counted.head is not None and _is_plural(doc, counted.head)
    return at > 0 and bool(_MONTH.match(doc[at - 1].text)) and not plural


def _is_year(doc: Doc, phrase: _Phrase, at: int, counted: Counted) -> bool:
    """A bare number of four digits that stands where years stand: after "in", alone, or before an event."""
    numeral = phrase.numeral
    if not numeral.bare or int(numeral.low) not in _YEARS or phrase.qualifier not in ("exact", "range"):
        return False
    before = doc[at - 1].lower_ if at else ""
    if counted.head is None or before in _YEAR_BEFORE or _MONTH.match(doc[at - 1].text if at else ""):
        return True
    if at and doc[at - 1].pos_ in ("DET", "PRON") and counted.unit != "people":
        return True
    return not _is_plural(doc, counted.head)


def _is_change(doc: Doc, start: int, words: Lexicon) -> bool:
    """Whether "up", "down", "rose by" or "an increase of" stands right before the number."""
    before = [token for token in doc[max(0, start - 5) : start] if not token.is_punct]
    if before and before[-1].lower_ in words.directions:
        return True
    if len(before) < 2 or before[-1].lower_ not in ("by", "of"):
        return False
    if before[-1].lower_ == "of":
        return before[-2].lemma_.lower() in words.rising
    return before[-2].lower_ in words.directions or any(token.lemma_.lower() in words.rising for token in before)


def _is_conversion(doc: Doc, first: Number, second: Number) -> bool:
    """Whether the second sum only repeats the first in another currency: "$4.4 million (€4 million)"."""
    between = doc[first.end : second.start].text.strip().lower()
    return bool(first.currency and second.currency) and between in _OPENS_CONVERSION
