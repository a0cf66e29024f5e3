"""No pattern of the reader can take more than linear time in a long line: told by its shape, not by a clock."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import kg.read

PATTERNS = {
    f"{module.name}.{name}": value
    for module in pkgutil.iter_modules(kg.read.__path__, "kg.read.")
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, re.Pattern)
}


def test_patterns_are_found() -> None:
    assert "kg.read.datelines._MARK" in PATTERNS


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_repeats_a_group_without_bound(name: str) -> None:
    pattern = re.sub(r"\[(?:\\.|[^\]\\])*\]", "C", PATTERNS[name].pattern)
    assert not re.search(r"(?<!\\)\)(?:[*+]|\{\d*,\})", pattern)
