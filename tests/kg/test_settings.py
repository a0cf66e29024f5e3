"""The table of settings and the order in which its sources win."""

from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.settings import Settings, load_settings, setting_fields, unknown_variables


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults_stand_when_nothing_is_given() -> None:
    assert load_settings({"data": None}, environ={"PATH": "/bin"}) == Settings()
    assert Settings().data == Path("data")


def test_later_sources_win() -> None:
    Path("aidgraph.toml").write_text('data = "file"\nport = 1\nhost = "a"\n')
    settings = load_settings({"data": "option"}, environ={"AIDGRAPH_DATA": "variable", "AIDGRAPH_PORT": "2"})
    assert (settings.data, settings.port, settings.host) == (Path("option"), 2, "a")


def test_named_file_is_read_instead_of_the_usual_one() -> None:
    Path("aidgraph.toml").write_text("port = 1\n")
    Path("other.toml").write_text("workers = 3\n")
    assert load_settings({}, environ={}, config=Path("other.toml")) == Settings(workers=3)


def test_base_gets_its_final_slash() -> None:
    assert load_settings({"base": "https://example.org/a"}, environ={}).base == "https://example.org/a/"


@pytest.mark.parametrize(
    ("content", "environ", "options", "message"),
    [
        ("prot = 1", {}, {}, "aidgraph.toml: prot: no such setting; known are data, base, corrections, links, host,"),
        ("port = true", {}, {}, "port is True; write a text or a number"),
        ("port = [1]", {}, {}, "write a text or a number"),
        ("port = ", {}, {}, "is not TOML"),
        ("", {"AIDGRAPH_PORT": "x"}, {}, "AIDGRAPH_PORT: got 'x', expected a whole number from 0 to 65535"),
        ("", {}, {"port": "65536"}, "--port: got '65536'"),
        ("", {}, {"workers": "-1"}, "--workers: got '-1'"),
        ("", {}, {"base": "example.org"}, "--base: got 'example.org', expected an http or https address"),
        ("", {}, {"base": "https://example.org/?a"}, "expected an http or https address"),
        ("", {}, {"data": ""}, "--data: got '', expected a folder"),
        ("", {}, {"host": " "}, "expected a host name"),
    ],
)
def test_bad_settings_are_refused_with_their_origin(
    content: str, environ: dict[str, str], options: dict[str, str | None], message: str
) -> None:
    Path("aidgraph.toml").write_text(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(options, environ=environ)
    assert message in str(caught.value)


def test_missing_named_file_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"nothing\.toml: cannot be read"):
        load_settings({}, environ={}, config=Path("nothing.toml"))


def test_every_setting_has_help() -> None:
    assert all(item.metadata["help"].endswith(".") for item in setting_fields())


def test_unknown_variables_are_told_and_left_out() -> None:
    environ = {"AIDGRAPH_PROT": "1", "AIDGRAPH_PORT": "2", "PATH": "/bin"}
    assert unknown_variables(environ) == ("AIDGRAPH_PROT",)
    assert load_settings({}, environ=environ) == Settings(port=2)
