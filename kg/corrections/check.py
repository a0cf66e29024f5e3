"""A tree against the types of the file, and a fault in words: which line, what was got, what was expected.

msgspec says what is wrong and where as a path; the line, the choices and the nearest of them are added here, because
whoever writes such a file by hand mostly has a letter wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import msgspec

from kg.corrections.model import CorrectionFile, Day
from kg.corrections.trees import Path, Tree, TreeError
from kg.corrections.values import Currency, Iri, Key, NamedKey

_FAULT: Final = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?", re.DOTALL)
_STEP: Final = re.compile(r"\.(?P<key>\w+)|\[(?P<number>\d+)\]")
_FIELD: Final = re.compile(r"Object (?P<fault>contains unknown|missing required) field `(?P<name>[^`]*)`")
_WANTED: Final = {
    repr(get_args(kind)[1].pattern): words
    for kind, words in (
        (Key, "a key such as country/italy"), (NamedKey, "a key such as country/italy"),
        (Iri, "a web address such as http://www.wikidata.org/entity/Q38"), (Currency, "a code such as USD"),
        (Day, "a day such as 2024-05-02"),
    )
}  # fmt: skip
"""What a text should look like, by the pattern that it failed."""


def check_tree(tree: Tree) -> CorrectionFile:
    """The document as a file of corrections.

    Raises:
        TreeError: it is none, with the line and the words for it.
    """
    try:
        return msgspec.convert(tree.value, CorrectionFile, strict=False)
    except msgspec.ValidationError as error:
        fault = _FAULT.fullmatch(str(error))
        assert fault is not None  # the pattern takes any text
        steps = _STEP.finditer(fault["path"] or "")
        path = tuple(step["key"] or int(step["number"]) for step in steps)
        raise _told(tree, fault["what"], path) from error


def nearest(got: str, known: Iterable[str]) -> str:
    """``; the nearest is 'phase'`` where some known word is near."""
    found = get_close_matches(got, list(known), 1, cutoff=0.6)
    return f"; the nearest is {found[0]!r}" if found else ""


def _told(tree: Tree, what: str, path: Path) -> TreeError:
    kind, value = _at(tree.value, path)
    if field := _FIELD.match(what):
        name = field["name"]
        if field["fault"] == "missing required":
            return TreeError(tree.line(path), f"{_name(path)} has no {name!r}, which it needs")
        known = sorted(_fields(kind, value))
        wanted = f"expected one of {', '.join(known)}{nearest(name, known)}"
        return TreeError(tree.line((*path, name)), f"{_name(path)} has the unknown field {name!r}, {wanted}")
    if not what.startswith(("Expected ", "Invalid ")):  # a rule of ours, in its own words
        return TreeError(tree.line(path), f"{_name(path)}: {what}")
    choices = sorted(_tags() if path[-1:] == ("do",) else _choices(kind))
    if choices:
        wanted = f"one of {', '.join(choices)}{nearest(str(value), choices)}"
    else:
        wanted = next((words for pattern, words in _WANTED.items() if pattern in what), "") or _plain(what)
    return TreeError(tree.line(path), f"{_name(path)}: got {_shown(value)}, expected {wanted}")


def _plain(what: str) -> str:
    """msgspec's words as what was expected."""
    kinds = {
        "object": "fields with values", "array": "a list", "str": "words", "bool": "true or false",
        "int": "a whole number from 1",
    }  # fmt: skip
    match = re.match(r"Expected `(\w+)", what)
    return kinds.get(match[1], match[1]) if match else "a number"


def _name(path: Path) -> str:
    """``corrections[2].set.phase``, positions counted from 1 as people do."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".") or "the file"


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "fields" if isinstance(value, dict) else "a list"
    return "nothing" if value is None else repr(value)


def _at(value: object, path: Path) -> tuple[object, object]:
    """The type that is expected at a path, and what stands there."""
    kind: object = CorrectionFile
    for step in path:
        if isinstance(step, int):
            kind = next((get_args(one)[0] for one in _alternatives(kind) if get_origin(one) is tuple), None)
            value = value[step] if isinstance(value, list) else None
        else:
            kind = _fields(kind, value).get(step)
            value = value.get(step) if isinstance(value, dict) else None
    return kind, value


def _fields(kind: object, value: object) -> dict[str, Any]:
    """The fields that a mapping may have here, with their types; of corrections, those of the one that ``do`` names."""
    told = value.get("do") if isinstance(value, dict) else None
    for one in _structs(kind):
        if one.__struct_config__.tag in (None, told):
            fields = {field.encode_name: field.type for field in msgspec.structs.fields(one)}
            return fields | ({} if one.__struct_config__.tag is None else {"do": str})
    return {}


def _tags() -> list[str]:
    entries = next(field.type for field in msgspec.structs.fields(CorrectionFile) if field.name == "corrections")
    return [str(one.__struct_config__.tag) for one in _structs(get_args(entries)[0])]


def _choices(kind: object) -> list[str]:
    return [str(word) for one in _alternatives(kind) if get_origin(one) is Literal for word in get_args(one)]


def _structs(kind: object) -> Iterator[type[msgspec.Struct]]:
    return (one for one in _alternatives(kind) if isinstance(one, type) and issubclass(one, msgspec.Struct))


def _alternatives(kind: object) -> Iterator[object]:
    """The types of a union, each without its annotations."""
    if get_origin(kind) is Annotated:
        yield from _alternatives(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        for one in get_args(kind):
            yield from _alternatives(one)
    else:
        yield kind
