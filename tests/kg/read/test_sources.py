"""Files, folders and patterns to sources, and the errors that name what is wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.errors import ArticleError, SettingsError
from kg.read import Piped, Source, find_sources, read_article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.TXT", "deep/er/c.txt", "README.md", "README.txt", ".hidden.txt", ".git/d.txt", "e.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Aid reaches the north")
    return tmp_path


def test_find_folder_takes_readable_files_below(folder: Path) -> None:
    assert [(source.id, source.path, source.root) for source in find_sources([folder])] == [
        ("a", folder / "a.TXT", folder),
        ("b", folder / "b.txt", folder),
        ("c", folder / "deep/er/c.txt", folder),
    ]


def test_find_tells_where_files_and_their_folder_lie(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path.resolve()
    (folder / "f.txt").symlink_to(folder / "b.txt")
    monkeypatch.chdir(tmp_path)
    found = {source.id: (source.location, source.found_in) for source in find_sources(["."])}
    assert found["c"] == (str(whole / "deep/er/c.txt"), str(whole))
    assert found["b"] == (str(whole / "b.txt"), str(whole))
    assert "f" not in found  # the same file once more


def test_find_file_has_no_root(folder: Path) -> None:
    assert find_sources([str(folder / "b.txt")]) == (Source("b", folder / "b.txt"),)


def test_find_file_named_outright_is_read_whatever_its_stem(folder: Path) -> None:
    assert [source.id for source in find_sources([folder / "README.txt", folder / ".hidden.txt"])] == [
        ".hidden",
        "README",
    ]


def test_find_file_given_twice_is_one_and_keeps_its_folder(folder: Path) -> None:
    sources = find_sources([folder / "b.txt", folder / "deep" / ".." / "b.txt", folder])
    assert [(source.id, source.root) for source in sources] == [("a", folder), ("b", folder), ("c", folder)]


@pytest.mark.parametrize("pattern, ids", [("*", "a b c"), ("?.txt", "b"), ("**/*.txt", "b c"), ("[de]*", "c")])
def test_find_pattern(folder: Path, pattern: str, ids: str) -> None:
    assert [source.id for source in find_sources([f"{folder}/{pattern}"])] == ids.split()


def test_find_file_with_pattern_characters_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "aid [1].txt"
    path.write_text("Aid")
    assert find_sources([path]) == (Source("aid [1]", path),)


def test_find_empty_folder_is_nothing(tmp_path: Path) -> None:
    assert find_sources([tmp_path]) == ()


@pytest.mark.parametrize(
    "name, words",
    [
        ("none.txt", "no such file"),
        ("non*.txt", "no file or folder matches"),
        ("e.csv", "ending in .txt, .html, .htm or .jsonl, got .csv"),
    ],
)
def test_find_refuses_by_name(folder: Path, name: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words) as error:
        find_sources([folder / "b.txt", folder / name])
    assert str(folder / name) in str(error.value)


def test_find_two_files_with_one_identifier_names_both(folder: Path) -> None:
    other = folder / "deep" / "b.txt"
    other.write_text("Other aid")
    with pytest.raises(SettingsError, match="same identifier 'b'") as error:
        find_sources([folder])
    assert str(other) in str(error.value)
    assert str(folder / "b.txt") in str(error.value)


def test_find_refuses_a_name_that_cannot_be_printed(tmp_path: Path) -> None:
    (tmp_path / "aid\n.txt").write_text("Aid")
    with pytest.raises(SettingsError, match="rename the file"):
        find_sources([tmp_path])


def test_read_article_takes_identifier_and_checksum_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "aid.2.txt"
    path.write_bytes(b"\xef\xbb\xbfAid sent\r\n\r\nNordland sent aid.")
    (source,) = find_sources([path])
    article = read_article(source)
    assert (article.id, article.text) == ("aid.2", "Aid sent\n\nNordland sent aid.")
    assert article.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_read_article_that_has_gone_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"gone\.txt: cannot be read \(No such file"):
        read_article(Source("gone", tmp_path / "gone.txt"))


def test_read_article_refuses_a_large_file_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    with pytest.raises(ArticleError, match="at most 10,485,760"):
        read_article(Source("large", path))


LINES = b'{"id": "two", "text": "Aid reaches the north"}\n{"id": "one", "text": "Aid reaches the south"}\n'


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_bytes(LINES)
    return path


def test_find_file_of_articles_has_one_source_a_line(lines: Path, tmp_path: Path) -> None:
    assert find_sources([tmp_path]) == (
        Source("one", lines, tmp_path, line=2, start=47, size=47),
        Source("two", lines, tmp_path, line=1, size=47),
    )
    assert [read_article(source).text for source in find_sources([lines])] == [
        "Aid reaches the south",
        "Aid reaches the north",
    ]


def test_find_two_lines_with_one_identifier_names_both(lines: Path) -> None:
    lines.write_bytes(LINES + LINES[:47])
    with pytest.raises(SettingsError, match="same identifier 'two'") as error:
        find_sources([lines])
    assert f"{lines}:1 and {lines}:3" in str(error.value)


def test_find_line_and_file_with_one_identifier_names_both(lines: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Aid reaches the south")
    with pytest.raises(SettingsError, match=r"news\.jsonl:2 and .*one\.txt have the same identifier 'one'"):
        find_sources([tmp_path])


def test_find_file_and_page_with_one_identifier_names_both(folder: Path) -> None:
    (folder / "b.html").write_text("<p>Aid")
    with pytest.raises(SettingsError, match=r"b\.html and .*b\.txt have the same identifier 'b'"):
        find_sources([folder])


def test_find_broken_lines_are_sources_that_fail_by_number(lines: Path) -> None:
    lines.write_bytes(b"{\n" + LINES + b"{}\n")
    sources = find_sources([lines])
    assert [source.id for source in sources] == ["", "", "one", "two"]
    with pytest.raises(ArticleError, match=r"news\.jsonl:4: is not a JSON object of one article"):
        read_article(sources[1])


def test_find_file_of_articles_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").symlink_to(tmp_path / "nothing")
    with pytest.raises(SettingsError, match=r"news\.jsonl: cannot be read \(No such file"):
        find_sources([tmp_path])


def test_line_that_changed_since_it_was_found_is_an_error(lines: Path) -> None:
    source = find_sources([lines])[0]
    lines.write_bytes(LINES.replace(b"one", b"six"))
    with pytest.raises(ArticleError, match=r"news\.jsonl:2: has the identifier 'six' and had 'one'"):
        read_article(source)


def test_find_passes_over_what_a_browser_saved_beside_a_page(tmp_path: Path) -> None:
    for name in ("aid.html", "aid_files/ad.html", "other_files/b.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("<p>Aid")
    assert [source.id for source in find_sources([tmp_path])] == ["aid", "b"]


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.HTML"])
def test_read_article_reads_a_page_by_its_ending(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<h1>Aid for all</h1><p>Norway has sent 200 tents to Chile after the earthquake of last week.</p>")
    (source,) = find_sources([path])
    assert read_article(source).text.startswith("Aid for all\n\nNorway has sent")


def test_piped_input_is_named_so_and_lies_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "input.txt"
    path.write_text("")
    (source,) = find_sources([Piped(path, "aid")])
    assert (source.id, source.name, source.location) == ("aid", "standard input", "-")
    with pytest.raises(ArticleError, match=r"^standard input: is empty"):
        read_article(source)


def test_piped_lines_are_named_by_number(lines: Path) -> None:
    assert [source.name for source in find_sources([Piped(lines)])] == ["standard input:2", "standard input:1"]
