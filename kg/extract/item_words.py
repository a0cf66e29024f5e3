"""What kind of help a noun phrase names, by its words alone: the tables of ``data/items.toml`` as look-ups.

A head of several words is matched against the words right before the noun, whatever the parse makes of them:
the small model takes "water tanker" or "first-aid kit" apart in more than one way.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from kg.extract.lexicon import lexicon
from kg.extract.tokens import Token
from kg.records import Category, Item

_HYPHENS = frozenset({"-", "‑", "–"})
_SETS = ("vague", "unsaid", "groups", "amounts", "counted", "currencies", "helped")
_LONGEST = 5  # words in the longest head of the tables


@dataclass(frozen=True, slots=True)
class _Words:
    vague: frozenset[str]
    unsaid: frozenset[str]
    idle: frozenset[str]
    groups: frozenset[str]
    amounts: frozenset[str]
    counted: frozenset[str]
    currencies: frozenset[str]
    helped: frozenset[str]
    heads: dict[tuple[str, ...], Category]
    modifiers: dict[tuple[str, ...], Category]
    known: frozenset[str]
    lasts: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(files("kg.extract").joinpath("data/items.toml").read_text("utf-8"))
    idle = frozenset(data["unsaid"]["modifiers"])
    sets = {name: frozenset(data.pop(name)["heads"]) for name in _SETS}
    heads: dict[tuple[str, ...], Category] = {}
    modifiers: dict[tuple[str, ...], Category] = {}
    for table in data.values():
        category = cast(Category, table["category"])
        for word in table.get("heads", ()):
            heads.setdefault(tuple(word.split()), category)
        for word in table.get("modifiers", ()):
            modifiers.setdefault(tuple(word.split()), category)
    phrases = (*heads, *modifiers)
    known = {part for phrase in phrases for part in phrase} | {"-".join(phrase) for phrase in phrases}  # C-130, IL-76
    lasts = frozenset(phrase[-1] for phrase in phrases if len(phrase) > 1)
    every = frozenset(known.union(*sets.values()))
    return _Words(**sets, idle=idle, heads=heads, modifiers=modifiers, known=every, lasts=lasts)


def category_of(head: Token) -> Category | None:
    """The category of the noun phrase that ``head`` heads, or None if it is no kind of help."""
    words, lemma = _words(), lemma_of(head)
    if (phrase := _phrase(head)) is not None:
        return phrase[1]
    kinds = [lemma_of(token) for token in _modifiers(head)]
    apart = next((found for kind in kinds if (found := words.heads.get((kind, lemma))) is not None), None)
    of = object_of(head)
    if apart is None and of is not None:
        apart = words.heads.get((lemma, "of", lemma_of(of)))
    if apart is not None:
        return apart
    if lemma in words.vague:
        return _of_vague(head, lemma, kinds)
    return words.heads.get(_key(lemma)) or _by_ending(head, lemma)


def phrase_start(head: Token) -> int:
    """The first token of the longest head of the tables that ends at a noun: the "water" of "water tankers"."""
    phrase = _phrase(head)
    return head.i if phrase is None else phrase[0]


def _phrase(head: Token) -> tuple[int, Category] | None:
    """Where the longest head of several words begins that ends at a noun, and its category."""
    words, ending = _words(), _key(lemma_of(head))
    if ending[-1] not in words.lasts:
        return None
    before = _before(head)
    parts = [_key(lemma_of(token)) for token in before]
    for first in range(len(before)):
        key = (*(part for word in parts[first:] for part in word), *ending)
        found = None if "of" in key else words.heads.get(key) or words.modifiers.get(key)
        if found is not None:
            return before[first].i, found
    return None


def _key(*words: str) -> tuple[str, ...]:
    """Words as the tables have them, without hyphens."""
    return tuple(part for word in words for part in word.replace("‑", "-").split("-"))


def _of_vague(head: Token, lemma: str, kinds: list[str]) -> Category | None:
    """What "equipment", "a batch" and the like are: by what is in them, else by the modifier nearest to them."""
    words, inner = _words(), _contents(head)
    if inner is not None and inner != "other":
        return inner
    for start in range(len(kinds) - 1, -1, -1):
        for end in range(len(kinds), start, -1):
            if (found := words.modifiers.get(tuple(kinds[start:end]))) is not None:
                return found
        found = words.heads.get((kinds[start],))
        if found is not None and found not in ("personnel", "services", "other"):
            return found
    return inner or words.heads.get((lemma,))


def _contents(head: Token) -> Category | None:
    """The kind of what stands behind "of" or "containing"; a name there is a body, unless it is that of a vaccine."""
    within = (c for c in head.children if c.dep_ == "acl" and c.lemma_ in ("contain", "hold", "comprise"))
    inner = object_of(head) or next((o for c in within for o in c.children if o.dep_ == "dobj"), None)
    if inner is None or is_countable_only(inner):
        return None
    return category_of(inner) if inner.pos_ != "PROPN" else _words().modifiers.get(_key(lemma_of(inner)))


def _by_ending(head: Token, lemma: str) -> Category | None:
    """Professions are too many to list: "-ologist", "-ician" and the like are people who can be sent."""
    return "personnel" if head.tag_ != "NNP" and lemma.endswith(lexicon().people_suffixes) else None


def is_vague(item: Item) -> bool:
    """Whether an item only says that there is help ("aid", "other supplies", "its contribution"), not what it is."""
    if item.category not in ("other", "funds", "transport"):
        return False
    *before, last = re.findall(r"\w+", item.name)
    idle = all(word[0].isupper() or word in _words().idle or _is_unsaid(word) for word in before)
    return idle and _is_unsaid(last.lower())


def _is_unsaid(word: str) -> bool:
    return any(form in _words().unsaid for form in _forms(word))


def is_group(head: Token) -> bool:
    """Whether a noun counts what stands behind "of": "a team of doctors", "a batch of masks"."""
    return lemma_of(head) in _words().groups | _words().vague


def is_amount(head: Token) -> bool:
    """Whether a sum beside the noun is what is given: "a package of $5 million", "aid worth $5 million"."""
    return lemma_of(head) in _words().amounts


def is_countable_only(head: Token) -> bool:
    """Whether the noun is help only where it is counted: "60 men", not "the people of Chile"."""
    return lemma_of(head) in _words().counted


def is_currency(head: Token) -> bool:
    """Whether the noun names a currency of several countries: "4 million crowns"."""
    return lemma_of(head) in _words().currencies


def is_helped(head: Token) -> bool:
    """Whether goods can be counted by the noun: "tents for 300 families", "kits for 200 operations"."""
    return lemma_of(head) in _words().helped


def object_of(head: Token) -> Token | None:
    """The noun behind "of" right after a noun."""
    return next(
        (p for c in head.children if c.lower_ == "of" and c.i > head.i for p in c.children if p.dep_ == "pobj"), None
    )


def lemma_of(token: Token) -> str:
    """The form in which the tables have a word; the parser's own lemma is at times no word ("doses": "dos")."""
    known = _words().known
    if token.lower_ in known and token.tag_ not in ("NNS", "NNPS"):
        return token.lower_
    forms = (token.lemma_.lower(), token.lower_, *_forms(token.lower_))
    return next((form for form in forms if form in known), token.lower_)


def _forms(word: str) -> Iterator[str]:
    yield word
    if word.endswith("ies"):
        yield word.removesuffix("ies") + "y"
    if word.endswith("men"):
        yield word.removesuffix("men") + "man"
    if word.endswith("s"):
        yield word.removesuffix("s")
        yield word.removesuffix("es")


def _before(head: Token) -> list[Token]:
    """Up to five words that stand right before a noun, hyphens passed over."""
    found: list[Token] = []
    for token in reversed(list(head.doc[max(head.sent.start, head.i - 2 * _LONGEST) : head.i])):
        if token.text in _HYPHENS:
            continue
        if not token.text[0].isalnum() or len(found) == _LONGEST:
            break
        found.insert(0, token)
    return found


def _modifiers(head: Token) -> list[Token]:
    """The words before a noun that say what kind it is; "medical and other equipment" has "medical"."""
    kinds = ("amod", "compound", "nmod", "advmod")
    found = [child for child in head.children if child.dep_ in kinds and child.i < head.i and child.pos_ != "NUM"]
    inner = [
        token for child in found for token in child.subtree
        if token.i < head.i and token != child and token.dep_ in ("conj", *kinds)
    ]
    return sorted({*found, *inner}, key=lambda token: token.i)
