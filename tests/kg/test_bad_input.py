"""What is no article about aid, on its whole way into the graph: a clear word, no false facts, and nothing lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg import understand
from kg.pipeline import BuildReport, build
from kg.read import parse_text
from kg.settings import Settings
from kg.store import open_snapshot

GIVING = "Norway has sent 200 tents to Chile after the earthquake."
FRENCH = (
    "La Norvège envoie des tentes au Chili\n\nLa Norvège a envoyé 200 tentes au Chili après le tremblement de terre. "
    "Le ministre a remercié le peuple norvégien de son aide."
)
ARABIC = "النرويج ترسل خياما إلى تشيلي\n\nأرسلت النرويج 200 خيمة إلى تشيلي بعد الزلزال الذي ضرب البلاد."
HEBREW = "נורווגיה שולחת אוהלים לצ'ילה\n\nנורווגיה שלחה 200 אוהלים לצ'ילה אחרי רעידת האדמה."
MIXED = (
    "Tents for Jordan\n\n\u200fNorway has sent 200 tents to Jordan (الأردن) after the earthquake, the mayor of "
    "\u202bعمان\u202c said. “شكرا”, said Mayor محمد علي."
)
NO_AID = (
    "Harbour opens on Sunday\n\nThe new harbour of Bergen will open on Sunday. The mayor will cut a ribbon, and a band "
    "from Oslo is to play. Tickets cost 20 kroner."
)
TABLE = (
    "Aid to Chile so far\n\nCountry | Aid | Day\nNorway | 200 tents | 3 March\nPeru | 40 tonnes of rice | 4 March\n"
    "Cuba | 12 doctors | 5 March\n\nThe list will be kept up to date."
)
ONE_LINE = " ".join([GIVING, "“We are grateful,” said the mayor of Santiago.", "The harbour was open on Sunday."] * 40)

ARTICLES = {
    "french": FRENCH.encode(),
    "arabic": ARABIC.encode(),
    "hebrew": HEBREW.encode(),
    "mixed": MIXED.encode(),
    "no-aid": NO_AID.encode(),
    "table": TABLE.encode(),
    "one-line": ONE_LINE.encode(),
    "stray": GIVING.replace("200", "\x07200").encode() + b"\n\nMore help is on its way, the ministry said.\x1a",
    "binary": bytes(range(32)) * 40 + b"tents",
    "empty": b" \n\n ",
    "dots": b"... --- ...",
    "numbers": b"1 2 3\n\n4 5 6",
    "word": b"Norway",
    "mojibake": "Norvège".encode("utf-16-le") + b"\xff",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuildReport, Path]:
    """All of them in one build."""
    folder, data = tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("data")
    for name, content in ARTICLES.items():
        (folder / f"{name}.txt").write_bytes(content)
    return build([str(folder)], Settings(data=data), understand, progress=lambda *_: None), data


def told(lines: tuple[str, ...], name: str) -> list[str]:
    """What is told of one article."""
    marker = f"/{name}.txt: "
    return [line.partition(marker)[2] for line in lines if marker in line]


def reports(data: Path, name: str) -> list[str]:
    """The giver and the receiver of each giving that the article tells."""
    query = f"""PREFIX aid: <https://w3id.org/aidgraph/ontology#> PREFIX schema: <http://schema.org/>
        SELECT ?donor ?recipient {{ ?report schema:appearance/schema:identifier "{name}" ; a aid:AidReport .
            OPTIONAL {{ ?report aid:statedDonor/schema:name ?donor }}
            OPTIONAL {{ ?report aid:statedRecipient/schema:name ?recipient }} }}"""
    rows = open_snapshot(data).store.query(query)
    return [" > ".join(term.value if term else "-" for term in row) for row in rows]  # type: ignore[union-attr]  # a SELECT


def count(data: Path, name: str, kind: str) -> int:
    query = f"""PREFIX schema: <http://schema.org/> SELECT ?fact {{
        ?article schema:identifier "{name}" . ?fact schema:subjectOf|schema:isPartOf ?article ; a schema:{kind} }}"""
    return len(list(open_snapshot(data).store.query(query)))  # type: ignore[arg-type]  # a SELECT


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("french", "the language is 'fr': it is kept, but facts are read from English only"),
        ("arabic", "the language is 'ar'"),
        ("hebrew", "the language is 'he'"),
        ("no-aid", "no aid is found in it"),
        ("table", "a table of 4 rows is kept and not read for facts"),
        ("stray", "2 control characters read as spaces (the first is U+0007 at character 16)"),
        ("numbers", "the language is 'und'"),
        ("word", "no aid is found in it"),
    ],
)
def test_what_was_not_read_is_told(built: tuple[BuildReport, Path], name: str, words: str) -> None:
    assert told(built[0].intake.failures, name) == []
    (line,) = told(built[0].intake.notes, name)
    assert line.startswith(words)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("binary", "control characters (the first is U+0000 at character 0), so this looks binary"),
        ("empty", "is empty or holds no words"),
        ("dots", "is empty or holds no words"),
        ("mojibake", "control characters"),
    ],
)
def test_what_is_no_text_fails_alone(built: tuple[BuildReport, Path], name: str, words: str) -> None:
    (line,) = told(built[0].intake.failures, name)
    assert words in line


@pytest.mark.slow
@pytest.mark.parametrize("name", ["french", "arabic", "hebrew", "no-aid", "table", "numbers", "word"])
def test_no_fact_is_made_up(built: tuple[BuildReport, Path], name: str) -> None:
    assert reports(built[1], name) == []
    assert [count(built[1], name, kind) for kind in ("Observation", "Quotation")] == [0, 0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "giving"), [("stray", "Norway > Chile"), ("one-line", "Norway > Chile"), ("mixed", "Norway > Jordan")]
)
def test_facts_among_odd_characters_are_found(built: tuple[BuildReport, Path], name: str, giving: str) -> None:
    assert set(reports(built[1], name)) == {giving}


@pytest.mark.slow
def test_every_article_that_is_a_text_is_in_the_graph(built: tuple[BuildReport, Path]) -> None:
    query = "SELECT ?id { ?article <http://schema.org/identifier> ?id }"
    kept = {row[0].value for row in open_snapshot(built[1]).store.query(query)}  # type: ignore[union-attr]  # a SELECT
    assert kept == set(ARTICLES) - {"binary", "empty", "dots", "mojibake"}
    assert built[0].findings == ()


@pytest.mark.slow
def test_long_article_takes_as_long_a_word_as_a_short_one() -> None:
    """A paragraph of 10,000 words is read too; 200,000 were tried and are as fast, but no test should take minutes."""
    short, long = (_seconds_a_word(GIVING.replace("200", f"{number}") + " ", number) for number in (150, 1000))
    assert long < 3 * short  # linear; if the time grew with the square of the length it would be seven times


def _seconds_a_word(sentence: str, times: int) -> float:
    article = parse_text((sentence * times).encode(), id="a", source="a.txt")
    started = time.process_time()
    reading = understand.read_facts(article)
    assert reading.reports
    return (time.process_time() - started) / (times * len(sentence.split()))


@pytest.mark.slow
def test_long_words_take_as_long_a_letter_as_shorter_ones() -> None:
    short, long = (_seconds_of_word(letters) for letters in (5_000, 40_000))
    assert long < 16 * short  # linear would be 8 at most; it was the square, 64


def _seconds_of_word(letters: int) -> float:
    words = f"{GIVING} The {'a' * letters} of {'A' * letters} met C{'a' * letters}. {GIVING}"
    article = parse_text(words.encode(), id="a", source="a.txt")
    started = time.process_time()
    understand.read_facts(article)
    return time.process_time() - started
