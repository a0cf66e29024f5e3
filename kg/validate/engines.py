"""The validators that there are, by the name that ``--engine`` takes.

The fast one is a compiled package that not every machine has a wheel of (none for Linux on ARM when this was
written). ``pyproject.toml`` asks for it only where there is one, and elsewhere the reference is all there is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.validate import reference

try:
    from kg.validate import fast
except ImportError as error:
    if error.name != "shacl":
        raise
    FAST_IS_HERE = False
else:
    FAST_IS_HERE = True

Validator = Callable[[bytes, bytes], bytes]
"""Takes data as N-Quads and shapes as Turtle, and gives SHACL's validation report as N-Triples."""

ENGINES: Final[dict[str, Validator]] = {
    **({"fast": fast.validate} if FAST_IS_HERE else {}),
    "reference": reference.validate,
}
DEFAULT_ENGINE: Final = next(iter(ENGINES))
