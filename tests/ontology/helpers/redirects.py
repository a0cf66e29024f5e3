"""Reads redirect rules as Apache's mod_rewrite does, as far as ours go: no network, no Apache.

Known are RewriteEngine, Options, RewriteCond on a header, and RewriteRule with the flags E, L, NC, NE and R, in a
folder's ``.htaccess`` (https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html). Anything else is refused.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

KNOWN_FLAGS = {"L", "NC", "NE"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A pattern that a variable has to fit, such as ``%{HTTP_ACCEPT}``."""

    variable: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the conditions before it. ``status`` is None where it redirects nobody."""

    pattern: re.Pattern[str]
    target: str
    conditions: tuple[Condition, ...]
    status: int | None
    sets: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a request is sent."""

    status: int
    location: str


def read_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a file in their order.

    Raises:
        ValueError: a line says what is not known here.
    """
    rules: list[Rule] = []
    waiting: list[Condition] = []
    for line in text.splitlines():
        words = shlex.split(line.replace("\\", "\\\\"), comments=True)
        match words:
            case [] | ["RewriteEngine", "on"] | ["Options", "-MultiViews"]:
                continue
            case ["RewriteCond", variable, pattern, *flags]:
                waiting.append(Condition(variable, _compile(pattern, _flags(flags))))
            case ["RewriteRule", pattern, target, flags]:
                rules.append(_rule(pattern, target, _flags([flags]), tuple(waiting)))
                waiting = []
            case _:
                raise ValueError(f"unknown to this reader: {line}")
    return tuple(rules)


def redirect(rules: tuple[Rule, ...], path: str, headers: Mapping[str, str]) -> Redirect | None:
    """Where the rules send a request for a path within the folder; None if nowhere."""
    variables = {f"%{{HTTP_{name.upper().replace('-', '_')}}}": value for name, value in headers.items()}
    for rule in rules:
        found = rule.pattern.search(path)
        if found is None or not all(_holds(condition, variables) for condition in rule.conditions):
            continue
        if rule.sets:
            variables[f"%{{ENV:{rule.sets[0]}}}"] = rule.sets[1]
        if rule.status:
            return Redirect(rule.status, _fill(rule.target, found, variables))
    return None


def _rule(pattern: str, target: str, flags: Mapping[str, str], conditions: tuple[Condition, ...]) -> Rule:
    if "R" in flags and "L" not in flags:
        raise ValueError(f"a redirect that does not end the reading: {pattern}")
    name, _, value = flags.get("E", "").partition(":")
    status = int(flags["R"]) if "R" in flags else None
    return Rule(_compile(pattern, flags), target, conditions, status, (name, value) if name else None)


def _flags(words: list[str]) -> dict[str, str]:
    """``[R=303,L]`` as names with values."""
    flags = dict(part.partition("=")[::2] for word in words for part in word.strip("[]").split(","))
    unknown = flags.keys() - KNOWN_FLAGS - {"E", "R"}
    if unknown:
        raise ValueError(f"unknown flags: {sorted(unknown)}")
    return flags


def _compile(pattern: str, flags: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if "NC" in flags else 0)


def _holds(condition: Condition, variables: Mapping[str, str]) -> bool:
    return condition.pattern.search(variables.get(condition.variable, "")) is not None


def _fill(target: str, found: re.Match[str], variables: Mapping[str, str]) -> str:
    for variable, value in variables.items():
        target = target.replace(variable, value)
    return re.sub(r"\$(\d)", lambda number: found[int(number[1])] or "", target)
