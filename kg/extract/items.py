"""What is given: noun phrases that are goods, money, people or services, with category and quantity.

Which nouns of a clause are looked at is decided by :mod:`kg.extract.item_lists`, what kind of help a noun names by
:mod:`kg.extract.item_words`, where its words end by :mod:`kg.extract.item_spans`, and whom it is to help, where
only that is counted, by :mod:`kg.extract.helped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.helped import people_helped
from kg.extract.item_lists import renames
from kg.extract.item_spans import extent, shared_end
from kg.extract.item_words import category_of, is_amount, is_countable_only, is_currency, is_group, object_of
from kg.extract.lexicon import lexicon
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.tokens import Doc, Token
from kg.records import Category, Item, Quantity, Span

# Between a noun and the sum that it is worth: "a package of", "aid worth", "a grant totalling".
_WORTH = re.compile(
    r"(?:.*\s)?(?:worth|total(?:l?ing|s)?|amounting to|valued at|to the value of|to the tune of|estimated at|costing"
    r"|equivalent to|equal to)(?:\s(?:a total of|the equivalent of))?",
    re.I,
)
_SUM_OF = re.compile(r"of(?:\s(?:a total of|the equivalent of|another|an additional|a further))?", re.I)
_FARTHEST = 8  # tokens from a noun to the sum that it is worth
_BETWEEN = 3  # tokens between a sum and the noun that it modifies: "a $5 million emergency aid package"
_COUNTED_AFTER = re.compile(r"(?:of (?:them|these|which|whom)|in (?:all|total|number)|all told|each)\b|\)", re.I)
_NOT_FOR: tuple[Category, ...] = ("personnel", "transport")  # "doctors for 300 patients" says little of the help
_DRAFTS = frozenset({"cheque", "check", "draft", "order", "voucher"})


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item with the token that heads it. ``bare``: a number alone, whose goods were named before."""

    head: Token
    item: Item
    bare: bool = False


def find_items(paragraph: Paragraph, tokens: Iterable[Token], numbers: tuple[Number, ...]) -> Iterator[FoundItem]:
    """The items among the nouns of a clause, in order.

    Args:
        paragraph: where the tokens stand.
        tokens: nouns that may be items, chosen by the caller from the roles of the clause.
        numbers: the quantities of the paragraph.
    """
    taken: list[Item] = []
    for token in sorted({_measured(token, numbers) for token in tokens}, key=lambda t: t.i):
        found = _money(paragraph, token, numbers) or _goods(paragraph, token, numbers)
        if found is None or any(_overlap(found.item.span, item.span) for item in taken):
            continue
        told = found.item.category in {item.category for item in taken}
        if told and found.item.quantity is None and renames(token):
            continue
        taken.append(found.item)
        yield found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def counted_people(paragraph: Paragraph, token: Token, numbers: tuple[Number, ...]) -> FoundItem | None:
    """ "44 South Koreans": people sent, named by their nation."""
    number = next((n for n in numbers if token.i in (n.head, n.end) and n.currency is None), None)
    if number is None:
        return None
    words = token.doc[number.end : token.i + 1] if number.end <= token.i else token.doc[number.start : token.i + 1]
    return FoundItem(token, Item(paragraph.span(words), words.text, "personnel", _quantity(number, "personnel")))


def bare_number(paragraph: Paragraph, token: Token, numbers: tuple[Number, ...]) -> FoundItem | None:
    """ "Gabon has got more than 80": a number whose goods were named before. Its category is yet to be told."""
    number = next((n for n in numbers if n.start <= token.i < n.end and n.head is None and n.currency is None), None)
    if number is None or number.unit is not None or number.change:
        return None
    words = token.doc[number.start : number.end]
    item = Item(paragraph.span(words), words.text, "other", _quantity(number, "other"))
    return FoundItem(token, item, bare=True)


def _measured(token: Token, numbers: tuple[Number, ...]) -> Token:
    """The noun that says what is given: the rice of "20 tonnes of rice", the doctors of "a team of 12 doctors"."""
    number = next((n for n in numbers if n.unit_at == token.i and n.head is not None), None)
    if number is not None and number.head is not None:
        return token.doc[number.head]
    priced = next((n for n in numbers if n.currency and n.start <= token.i < n.end), None)
    if priced is not None:
        return _priced_goods(token.doc, priced) or token
    if lexicon().unit_kind(token.text) in ("mass", "volume") and (measured := object_of(token)) is not None:
        return measured  # "several tonnes of rice": no number, but the tonnes are no goods either
    inner = object_of(token) if is_group(token) and _number_at(token, numbers) is None else None
    if inner is None:
        return token
    counted = any(inner.i in (n.head, n.unit_at) and token.i < n.start and not n.currency for n in numbers)
    known = category_of(inner) is not None or category_of(token) is None
    return _measured(inner, numbers) if counted and known else token


def _number_at(token: Token, numbers: tuple[Number, ...]) -> Number | None:
    found = [n for n in numbers if token.i in (n.head, n.unit_at)]
    return found[-1] if found else None  # "three shipments of 400 tents": the number nearest to the noun


def _goods(paragraph: Paragraph, token: Token, numbers: tuple[Number, ...]) -> FoundItem | None:
    category = category_of(token) if token.pos_ in ("NOUN", "PROPN") and not _modifies_noun(token) else None
    if category is None:
        return None
    start, end = extent(token)
    number = _number_of(token, numbers, start)
    if number is None and is_countable_only(token):
        return None
    if number is not None and number.currency is None:
        start = max(start, min(number.end, token.i)) if number.start < token.i else start
        end = max(end, shared_end(token, number, category))
    helped = people_helped(token, numbers) if number is None and category not in _NOT_FOR else None
    counted = number or helped
    if counted is not None and token.i < counted.start < end:
        end = token.i + 1  # "feeding of 3,000 children", "a team of about 20": the words without the numeral
    words = token.doc[start:end]
    quantity = _quantity(number, category, token.text) if helped is None else helped.quantity
    return FoundItem(token, Item(paragraph.span(words), words.text, category, quantity))


