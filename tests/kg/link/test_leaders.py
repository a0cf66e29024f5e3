"""Who may be meant by the name of a head of state, and what the table must hold to."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from kg.link.gazetteer import Entry, Gazetteer
from kg.link.leaders import SLACK, Leader, in_office, leaders, leaders_named
from kg.link.names import is_proper
from kg.link.tables import read_text
from kg.slugs import slug

TERM = Leader("person/a-b", "A B", "country/x", "President", 2001, 2005)
OPEN = Leader("person/a-b", "A B", "country/x", "President", 2011, None)


def found(name: str, year: int | None) -> list[str]:
    return [leader.key.removeprefix("person/") for leader in leaders_named(name, year)]


@pytest.mark.parametrize(
    ("name", "year", "of"),
    [
        ("Theodore Roosevelt", 1906, "country/united-states"),
        ("Vittorio Emanuele III", 1908, "country/italy"),
        ("Nicholas II", 1909, "country/russia"),
        ("Yamamoto Gonnohyoe", 1923, "country/japan"),
        ("Herbert Hoover", 1930, "country/united-states"),
        ("Josef Stalin", 1943, "country/soviet-union"),
        ("Jawaharlal Nehru", 1955, "country/india"),
        ("Gamal Abdel Nasser", 1960, "country/egypt"),
        ("Dag Hammarskjöld", 1960, "organization/united-nations"),
        ("Ho Chi Minh", 1966, "country/north-vietnam"),
        ("Indira Gandhi", 1971, "country/india"),
        ("Anastasio Somoza Debayle", 1972, "country/nicaragua"),
        ("Mengistu Haile Mariam", 1984, "country/ethiopia"),
        ("Helmut Kohl", 1985, "country/west-germany"),
        ("Erich Honecker", 1985, "country/east-germany"),
        ("Mikhail Gorbachev", 1988, "country/soviet-union"),
        ("Helmut Kohl", 1995, "country/germany"),
        ("Kofi Annan", 2004, "organization/united-nations"),
        ("Than Shwe", 2008, "country/myanmar"),
        ("Rene Preval", 2010, "country/haiti"),
        ("Margaret Chan", 2014, "organization/world-health-organization"),
        ("Ellen Johnson Sirleaf", 2014, "country/liberia"),
        ("Pope Francis", 2015, "country/vatican-city"),
        ("Jacinda Ardern", 2019, "country/new-zealand"),
        ("Ursula von der Leyen", 2020, "organization/european-commission"),
        ("Recep Tayyip Erdogan", 2023, "country/turkey"),
        ("Gabriel Boric", 2023, "country/chile"),
    ],
)
def test_full_name_finds_the_office_held_in_that_year(name: str, year: int, of: str) -> None:
    first, *_ = leaders_named(name, year)
    assert first.of == of
    assert in_office(first, year)


@pytest.mark.parametrize(
    ("name", "year", "keys"),
    [
        ("Bush", 1991, ["george-h-w-bush"]),
        ("Bush", 2005, ["george-w-bush"]),
        ("Kim", 1990, ["kim-il-sung"]),
        ("Kim", 2001, ["kim-jong-il", "kim-dae-jung"]),
        ("Kim", 2015, ["kim-jong-un", "jim-yong-kim"]),
        ("Park", 1970, ["park-chung-hee"]),
        ("Park", 2015, ["park-geun-hye"]),
        ("Hussein", 1990, ["hussein-bin-talal", "saddam-hussein"]),
        ("Gandhi", 1980, ["indira-gandhi"]),
        ("Gandhi", 1987, ["rajiv-gandhi"]),
        ("Castro", 2012, ["raul-castro"]),
        ("Xi", 2015, ["xi-jinping"]),
        ("Ban", 2010, ["ban-ki-moon"]),
        ("Lula", 2024, ["luiz-inacio-lula-da-silva"]),
        ("López Obrador", 2020, ["andres-manuel-lopez-obrador"]),
        ("von der Leyen", 2021, ["ursula-von-der-leyen"]),
        ("Leyen", 2021, ["ursula-von-der-leyen"]),
        ("Zelenskyy's", 2022, ["volodymyr-zelensky"]),
        ("Suharto", 1992, ["suharto"]),
    ],
)
def test_surname_finds_who_is_in_office(name: str, year: int, keys: list[str]) -> None:
    assert found(name, year) == keys


@pytest.mark.parametrize(
    "name", ["Bush", "Kim", "Park", "May", "Brown", "Ford", "Lee", "Johnson", "King Hussein", "Francis", "Suharto"]
)
def test_surname_without_a_year_is_nobody(name: str) -> None:
    assert leaders_named(name, None) == ()
    assert leaders_named(name, 1800) == ()


@pytest.mark.parametrize(
    ("year", "keys"),
    [
        (2000 - SLACK - 1, ["bill-clinton"]),
        (2000, ["bill-clinton", "george-w-bush"]),
        (2001, ["bill-clinton", "george-w-bush"]),
        (2001 + SLACK, ["george-w-bush", "bill-clinton"]),
        (2001 + SLACK + 1, ["george-w-bush"]),
    ],
)
def test_surname_counts_a_year_before_and_after_the_term(year: int, keys: list[str]) -> None:
    both = {*leaders_named("Clinton", year), *leaders_named("Bush", year)}
    assert {leader.key.removeprefix("person/") for leader in both} == set(keys)


@pytest.mark.parametrize("year", [None, 1950, 2019, 2100])
def test_full_name_finds_the_person_in_any_year(year: int | None) -> None:
    assert found("Barack Obama", year) == ["barack-obama"]
    assert found("President Barack Obama", year) == ["barack-obama"]


def test_full_name_puts_the_office_of_the_year_first() -> None:
    offices = {year: leaders_named("Antonio Guterres", year)[0].of for year in (1998, 2010, 2020)}
    assert offices == {
        1998: "country/portugal",
        2010: "organization/united-nations-high-commissioner-for-refugees",
        2020: "organization/united-nations",
    }
    assert len(leaders_named("Antonio Guterres", 2020)) == 3


@pytest.mark.parametrize(
    ("year", "keys"),
    [
        (1990, ["george-h-w-bush", "george-w-bush"]),
        (2005, ["george-w-bush", "george-h-w-bush"]),
        (None, ["george-h-w-bush", "george-w-bush"]),
    ],
)
def test_full_name_of_two_persons_finds_both(year: int | None, keys: list[str]) -> None:
    assert found("George Bush", year) == keys


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("George H.W. Bush", "george-h-w-bush"),
        ("Franklin Roosevelt", "franklin-d-roosevelt"),
        ("H.H. Asquith", "h-h-asquith"),
        ("Bashar Assad", "bashar-al-assad"),
        ("Abdel Fattah al-Sisi", "abdel-fattah-el-sisi"),
        ("Kim Jong-un", "kim-jong-un"),
        ("HUGO CHAVEZ", "hugo-chavez"),
        ("Louis Saint Laurent", "louis-st-laurent"),
        ("John Paul II", "pope-john-paul-ii"),
        ("Queen Elizabeth II", "elizabeth-ii"),
        ("President Suharto", "suharto"),
    ],
)
def test_spelling_of_a_full_name_does_not_matter(written: str, key: str) -> None:
    assert found(written, None) == [key]


@pytest.mark.parametrize(
    ("name", "year", "keys"),
    [
        ("President Bush", 2003, ["george-w-bush"]),
        ("King Hussein", 1990, ["hussein-bin-talal"]),
        ("President Hussein", 1990, ["saddam-hussein"]),
        ("Queen Elizabeth", 1990, ["elizabeth-ii"]),
        ("Premier Blair", 2000, ["tony-blair"]),
        ("Pope Blair", 2000, []),
        ("President", 2000, []),
    ],
)
def test_title_before_a_surname_must_be_the_leaders(name: str, year: int, keys: list[str]) -> None:
    assert found(name, year) == keys


@pytest.mark.parametrize("name", ["may", "brown", "john smith", "John Smith", "Smithson", "bush", ""])
def test_other_words_are_nobody(name: str) -> None:
    assert leaders_named(name, 2018) == ()


@pytest.mark.parametrize(
    ("leader", "year", "slack", "expected"),
    [
        (TERM, 2000, 0, False),
        (TERM, 2001, 0, True),
        (TERM, 2005, 0, True),
        (TERM, 2006, 0, False),
        (TERM, 2006, 1, True),
        (TERM, 2000, 1, True),
        (TERM, 2007, 1, False),
        (OPEN, 2010, 0, False),
        (OPEN, 2100, 0, True),
    ],
)
def test_in_office_covers_first_and_last_year(leader: Leader, year: int, slack: int, expected: bool) -> None:
    assert in_office(leader, year, slack=slack) is expected


# ---------------------------------------------------------------- the table


def test_table_names_only_states_and_bodies_of_the_gazetteer() -> None:
    gazetteer = Gazetteer.load()
    assert {leader.of for leader in leaders() if gazetteer.entry(leader.of) is None} == set()


def test_table_has_no_line_twice() -> None:
    lines = Counter((leader.key, leader.of, leader.title, leader.start) for leader in leaders())
    assert [line for line, count in lines.items() if count > 1] == []


def test_table_has_sane_years() -> None:
    assert [x for x in leaders() if not (1837 <= x.start <= 2026 and x.start <= (x.end or 2026) <= 2026)] == []
    assert [x for x in leaders() if (x.end or 2026) < 1900 or (x.end or 2026) - x.start > 70] == []


def test_table_lists_no_term_of_an_office_inside_another_of_the_same_person() -> None:
    terms: dict[tuple[str, str, str], list[Leader]] = defaultdict(list)
    for leader in sorted(leaders(), key=lambda leader: leader.start):
        terms[leader.key, leader.of, leader.title].append(leader)
    pairs = [pair for same in terms.values() for pair in pairwise(same)]
    assert len(pairs) > 50
    assert [(a, b) for a, b in pairs if a.end is None or a.end > b.start] == []


def test_table_writes_clean_names() -> None:
    rows = [line.split("\t") for line in read_text("leaders.tsv").splitlines() if not line.startswith("#")][1:]
    names = [name for _, name, short, also, *_ in rows for name in (name, *short.split("|"), *also.split("|")) if name]
    assert [name for name in names if name != name.strip() or "  " in name or not is_proper(name)] == []
    assert [also for _, _, _, also, *_ in rows if also and not all(" " in name for name in also.split("|"))] == []
    assert [name for name in names if re.search(r"[\d;@]|_", name)] == []


def test_key_is_the_slug_of_the_name_and_one_persons_alone() -> None:
    names = {leader.key: leader.name for leader in leaders()}
    assert all(key == f"person/{slug(name)}" for key, name in names.items())
    assert len(names) == len({leader.name for leader in leaders()})


def test_table_covers_the_world() -> None:
    of = {leader.of for leader in leaders()}
    large = [row.key for row in _countries() if row.population > 2_000_000]
    assert [key for key in large if key not in of] == []


def _countries() -> list[Entry]:
    gazetteer = Gazetteer.load()
    keys = {entry.key for entries in gazetteer.phrases().values() for entry in entries if entry.type == "country"}
    return [entry for key in sorted(keys) if (entry := gazetteer.entry(key)) is not None]
