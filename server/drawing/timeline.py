"""The timeline: crises as bands in as few rows as they fit in, events as dots on them, reports as columns below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from server.drawing.axis import Axis, Days, make_axis
from server.drawing.dates import days_of
from server.drawing.dots import COLUMNS, draw_columns, draw_dots
from server.drawing.happenings import Band, Between, Mark
from server.drawing.shapes import MAX_LINKS, Text, isolate, num, plural, shorten, text_width
from server.drawing.shapes import Mark as Shape
from server.views.reader import Link

MOST_ROWS: Final = 40
_SIDE, _HEAD, _ROW, _FONT = 8.0, 26.0, 34.0, 12.0
_BAR_TOP, _BAR = 18.0, 10.0
_FOREVER = 10**9
"""Days before or after anything that has a date."""

__all__ = ["Band", "Mark", "TimelineDrawing", "draw_timeline"]


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """A timeline. ``undated`` are the bands without a date, to be told in words; ``left_out`` found no row."""

    title: str
    description: str
    width: float
    height: float
    bands: tuple[Shape, ...]
    marks: tuple[Shape, ...]
    columns: tuple[Shape, ...]
    texts: tuple[Text, ...]
    lines: str
    breaks: str
    undated: tuple[Link, ...] = ()
    undated_marks: int = 0
    left_out: int = 0

    @property
    def tabbable(self) -> bool:
        """Whether its links are few enough to go through with the keyboard."""
        return len(self.bands) + len(self.marks) + len(self.columns) <= MAX_LINKS


@dataclass(frozen=True, slots=True)
class _Placed:
    band: Band
    left: float
    right: float
    row: int
    label: Text


def draw_timeline(
    bands: Sequence[Band], marks: Sequence[Mark], *, width: float = 960, title: str = "Timeline",
    loose_label: str = "No crisis named", unit: str = "event", since: str | None = None, until: str | None = None,
    between: Between | None = None,
) -> TimelineDrawing:  # fmt: skip
    """A timeline of crises, the events in them and the reports of these.

    Args:
        loose_label: stands above the events on no band.
        unit: what the events are called.
        since, until: ISO dates before and after which nothing is drawn.
        between: makes the address of the dots and columns, instead of that of their marks.
    """
    window = _window(since, until)
    stretches = {band: span for band in bands if (span := stretch(band.first, band.last))}
    spans = {band: cut for band, span in stretches.items() if (cut := _cut(span, window))}
    by_key = {band.key: span for band, span in spans.items()}
    told = [(mark, span) for mark in marks if (span := stretch(mark.first, mark.last))]
    dated = [(mark, _within(cut, mark.band, by_key)) for mark, span in told if (cut := _cut(span, window))]
    undated = tuple(band.link for band in bands if band not in stretches)
    missing = sum(mark.count for mark in marks) - sum(mark.count for mark, _ in told)
    axis = make_axis([*spans.values(), *(span for _, span in dated)], _SIDE, width - _SIDE)
    if axis is None:
        return TimelineDrawing(title, "Nothing in it has a date.", width, 40, (), (), (), (), "", "", undated, missing)
    placed = _place(spans, axis)
    shown = [one for one in placed if one.row < MOST_ROWS]
    rows = _Rows(shown, dated)
    return TimelineDrawing(
        title=title,
        description=_description(shown, dated, unit),
        width=width,
        height=round(rows.height, 1),
        bands=tuple(_band(one, rows.tops[one.band.key]) for one in shown),
        marks=tuple(draw_dots(rows.events, rows.middles, axis, unit, between)),
        columns=tuple(draw_columns(rows.reports, axis, rows.foot + COLUMNS, between)),
        texts=(*axis.labels(_HEAD - 10), *rows.texts(shown, loose_label)),
        lines="".join(f"M{num(x)} {_HEAD - 20}V{num(rows.height)}" for x, _ in axis.ticks()),
        breaks="".join(f"M{num(x - 3)} {_HEAD - 20}V{num(rows.height)}m6 0V{_HEAD - 20}" for x in axis.breaks),
        undated=undated,
        undated_marks=missing,
        left_out=len(placed) - len(shown),
    )


class _Rows:
    """What stands how far down: the axis, the bands, the events on none, the reports.

    ``tops`` are of the bands by their keys, and of what is on none under the empty key.
    """

    def __init__(self, shown: Sequence[_Placed], dated: Sequence[tuple[Mark, Days]]) -> None:
        count = max((one.row + 1 for one in shown), default=0)
        self.tops = {one.band.key: _HEAD + one.row * _ROW for one in shown} | {"": _HEAD + count * _ROW}
        self.events = [(mark, span) for mark, span in dated if mark.kind == "event" and mark.band in self.tops]
        self.middles = {key: top + _BAR_TOP + _BAR / 2 for key, top in self.tops.items()}
        self.reports = [(mark, span) for mark, span in dated if mark.kind == "report"]
        self.has_loose = any(not mark.band for mark, _ in self.events)
        self.foot = _HEAD + (count + self.has_loose) * _ROW + 8
        self.height = self.foot + (COLUMNS if self.reports else 0) + 4

    def texts(self, shown: Iterable[_Placed], loose_label: str) -> Iterable[Text]:
        """The names of bands and rows."""
        yield from (_moved(one.label, self.tops[one.band.key]) for one in shown)
        if self.has_loose:
            yield Text(_SIDE, self.tops[""] + 12, loose_label, "band-label")
        if self.reports:
            yield Text(_SIDE, self.foot + 10, "Reports", "band-label")


def stretch(first: str | None, last: str | None) -> Days | None:
    """The days from the first that ``first`` may mean to the last that ``last`` may mean."""
    start, end = days_of(first or last), days_of(last or first)
    if start is None or end is None:
        return None
    return start[0], max(start[1], end[1]) + 1


def _window(since: str | None, until: str | None) -> Days:
    start, end = days_of(since), days_of(until)
    return start[0] if start else -_FOREVER, end[1] + 1 if end else _FOREVER


def _cut(span: Days, window: Days) -> Days | None:
    """What of a stretch lies in the window."""
    first, after = max(span[0], window[0]), min(span[1], window[1])
    return (first, after) if first < after else None


def _within(span: Days, key: str, bands: dict[str, Days]) -> Days:
    """A stretch that is known by its year only stands on its band, and not beside it."""
    return (_cut(span, bands[key]) or span) if key in bands else span


def _place(spans: dict[Band, Days], axis: Axis) -> list[_Placed]:
    """Each band in the first row where it and its name find room, the earliest first."""
    ends, placed = list[float](), list[_Placed]()
    for band, (first, after) in sorted(spans.items(), key=lambda item: (item[1], item[0].link.order)):
        left, right = axis.x(first), max(axis.x(after), axis.x(first) + 4)
        label = _label(band, left, axis)
        start = min(left, label.x if label.anchor == "start" else label.x - text_width(label.words, _FONT))
        end = max(right, label.x + text_width(label.words, _FONT) if label.anchor == "start" else label.x)
        row = next((row for row, taken in enumerate(ends) if taken <= start), len(ends))
        ends[row : row + 1] = [end + 12]
        placed.append(_Placed(band, left, right, row, label))
    return placed


def _label(band: Band, left: float, axis: Axis) -> Text:
    """The name of a band over its beginning, or ending at the right edge where it would run over that."""
    words = shorten(band.link.label, _FONT, 320)
    over = left + text_width(words, _FONT) > axis.right
    return Text(
        axis.right if over else left,
        12,
        words,
        "band-label",
        "end" if over else "start",
        band.link.lang,
        band.link.href,
    )


def _moved(text: Text, down: float) -> Text:
    return Text(text.x, text.y + down, text.words, text.css, text.anchor, text.lang, text.href)


def _band(one: _Placed, top: float) -> Shape:
    y, width = num(top + _BAR_TOP), num(one.right - one.left)
    words = f"{isolate(one.band.link.label)}{': ' if one.band.note else ''}{one.band.note}"
    d = f"M{num(one.left)} {y}h{width}v{num(_BAR)}h-{width}z"
    return Shape(d, "band", words, one.band.link.href, one.band.key)


def _description(placed: Sequence[_Placed], dated: Sequence[tuple[Mark, Days]], unit: str) -> str:
    events = sum(mark.count for mark, _ in dated if mark.kind == "event")
    reports = sum(mark.count for mark, _ in dated if mark.kind == "report")
    told = f", {plural(reports, 'report')} below" if reports else ""
    bands = f"{len(placed)} {'crisis' if len(placed) == 1 else 'crises'} as bands, " if placed or not events else ""
    return f"{bands}{plural(events, unit)} as dots{told}."