def _modifies_noun(token: Token) -> bool:
    """Whether the noun only says what kind another is, right behind it: the cargo of "cargo planes"."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    first = token
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    return (
        first.dep_ in ("compound", "nmod", "amod")
        and following is not None
        and first.head.i > token.i
        and (following.pos_ in ("NOUN", "PROPN") or following.text in ("-", "‑", "and"))
    )


def _money(paragraph: Paragraph, token: Token, numbers: tuple[Number, ...]) -> FoundItem | None:
    """ "$5 million", "10 million euros in aid", "a package of $5 million": the whole amount is the item."""
    number, end = next((n for n in numbers if n.currency and n.start <= token.i < n.end), None), 0
    if number is None and (is_amount(token) or category_of(token) == "funds"):
        number = next((n for n in numbers if n.currency and (n.head == token.i or _is_sum_of(token, n))), None)
    if number is None and is_currency(token):  # "4 million crowns": the word alone tells no currency
        number, end = _number_at(token, numbers), token.i + 1
    if number is None:
        return None
    words = token.doc[number.core : max(number.end, end)]
    return FoundItem(token, Item(paragraph.span(words), words.text, "funds", _quantity(number, "funds")))


def _is_sum_of(token: Token, number: Number) -> bool:
    """Whether a sum is what a noun of giving amounts to: "a package of $5 million", "a $5 million package"."""
    if number.start < token.i:
        plain = all(one.pos_ in ("ADJ", "NOUN", "PROPN", "PUNCT") for one in token.doc[number.end : token.i])
        return plain and number.head is None and token.i - number.end <= _BETWEEN
    between = _between(token, number)
    if between is None:
        return False
    drawn = between == "for" and token.lemma_ in _DRAFTS
    return drawn or bool(_SUM_OF.fullmatch(between) or _WORTH.fullmatch(between))


def _priced_goods(doc: Doc, number: Number) -> Token | None:
    """The goods whose worth a sum tells: "goods worth $5 million", "$5 million worth of tents"."""
    if doc[number.end : number.end + 2].text.lower() == "worth of" and number.head is not None:
        return doc[number.head] if _is_goods(doc[number.head]) else None
    before = (token for token in reversed(doc[max(0, number.start - _FARTHEST) : number.start]) if token.pos_ == "NOUN")
    noun = next((token for token in before if category_of(token) is not None), None)
    return noun if noun is not None and _is_goods(noun) and _is_worth(noun, number) else None


def _is_goods(noun: Token) -> bool:
    return not is_amount(noun) and category_of(noun) not in ("funds", None)


def _is_worth(token: Token, number: Number) -> bool:
    between = _between(token, number)
    return between is not None and _WORTH.fullmatch(between) is not None


def _between(token: Token, number: Number) -> str | None:
    """The words from a noun to a sum behind it, None if they are too many or another clause begins in them."""
    if not token.i < number.start <= token.i + _FARTHEST:
        return None
    words = token.doc[token.i + 1 : number.start].text.removeprefix(",").strip().lower()
    return words if not re.search(r"[,;:.()]|\band\b", words) else None


def _number_of(token: Token, numbers: tuple[Number, ...], start: int) -> Number | None:
    """The number that counts a noun whose phrase begins at ``start``: before it, of its unit, or told after it."""
    if (number := _number_at(token, numbers)) is not None and not _is_size(token, number):
        return number if not _is_spent_on(token, number) else None
    for number in numbers:
        inside = start <= number.start < token.i and (number.head is None or start <= number.head <= token.i)
        if (inside and not _is_size(token, number)) or (number.currency and _is_worth(token, number)):
            return number
    return next((number for number in numbers if _counts_before(token, number)), None)


def _is_spent_on(token: Token, number: Number) -> bool:
    """ "$5 million in tents": the sum is an item of its own."""
    return number.currency is not None and token.doc[number.end].lower_ == "in"


def _is_size(token: Token, number: Number) -> bool:
    """Whether the number tells how big each piece is: "30-kg rations", but "a 30-tonne shipment" weighs that."""
    joined = number.end >= 2 and token.doc[number.end - 2].text in ("-", "‑")
    kind = lexicon().unit_kind(number.unit) if number.unit and joined else None
    return kind in ("mass", "volume", "length", "area", "energy") and not is_group(token)


def _counts_before(token: Token, number: Number) -> bool:
    """ "Tents, 2,000 of them", "blankets (500)": the number follows its noun."""
    opening, doc = number.start - 1, token.doc
    if opening == token.i + 1 and doc[opening].lower_ == "of":  # "a team of about 20"
        return number.head is None and not number.currency and is_group(token)
    if opening != token.i + 1 or doc[opening].text not in (",", "(", "–", "—", "-") or number.currency:
        return False
    return _COUNTED_AFTER.match(doc[number.end : number.end + 3].text) is not None


def _quantity(number: Number | None, category: Category, unit: str | None = None) -> Quantity | None:
    """The number as a quantity; ``unit`` is the noun where the number stands apart from it."""
    if number is None:
        return None
    if number.currency:
        unit = None
    elif category == "personnel":
        unit = "people"
    else:
        unit = number.unit or unit
    return Quantity(number.value, number.minimum, number.maximum, number.qualifier, unit, number.currency)
