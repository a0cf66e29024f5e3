"""The validators that there are, by the name that ``--engine`` takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.validate import fast, reference

Validator = Callable[[bytes, bytes], bytes]
"""Takes data as N-Quads and shapes as Turtle, and gives SHACL's validation report as N-Triples."""

ENGINES: Final[dict[str, Validator]] = {"fast": fast.validate, "reference": reference.validate}
DEFAULT_ENGINE: Final = "fast"
