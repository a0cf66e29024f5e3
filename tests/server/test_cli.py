"""The commands that this package adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import run
from server.cli import cli


@pytest.mark.parametrize("command", ["serve", "up"])
def test_command_has_the_options_of_its_settings(command: str) -> None:
    text = CliRunner().invoke(cli, [command, "--help"]).output
    for option in ("--data", "--base", "--host", "--port", "--workers", "--config"):
        assert option in text


def test_serve_without_a_store_is_one_line_that_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(cli, ["serve", "--data", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "aidgraph build" in error


def test_up_looks_for_its_port_before_it_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["up", "--data", str(tmp_path), "--host", "192.0.2.1"]) == 1
    assert "cannot listen on 192.0.2.1 port 8000" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
