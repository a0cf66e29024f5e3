"""The file of links: what a line says, and what is told of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.confirm.files import COLUMNS, NO_LINKS, Row, confirmed_links, dump_links, parse_links, read_links, write_links
from kg.errors import SettingsError
from kg.merge.confirmed import ConfirmedLink
from kg.records import Entity, PartialDate

GENEVA = "http://www.wikidata.org/entity/Q71"
HEAD = "entity\tsame_as\tverdict\tby\tdate\n"
PATH = Path("links.tsv")


def line(*cells: str) -> str:
    return HEAD + "\t".join(cells) + "\n"


def test_line_with_a_yes_confirms_a_link() -> None:
    file = parse_links(line("place/geneva", GENEVA, "yes", "Foreign desk", "2024-05-02"), PATH)
    wanted = ConfirmedLink("place/geneva", GENEVA, "Foreign desk", PartialDate("2024-05-02"), "links.tsv:2")
    assert (file.confirmed, file.faults) == ((wanted,), ())


@pytest.mark.parametrize("verdict", ["", "no"])
def test_line_without_a_yes_confirms_nothing(verdict: str) -> None:
    file = parse_links(line("place/geneva", GENEVA, verdict, "Foreign desk", "2024-05-02"), PATH)
    assert [row.verdict for row in file.rows] == [verdict]
    assert (file.confirmed, file.faults) == ((), ())


def test_candidate_without_a_verdict_needs_nothing_else() -> None:
    assert parse_links(line("place/geneva"), PATH).faults == ()


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (("place/geneva", GENEVA, "yeah", "x", "2024-05-02"), "got the verdict 'yeah', expected yes, no or nothing"),
        (("place/geneva", GENEVA, "yess", "x", "2024-05-02"), "the nearest is 'yes'"),
        (("Geneva", GENEVA, "yes", "x", "2024-05-02"), "got the entity 'Geneva', expected a key such as place/geneva"),
        (("place/geneva", "Q71", "yes", "x", "2024-05-02"), "got the address 'Q71', expected one such as http"),
        (("place/geneva", f"{GENEVA}x", "yes", "x", "2024-05-02"), "got the address"),
        (("place/geneva", "https://sws.geonames.org/1", "yes", "x", "2024-05-02"), "got the address"),
        (("place/geneva", GENEVA, "yes", "", "2024-05-02"), "has no 'by'"),
        (("place/geneva", GENEVA, "yes", "x", "2 May"), "got the date '2 May', expected a day such as 2024-05-02"),
        (("place/geneva", GENEVA, "yes", "x", "2024-05"), "got the date '2024-05'"),
        (("place/geneva", GENEVA, "yes", "x"), "got the date ''"),
    ],
)
def test_wrong_line_is_told_and_the_others_hold(cells: tuple[str, ...], says: str) -> None:
    right = "\t".join(("place/bern", "http://www.wikidata.org/entity/Q70", "yes", "x", "2024-05-02"))
    file = parse_links(f"{HEAD}{right}\n" + "\t".join(cells) + "\n", PATH)
    assert [link.entity for link in file.confirmed] == ["place/bern"]
    (fault,) = file.faults
    assert fault.startswith("links.tsv:3: ")
    assert says in fault


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("entty\tsame_as\n", "links.tsv:1: no column is called 'entty'; the nearest is 'entity'"),
        ("entity\tsame_as\tverdict\tby\n", "links.tsv:1: has no column 'date'"),
        ("", "links.tsv:1: has no column 'entity'"),
    ],
)
def test_file_without_its_columns_is_an_error(text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        parse_links(text, PATH)


def test_written_lines_are_read_back_as_they_were(tmp_path: Path) -> None:
    rows = (Row("place/geneva", GENEVA, "no", 'A "desk"', "2024-05-02", sentence="“Tab\tand\nline.”"), Row("person/x"))
    write_links(tmp_path / "links.tsv", rows)
    assert read_links(tmp_path / "links.tsv", expected=True).rows == rows
    assert [path.name for path in tmp_path.iterdir()] == ["links.tsv"]


def test_columns_may_stand_in_another_order_and_with_a_byte_order_mark(tmp_path: Path) -> None:
    columns = [*reversed(COLUMNS)]
    cells = {"entity": "place/geneva", "same_as": GENEVA, "verdict": "yes", "by": "x", "date": "2024-05-02"}
    path = tmp_path / "links.tsv"
    table = "\r\n".join(("\t".join(columns), "\t".join(cells.get(name, "") for name in columns), ""))
    path.write_bytes(b"\xef\xbb\xbf" + table.encode())
    assert [link.same_as for link in read_links(path, expected=True).confirmed] == [GENEVA]


def test_file_may_be_missing_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert read_links(tmp_path / "none.tsv", expected=False) == NO_LINKS
    with pytest.raises(SettingsError, match="cannot be read"):
        read_links(tmp_path / "none.tsv", expected=True)


def test_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "links.tsv").write_bytes(b"entity\xff\tsame_as\n")
    with pytest.raises(SettingsError, match=r"is not UTF-8 \(byte 6\)"):
        read_links(tmp_path / "links.tsv", expected=True)


def test_misspelt_entity_is_told_with_the_nearest() -> None:
    file = parse_links(line("place/genva", GENEVA, "yes", "x", "2024-05-02"), PATH)
    entities = {"place/geneva": Entity("place/geneva", "place", "Geneva")}
    assert confirmed_links(file, entities) == (
        (),
        ("links.tsv:2: no article speaks of 'place/genva'; the nearest is 'place/geneva'",),
    )


def test_everything_needed_is_a_column() -> None:
    assert dump_links([]).strip().split("\t") == list(COLUMNS)
