"""The axis of numbers: round values as far apart as labels need, written short."""

from __future__ import annotations

from math import ceil, floor, log10


def round_steps(highest: float, most: int = 5) -> tuple[float, ...]:
    """Round numbers from 0 to at least ``highest``, at most about ``most`` of them: 0, 50, 100, 150.

    The steps are 1, 2 or 5 times a power of ten.
    """
    if highest <= 0:
        return (0.0, 1.0)
    rough = highest / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    return tuple(step * index for index in range(ceil(highest / step - 1e-9) + 1))


def powers(lowest: float, highest: float) -> tuple[float, ...]:
    """Powers of ten around two positive numbers: 10, 100, 1000."""
    first, last = floor(log10(lowest)), ceil(log10(highest))
    return tuple(10.0**exponent for exponent in range(first, max(last, first + 1) + 1))


def short(value: float) -> str:
    """A number as an axis has it: ``1,200``, ``45k``, ``3.5m``, ``2bn``, ``0.5``."""
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if word == 'k' else size):.3g}{word}"
    return f"{value:,.0f}" if value == round(value) else f"{value:.3g}"
