"""Options of commands, made from the table of settings, so that all commands name and refuse them alike."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from kg.settings import load_settings, setting_fields, unknown_variables

STORE_SETTINGS = (
    *("store", "store_update", "store_graphs", "store_default_graph"),
    *("store_timeout", "store_retries", "store_page"),
)
SHARED_SETTINGS = ("data", "base", *STORE_SETTINGS)
CORRECTED_SETTINGS = (*SHARED_SETTINGS, "corrections")
DUMP_SETTINGS = ("dump_formats", "hdt_limit", "jobs")
BUILD_SETTINGS = (*CORRECTED_SETTINGS, "links", "dumps", *DUMP_SETTINGS, "cluster", "shards")


def with_settings(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options of these settings and ``--config``, and pass it the filled ``settings``."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def filled(*args: Any, config: Path | None, **options: Any) -> Any:
            given = {name: options.pop(name) for name in names}
            for name in unknown_variables(os.environ):
                click.echo(f"aidgraph: {name}: this version has no such setting; it is ignored", err=True)
            return command(*args, settings=load_settings(given, environ=os.environ, config=config), **options)

        wrapped: Callable[..., Any] = filled
        for option in _options(names):
            wrapped = option(wrapped)
        return wrapped

    return decorate


def _options(names: Sequence[str]) -> Iterator[Callable[[Callable[..., Any]], Callable[..., Any]]]:
    """Click leaves the values alone: the settings read them, so that a bad one is refused the same everywhere."""
    yield click.option("--config", type=click.Path(path_type=Path), help="TOML file of settings.", metavar="FILE")
    for item in reversed(setting_fields()):
        if item.name in names:
            help_text = f"{item.metadata['help']}  [default: {item.default}]"
            yield click.option(f"--{item.name.replace('_', '-')}", item.name, help=help_text, metavar=item.name.upper())
