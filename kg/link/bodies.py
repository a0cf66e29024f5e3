"""Entries of organisations: bodies that give or speak, seats of power that speak, and the press."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.link.entry import Entry
from kg.link.tables import distinct, identifiers, read_json, read_toml
from kg.slugs import slug

_IN_BRACKETS = re.compile(r" \([^)]*\)$")


def organizations() -> Iterator[Entry]:
    """International bodies, relief agencies, state bodies and national Red Cross societies."""
    found = identifiers()
    table = read_toml("organizations.toml")
    codes = _countries()
    demonyms = {row["key"]: row["demonyms"] for row in read_json("countries.json")}
    for code, name, *aliases in table["societies"]:
        others = _society_names(name, demonyms[codes[code]])
        row = {"name": name, "aliases": distinct([*aliases, *others], name), "subtype": "NGO", "part_of": codes[code]}
        table["organizations"].append(row)
    for row in table["organizations"]:
        key = f"organization/{slug(row['name'])}"
        yield Entry(
            key=key,
            type="organization",
            name=row["name"],
            aliases=tuple(row["aliases"]),
            seats=tuple(row.get("seats", [])),
            same_as=found[key],
            subtype=row.get("subtype"),
            part_of=row.get("part_of"),
        )


def _society_names(name: str, demonyms: Iterable[str]) -> Iterator[str]:
    """The names of a national society by its people and in full: "Ghanaian Red Cross", "Ghana Red Cross Society"."""
    kind = next((kind for kind in ("Red Cross", "Red Crescent") if kind in name), None)
    if kind is not None:
        yield from (f"{demonym} {kind}" for demonym in demonyms)
        if name.endswith(kind):
            yield f"{name} Society"


def speakers() -> Iterator[Entry]:
    """Seats of power as organisations: the Kremlin says, the White House denies."""
    for row in read_toml("seats.toml")["seats"]:
        if name := row.get("organization"):
            yield Entry(
                key=f"organization/{slug(name)}",
                type="organization",
                name=name,
                aliases=distinct(row["names"], name),
                subtype="GovernmentOrganization",
                part_of=row["country"],
            )


def press() -> Iterator[Entry]:
    """News agencies, newspapers and broadcasters. A name with its place in brackets also goes without it."""
    codes = _countries()
    for table in read_toml("media.toml").values():
        for code, name, *aliases in table:
            bare = _IN_BRACKETS.sub("", name)
            yield Entry(
                key=f"organization/{slug(name)}",
                type="organization",
                name=bare,
                aliases=distinct(aliases, bare),
                subtype="NewsMediaOrganization",
                part_of=codes[code] if code else None,
            )


def _countries() -> dict[str, str]:
    return {row["iso2"]: row["key"] for row in read_json("countries.json")}
