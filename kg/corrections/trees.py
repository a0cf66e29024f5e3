"""YAML to plain values that know their lines. The one door to PyYAML.

Why not ``yaml.safe_load``: it forgets the lines, keeps the last of two equal keys in silence, and takes ``no`` for
false and ``2020-03`` for text but ``2020-03-01`` for a day. Here every scalar is its own text, and what it means is
for the type that is expected at its place to say. References to other places (``*name``) are refused, since a file
of a few lines can stand for gigabytes by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

Path = tuple[str | int, ...]
"""The keys and positions that lead to a value from the top."""

_NOTHING: Final = ("", "~", "null")


class TreeError(ValueError):
    """What is wrong, and in which line (from 1), or 0 where that cannot be told."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Tree:
    """One document: ``value`` of mappings, lists, texts and None, and the line of each value by its path."""

    value: object
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of a value; of what it should stand in, where it is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def parse_trees(text: str) -> tuple[Tree, ...]:
    """The documents of a YAML file, in order.

    Raises:
        TreeError: the text is not YAML, or has a key twice, or refers to another place.
    """
    try:
        nodes = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = " ".join(filter(None, (error.context, error.problem)))
        raise TreeError(mark.line + 1 if mark else 0, f"is not YAML ({told})") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise TreeError(0, f"is not YAML ({' '.join(str(error).split()) or 'too deeply nested'})") from error
    return tuple(_tree(node) for node in nodes)


class _Loader(yaml.SafeLoader):
    """Composes nodes, and no references."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            take: Callable[[], Any] = self.get_event  # the stubs leave it without types
            told = "references (*name) are not taken; write it out"
            raise yaml.composer.ComposerError(None, None, told, take().start_mark)
        return super().compose_node(parent, index)


def _tree(node: yaml.Node) -> Tree:
    lines: dict[Path, int] = {}
    return Tree(_value(node, (), lines), lines)


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> object:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(entry, (*path, number), lines) for number, entry in enumerate(node.value)]
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return None if plain and node.value in _NOTHING else node.value


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, entry in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise TreeError(line, "has a key that is no word")
        if key.value in found:
            raise TreeError(line, f"has the key {key.value!r} twice")
        found[key.value] = _value(entry, (*path, key.value), lines)
        lines[(*path, key.value)] = line
    return found
