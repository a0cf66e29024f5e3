"""What reading gives for the two seed articles, which must not change by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.read import find_sources, read_article
from kg.records import Article, Dateline, PartialDate, Span

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [read_article(source) for source in find_sources([SEEDS])]


def test_seeds_are_two_and_unchanged(articles: list[Article]) -> None:
    assert [(article.id, article.sha256[:16]) for article in articles] == [
        ("000_0888dd242fe82e2b", "4b04fc34bbd71b9e"),
        ("003_b6fb2db469438d69", "dcbf126eaca7e9a7"),
    ]


def test_seed_of_an_agency(articles: list[Article]) -> None:
    article = articles[0]
    day = PartialDate("2020-03-21")
    assert article.headline == "Putin assures Conte of Russia’s readiness to help Italy battle coronavirus"
    assert article.dateline == Dateline(Span(184, 209), "Moscow", day, "TASS")
    assert (article.publisher, article.published, article.license, article.genre) == ("TASS", day, None, None)
    assert [span.of(article.text) for span in article.spans("chrome")] == ["All news"]
    assert len(article.spans("standfirst")) == 1
    assert len(article.spans("paragraph")) == 7


def test_seed_of_a_magazine(articles: list[Article]) -> None:
    article = articles[1]
    assert article.headline.endswith("Influence or solidarity?")
    assert (article.publisher, article.published) == ("PMP Magazine", PartialDate("2020-04"))
    assert (article.license, article.genre) == ("https://creativecommons.org/licenses/by-sa/4.0/", "opinion")
    assert article.dateline is None
    assert article.authors == ()


def test_seed_of_a_magazine_keeps_its_captions_readable(articles: list[Article]) -> None:
    text = articles[1].text
    captions = [span.of(text) for span in articles[1].spans("caption")]
    assert [caption.split()[0] for caption in captions] == ["Coronavirus:", "From", "Disinfection"]
    assert captions[2].endswith("NBC protection troops.")
    assert [span.of(text)[:7] for span in articles[1].spans("chrome")] == ["Creativ", ">>> Ple"]
    assert len(articles[1].spans("paragraph")) == 17
