"""Draws what :mod:`scale` measured and prints it as a table: ``python tests/benchmarks/plot.py RESULTS.json OUT.svg``.

Both axes are logarithmic, so that a straight line with a slope of one is "twice the articles, twice the time".
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

mpl.rcParams.update({"svg.hashsalt": "aidgraph", "svg.fonttype": "none", "font.size": 9})  # the same bytes every time

Result = dict[str, Any]


def draw(results: list[Result], path: Path) -> None:
    """Three pictures in a row: articles against seconds, against memory, and quads against loading and asking."""
    figure = Figure(figsize=(11, 3.4))
    seconds, memory, quads = figure.subplots(1, 3)
    articles = [one["articles"] for one in results]
    _lines(seconds, articles, {
        "build until queries see it": [one["wall"] for one in results],
        "bare spaCy": [one["bare_wall"] for one in results],
        "10 more articles": [one["added"] for one in results],
    })  # fmt: skip
    seconds.set(title="seconds", xlabel="articles")
    _lines(memory, articles, {"all processes, at most": [one["memory"] for one in results]})
    memory.set(title="memory in MiB", xlabel="articles", ylim=(10, None))
    stored = [one["quads"] for one in results]
    _lines(quads, stored, {
        "all stages but reading, s": [_written(one) for one in results],
        "slowest question that ends, ms": [_slowest(one) for one in results],
        "look-up, ms": [one["questions"]["look-up"] for one in results],
    })  # fmt: skip
    quads.set(title="loading and asking", xlabel="quads")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def _lines(axes: Axes, places: list[int], series: dict[str, list[float]]) -> None:
    for (name, values), marker in zip(series.items(), "os^", strict=False):  # told apart without colours as well
        axes.plot(places, values, marker=marker, label=name)
    axes.set(xscale="log", yscale="log")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=7)


def _written(result: Result) -> float:
    """Seconds of all stages but reading."""
    return float(sum(seconds for stage, seconds in result["stages"].items() if stage != "reading"))


def _slowest(result: Result) -> float:
    """Of those that ended within their limit, in milliseconds."""
    return float(max(taken for taken in result["questions"].values() if taken is not None))


def table(results: list[Result]) -> str:
    """The same in Markdown."""
    rows = [
        "| articles | quads | build, s | ms an article | SHACL, s | of bare, SHACL apart | MiB | 10 more, s | share "
        "| slowest question, ms |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in results:
        wall, number, checked = one["wall"], one["articles"], one["stages"]["validating"]
        rows.append(
            f"| {number:,} | {one['quads']:,} | {wall:,.0f} | {wall / number * 1000:.1f} "
            f"| {checked:,.1f} | {(wall - checked) / one['bare_wall']:.2f} | {one['memory']:,.0f} "
            f"| {one['added']:.1f} | {one['added'] / wall:.1%} | {_slowest(one):,.0f} |"
        )
    return "\n".join(rows)


def main() -> None:
    source, picture = map(Path, sys.argv[1:3])
    results = sorted(json.loads(source.read_text()).values(), key=lambda one: one["articles"])
    draw(results, picture)
    print(table(results))


if __name__ == "__main__":
    main()
