"""Who holds which office: "Malian President Awa Keita", "Kofi Annan, the UN secretary-general".

Offices matter beyond their own facts: what a head of government orders is done by the country.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kg.extract.nlp import Paragraph
from kg.extract.scene import Ref, Scene
from kg.extract.tokens import Doc
from kg.records import Role, Span

_FORMER = frozenset({"former", "then", "ex", "late", "acting", "deputy"})
_SERVED = ("country", "organization", "place")
"""What one can hold an office of."""


@cache
def _titles() -> dict[tuple[str, ...], str]:
    data = tomllib.loads(files("kg.extract").joinpath("data/roles.toml").read_text("utf-8"))
    return {tuple(title.replace("-", " - ").split()): kind for kind, table in data.items() for title in table["titles"]}


def find_roles(scene: Scene) -> tuple[Role, ...]:
    """The offices of all persons named, each person's office once, with the words that tell it."""
    found: dict[tuple[str, str, str | None], Role] = {}
    for paragraph in scene.parsed.paragraphs:
        for ref in scene.refs_in(paragraph):
            if scene.entities[ref.entity].type == "person" and ref.form == "name":
                for role in _roles_of(scene, paragraph, ref):
                    found.setdefault((role.person, role.title.lower(), role.of), role)
    return tuple(found.values())


def affiliations(scene: Scene) -> dict[str, str]:
    """The country or organisation that each person with an office speaks for."""
    found: dict[str, str] = {}
    for role in find_roles(scene):
        if role.of is not None:
            found.setdefault(role.person, role.of)
    for person, country in _counterparts(scene):
        found.setdefault(person, country)
    return found


def _counterparts(scene: Scene) -> Iterator[tuple[str, str]]:
    """ "his Chilean counterpart Ana Soto": she speaks for Chile, though no office of hers is told."""
    for paragraph in scene.parsed.paragraphs:
        for ref in scene.refs_in(paragraph):
            at = ref.start - 1 - (ref.start > 0 and paragraph.doc[ref.start - 1].text == ",")
            if at < 1 or paragraph.doc[at].lower_ != "counterpart" or not ref.entity.startswith("person/"):
                continue
            state = scene.at(paragraph, at - 1)
            if state is not None and state.entity.startswith("country/"):
                yield ref.entity, state.entity


def _roles_of(scene: Scene, paragraph: Paragraph, ref: Ref) -> Iterator[Role]:
    yield from _before(scene, paragraph, ref)
    yield from _after(scene, paragraph, ref)


def _before(scene: Scene, paragraph: Paragraph, ref: Ref) -> Iterator[Role]:
    """ "the former Chadian prime minister A B", "the President of Chad, A B", "Chad's president, A B,"."""
    doc, end = paragraph.doc, ref.start
    if end > 1 and doc[end - 1].text == "," and doc[ref.start : ref.end].root.dep_ == "appos":
        end -= 1
    title, of = _title_ending(doc, end), None
    if title is None:
        title, of = _title_of(scene, paragraph, end)
    if title is None:
        return
    start, end = title
    of = of or _ref_ending(scene, paragraph, start)
    first = start if of is None else of.start
    while start > 0 and doc[start - 1].lower_ in _FORMER:
        start -= 1
    yield _role(scene, paragraph, ref, (start, end), of, (min(first, start), ref.end))


def _title_of(scene: Scene, paragraph: Paragraph, end: int) -> tuple[tuple[int, int] | None, Ref | None]:
    """The title and the country or organisation of "President of Chad", where these are the words before ``end``."""
    of, doc = _ref_ending(scene, paragraph, end), paragraph.doc
    if of is None:
        return None, None
    here = of.start - (of.start > 0 and doc[of.start - 1].lower_ == "the")
    title = _title_ending(doc, here - 1) if here > 1 and doc[here - 1].lower_ == "of" else None
    return (None, None) if title is None else (title, of)


def _after(scene: Scene, paragraph: Paragraph, ref: Ref) -> Iterator[Role]:
    """ "Kofi Annan, the UN secretary-general," and "Jan Egeland, head of OCHA"."""
    doc, here = paragraph.doc, ref.end
    if here >= len(doc) or doc[here].text != ",":
        return
    here += 1
    of: Ref | None = None
    for i in range(here, min(here + 6, len(doc))):
        at = scene.at(paragraph, i)
        if at is not None and scene.entities[at.entity].type in ("country", "organization"):
            of = at
        title = _title_starting(doc, i)
        if title is not None:
            if _is_title_of_next(scene, paragraph, title):
                return
            of = of or _ref_after_of(scene, paragraph, title)
            yield _role(scene, paragraph, ref, (i, title), of, (ref.start, max(title, of.end if of else 0)))
            return
        if doc[i].text in (",", ";", "."):
            return


def _is_title_of_next(scene: Scene, paragraph: Paragraph, here: int) -> bool:
    """ "with Ramos, President Keita said": the title belongs to the name behind it."""
    ref = scene.at(paragraph, here) if here < len(paragraph.doc) else None
    return ref is not None and scene.entities[ref.entity].type == "person"


def _role(
    scene: Scene, paragraph: Paragraph, ref: Ref, title: tuple[int, int], of: Ref | None, words: tuple[int, int]
) -> Role:
    key = None if of is None else of.entity
    span: Span = paragraph.span(paragraph.doc[words[0] : words[1]])
    return Role(ref.entity, paragraph.doc[title[0] : title[1]].text, key, span)


def _title_ending(doc: Doc, end: int) -> tuple[int, int] | None:
    for length in (4, 3, 2, 1):
        start = end - length
        if start >= 0 and tuple(token.lower_ for token in doc[start:end]) in _titles():
            return start, end
    return None


def _title_starting(doc: Doc, start: int) -> int | None:
    for length in (4, 3, 2, 1):
        if tuple(token.lower_ for token in doc[start : start + length]) in _titles():
            return start + length
    return None


def _ref_ending(scene: Scene, paragraph: Paragraph, end: int) -> Ref | None:
    """The country or organisation right before the title, a possessive and "former" between them."""
    doc, here = paragraph.doc, end - 1
    while here >= 0 and (doc[here].tag_ == "POS" or doc[here].lower_ in _FORMER):
        here -= 1
    ref = scene.at(paragraph, here) if here >= 0 else None
    return ref if ref is not None and scene.entities[ref.entity].type in _SERVED else None


def _ref_after_of(scene: Scene, paragraph: Paragraph, here: int) -> Ref | None:
    doc = paragraph.doc
    if here < len(doc) and doc[here].lower_ in ("of", "for", "at", "with"):
        for i in range(here + 1, min(here + 4, len(doc))):
            ref = scene.at(paragraph, i)
            if ref is not None:  # a town may share its name with a person, and nobody holds an office of a person
                return ref if scene.entities[ref.entity].type in _SERVED else None
    return None
