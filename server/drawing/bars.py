"""Charts of bars: by year as columns, the second series hanging below the first; by name as rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.drawing.scale import round_steps, short
from server.drawing.shapes import MAX_LINKS, Mark, Text, isolate, num, shorten, text_width

_YEAR = re.compile(r"-?\d{1,6}")
_WIDTH, _FONT = 640.0, 12.0
_PANEL, _GAP = 92.0, 22.0
_ROW, _NAMES = 22.0, 180.0
MOST_ROWS: Final = 40
_MOST_FILLED = 3
"""Empty years between two that are still drawn as empty columns; more become a break."""

__all__ = ["Bar", "BarDrawing", "draw_bars"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One value. ``low`` and ``high`` are its bounds where it has any, ``note`` what else its title says."""

    label: str
    value: float
    href: str | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarDrawing:
    """A chart of bars. ``ranges`` is the path of all bounds, ``breaks`` of the years left out."""

    title: str
    description: str
    width: float
    height: float
    bars: tuple[Mark, ...]
    texts: tuple[Text, ...]
    lines: str
    ranges: str
    breaks: str
    left_out: int = 0

    @property
    def tabbable(self) -> bool:
        """Whether its links are few enough to go through with the keyboard."""
        return len(self.bars) <= MAX_LINKS


def draw_bars(series: Mapping[str, Sequence[Bar]], *, title: str) -> BarDrawing:
    """A chart of one or more series over the same labels, named by the mapping's keys.

    Columns from left to right if all labels are years, else rows from top to bottom, each in the order given.
    """
    filled = {name: bars for name, bars in series.items() if bars}
    labels = dict.fromkeys(bar.label for bars in filled.values() for bar in bars)
    if labels and all(map(_YEAR.fullmatch, labels)):
        return _columns(filled, title)
    return _rows(filled, list(labels), title)


def _columns(series: Mapping[str, Sequence[Bar]], title: str) -> BarDrawing:
    places, breaks = _years({int(bar.label) for bars in series.values() for bar in bars})
    steps = round_steps(_highest(series), 3)
    left = 12 + max(text_width(short(step), _FONT) for step in steps)
    slot = min(56.0, (_WIDTH - left - 4) / (max(places.values()) + 1))
    hanging = len(series) == 2
    panels = [_Panel(_GAP + index * (_PANEL + _GAP), hanging and index == 1, steps[-1]) for index in range(len(series))]
    names_y = panels[0].bottom + 15 if hanging else panels[-1].bottom + 15
    height = panels[-1].bottom + 24
    bars, texts, ranges = list[Mark](), list[Text](), ""
    for index, ((name, values), panel) in enumerate(zip(series.items(), panels, strict=True)):
        texts.append(Text(0, panel.name_y, name, f"series series-{index}"))
        for bar in values:
            x = left + places[int(bar.label)] * slot
            bars.append(_mark(panel.column(x + 0.5, slot - 1, bar.value), f"series-{index}", name, bar))
            ranges += _whisker(panel, x + slot / 2, bar)
        texts += [Text(left - 6, panel.y(step) + 4, short(step), "tick", "end") for step in steps[1:]]
    lines = "".join(f"M{num(left)} {num(panel.y(step))}H{num(_WIDTH)}" for panel in panels for step in steps)
    texts += _year_texts(places, left, slot, names_y)
    gaps = "".join(f"M{num(left + place * slot + slot / 2)} {num(_GAP)}V{num(panels[-1].bottom)}" for place in breaks)
    return BarDrawing(title, _description(series), _WIDTH, height, tuple(bars), tuple(texts), lines, ranges, gaps)


@dataclass(frozen=True, slots=True)
class _Panel:
    """The room of one series: its columns stand on its bottom, or hang from its top."""

    top: float
    hanging: bool
    highest: float

    @property
    def bottom(self) -> float:
        return self.top + _PANEL

    @property
    def name_y(self) -> float:
        return self.bottom + 18 if self.hanging else self.top - 10

    def y(self, value: float) -> float:
        length = _PANEL * value / self.highest
        return self.top + length if self.hanging else self.bottom - length

    def column(self, x: float, width: float, value: float) -> str:
        return f"M{num(x)} {num(self.y(0))}V{num(self.y(value))}h{num(max(width, 1))}V{num(self.y(0))}z"


