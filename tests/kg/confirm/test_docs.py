"""``docs/links.md`` is whole: it names every column, every target with its example, and every package of links."""

from __future__ import annotations

import re
from pathlib import Path

from kg.confirm.files import COLUMNS
from kg.link.sources import link_sources, link_targets

PAGE = (Path(__file__).parents[3] / "docs" / "links.md").read_text(encoding="utf-8")


def test_every_column_is_documented_in_its_order() -> None:
    told = re.findall(r"^\| `(\w+)` \|", PAGE, re.M)
    assert tuple(name for name in told if name in COLUMNS) == COLUMNS


def test_every_target_is_documented_with_an_address() -> None:
    for target in link_targets():
        assert f"| {target.title} | `{target.example}` |" in PAGE


def test_every_package_of_identifiers_is_named() -> None:
    assert [source.package for source in link_sources() if source.links and source.package not in PAGE] == []
