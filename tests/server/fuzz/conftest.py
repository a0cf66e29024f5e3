"""Tells how many cases were tried: a run with a number is only worth what it really did."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # folders of tests are no packages

from cases import tally


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if tally:
        terminalreporter.write_line(f"fuzz: {sum(tally.values())} cases: {dict(tally)}")