def _years(years: set[int]) -> tuple[dict[int, int], list[int]]:
    """The place of each year in the row of columns, and the places of the breaks."""
    places, breaks, place = dict[int, int](), list[int](), 0
    for before, year in zip([None, *sorted(years)], sorted(years), strict=False):
        missing = 0 if before is None else year - before - 1
        if missing > _MOST_FILLED:
            breaks.append(place)
            place += 1
        else:
            place += missing
        places[year] = place
        place += 1
    return places, breaks


def _year_texts(places: Mapping[int, int], left: float, slot: float, y: float) -> list[Text]:
    """Names of years, as many as have room."""
    texts, free = list[Text](), 0.0
    for year, place in places.items():
        x, width = left + place * slot + slot / 2, text_width(str(year), _FONT)
        if x - width / 2 >= free and x + width / 2 <= _WIDTH + 4:
            texts.append(Text(x, y, str(year), "tick", "middle"))
            free = x + width / 2 + 8
    return texts


def _rows(series: Mapping[str, Sequence[Bar]], labels: Sequence[str], title: str) -> BarDrawing:
    shown, steps = list(labels[:MOST_ROWS]), round_steps(_highest(series), 6)
    each = _ROW * max(1, len(series)) + 4
    scale = (_WIDTH - _NAMES - 70) / steps[-1]
    tops = {label: 20 + index * each for index, label in enumerate(shown)}
    bars, texts = list[Mark](), [Text(_NAMES + step * scale, 12, short(step), "tick", "middle") for step in steps]
    ranges = ""
    texts += [
        Text(_NAMES - 8, tops[label] + each / 2 + 3, shorten(label, _FONT, _NAMES - 8), "row-name", "end")
        for label in shown
    ]
    for index, (name, values) in enumerate(series.items()):
        for bar in (bar for bar in values if bar.label in tops):
            y, length = tops[bar.label] + index * _ROW + 3, max(1.0, bar.value * scale)
            bars.append(
                _mark(f"M{num(_NAMES)} {num(y)}h{num(length)}v16h-{num(length)}z", f"series-{index}", name, bar)
            )
            words = f"{short(bar.value)} {name}" if len(series) > 1 else short(bar.value)
            texts.append(Text(_NAMES + max(length, (bar.high or 0) * scale) + 5, y + 12, words, "value"))
            if bar.low is not None and bar.high is not None:
                ranges += f"M{num(_NAMES + bar.low * scale)} {num(y + 8)}H{num(_NAMES + bar.high * scale)}"
    height = 20 + len(shown) * each
    lines = "".join(f"M{num(_NAMES + step * scale)} 18V{num(height)}" for step in steps)
    return BarDrawing(
        title,
        _description(series),
        _WIDTH,
        height,
        tuple(bars),
        tuple(texts),
        lines,
        ranges,
        "",
        len(labels) - len(shown),
    )


def _mark(d: str, css: str, name: str, bar: Bar) -> Mark:
    bounds = f" ({short(bar.low)} to {short(bar.high)})" if bar.low is not None and bar.high is not None else ""
    note = f"; {bar.note}" if bar.note else ""
    return Mark(d, f"bar {css}", f"{isolate(bar.label)}, {name}: {bar.value:,.10g}{bounds}{note}", bar.href)


def _whisker(panel: _Panel, x: float, bar: Bar) -> str:
    if bar.low is None or bar.high is None:
        return ""
    return f"M{num(x)} {num(panel.y(bar.low))}V{num(panel.y(bar.high))}"


def _highest(series: Mapping[str, Sequence[Bar]]) -> float:
    return max((max(bar.value, bar.high or 0) for bars in series.values() for bar in bars), default=0)


def _description(series: Mapping[str, Sequence[Bar]]) -> str:
    """The chart in words: of each series the sum and the largest value."""
    parts = list[str]()
    for name, bars in series.items():
        top = max(bars, key=lambda bar: bar.value)
        parts.append(
            f"{name}: {sum(bar.value for bar in bars):,.10g} in all, most in {isolate(top.label)} ({top.value:,.10g})"
        )
    return ". ".join(parts) + "." if parts else "There is nothing to draw."
