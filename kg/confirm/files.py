"""The file of links: tab-separated lines, one a candidate, with a verdict where an editor gave one.

Tab-separated and not YAML as corrections are, because it is a long table that people sort and filter in a spreadsheet.
A line that is wrong is told with its number and left out; the others hold. Only a file without the columns that are
needed, or one that is no text, is an error: then nothing can be told from it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from kg.corrections.check import nearest
from kg.errors import SettingsError
from kg.link.sources import link_targets, target_of
from kg.merge.confirmed import ConfirmedLink, accept_links
from kg.records import Entity, PartialDate

LARGEST: Final = 64 << 20
"""Bytes of a file; a line has about 300."""
NEEDED: Final = ("entity", "same_as", "verdict", "by", "date")
VERDICTS: Final = ("", "yes", "no")
_KEY: Final = re.compile(r"(country|place|person|organization|crisis)/[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Row:
    """A line. An editor fills in ``verdict`` (yes or no), ``by`` and ``date``; the rest is there to decide by.

    ``entity`` is a key (``place/geneva``), ``same_as`` an address of Wikidata, GeoNames or the EU's table, empty where
    nothing is known; ``label`` and ``about`` are what ``source`` says of it, ``score`` how like it is (0 to 100).
    ``name``, ``mentions`` and ``sentence`` are of the entity in the articles.
    """

    entity: str
    same_as: str = ""
    verdict: str = ""
    by: str = ""
    date: str = ""
    name: str = ""
    label: str = ""
    about: str = ""
    score: str = ""
    source: str = ""
    mentions: str = ""
    sentence: str = ""


COLUMNS: Final = tuple(field.name for field in fields(Row))


@dataclass(frozen=True, slots=True)
class LinksFile:
    """The lines, the links that they confirm, and what is wrong with others, in words."""

    rows: tuple[Row, ...] = ()
    confirmed: tuple[ConfirmedLink, ...] = ()
    faults: tuple[str, ...] = ()


NO_LINKS: Final = LinksFile()


def read_links(path: Path, *, expected: bool) -> LinksFile:
    """The file of links; an empty one if there is none.

    Args:
        expected: whether it has to be there, because it was asked for.

    Raises:
        SettingsError: it is expected and missing, cannot be read, or lacks columns.
    """
    if not expected and not path.is_file():
        return NO_LINKS
    try:
        if path.stat().st_size > LARGEST:
            raise SettingsError(f"{path}: has {path.stat().st_size:,} bytes, expected at most {LARGEST:,}")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); --links names a file of links") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    return parse_links(text, path)


def confirmed_links(
    file: LinksFile, entities: Mapping[str, Entity]
) -> tuple[tuple[ConfirmedLink, ...], tuple[str, ...]]:
    """The confirmed links that can be written, and a line for each that cannot, or is wrong in the file.

    Args:
        entities: what the articles speak of, by key.
    """
    accepted, refused = accept_links(file.confirmed, entities, _target_name, lambda key: nearest(key, entities))
    return accepted, (*file.faults, *refused)


def _target_name(iri: str) -> str:
    """The dataset of an address; another site, as a correction may name, is a dataset of its own."""
    target = target_of(iri)
    return target.name if target else iri


def parse_links(text: str, path: Path) -> LinksFile:
    """The lines of a text; ``path`` is for messages. The inverse of :func:`dump_links`.

    Raises:
        SettingsError: the first line does not name the columns.
    """
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        header = _header(next(lines, []), path)
        rows, confirmed, faults = [], [], []
        for cells in lines:
            place = f"{path.name}:{lines.line_num}"
            row = _row(header, cells)
            if row.entity or row.same_as or row.verdict:
                rows.append(row)
                fault = _fault(row)
                if fault:
                    faults.append(f"{place}: {fault}")
                elif row.verdict == "yes":
                    confirmed.append(ConfirmedLink(row.entity, row.same_as, row.by, PartialDate(row.date), place))
    except csv.Error as error:
        raise SettingsError(f"{path}:{lines.line_num}: is no line of a table ({error})") from error
    return LinksFile(tuple(rows), tuple(confirmed), tuple(faults))


def dump_links(rows: Iterable[Row]) -> str:
    """The lines as text, under the names of the columns. The inverse of :func:`parse_links`."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(row, column) for column in COLUMNS] for row in rows)
    return written.getvalue()


def write_links(path: Path, rows: Iterable[Row]) -> None:
    """Writes the file whole or not at all, since it holds what people decided.

    Raises:
        SettingsError: it cannot be written.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_text(dump_links(rows), encoding="utf-8", newline="")
        new.replace(path)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({error.strerror})") from error


def _header(names: list[str], path: Path) -> dict[str, int]:
    for name in names:
        if name not in COLUMNS:
            raise SettingsError(f"{path}:1: no column is called {name!r}{nearest(name, COLUMNS)}")
    if missing := [name for name in NEEDED if name not in names]:
        raise SettingsError(
            f"{path}:1: has no column {missing[0]!r}; the first line names the columns, divided by tabs"
        )
    return {name: number for number, name in enumerate(names)}


def _row(header: dict[str, int], cells: list[str]) -> Row:
    """A line that ends early has empty cells at its end: spreadsheets write it so."""
    return Row(**{name: cells[number].strip() if number < len(cells) else "" for name, number in header.items()})


def _fault(row: Row) -> str:
    """What is wrong with a line, in words; empty if nothing is. Without a verdict nothing can be."""
    if row.verdict not in VERDICTS:
        return f"got the verdict {row.verdict!r}, expected yes, no or nothing{nearest(row.verdict, VERDICTS[1:])}"
    if not row.verdict:
        return ""
    return next(_faults(row), "")


def _faults(row: Row) -> Iterator[str]:
    if not _KEY.fullmatch(row.entity):
        yield f"got the entity {row.entity!r}, expected a key such as place/geneva"
    if target_of(row.same_as) is None:
        examples = " or ".join(target.example for target in link_targets())
        yield f"got the address {row.same_as!r}, expected one such as {examples}"
    if not row.by:
        yield "has no 'by': who says so?"
    try:
        if len(PartialDate(row.date).parts) < 3:
            yield f"got the date {row.date!r}, expected a day such as 2024-05-02"
    except ValueError:
        yield f"got the date {row.date!r}, expected a day such as 2024-05-02"
