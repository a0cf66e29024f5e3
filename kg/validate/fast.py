"""The fast validator: ``shacl``, which is written in Rust. The one module that knows it.

It passes every case of SHACL's own test suite that our shapes need (``tests/shacl/core``) and finds in spoilt
graphs of ours what pySHACL finds, rules that need a query included (``tests/kg/validate/test_engines.py``).
``shacl-rust`` 0.2.12 was tried as well: it calls a literal that ``sh:node`` leads to "not a node", so that every date
and number of ours is a fault for it.
"""

from __future__ import annotations

from functools import lru_cache

import shacl

from kg.errors import DataError


def validate(data: bytes, shapes: bytes) -> bytes:
    """Validate N-Quads, graph names left out of account, against shapes in Turtle; the report as N-Triples.

    Raises:
        DataError: the data cannot be read, as RDF 1.2's triple terms.
    """
    try:
        report = _compiled(shapes).validate_text(data.decode(), format="nquads")
    except ValueError as error:
        raise DataError(f"the fast validator cannot read the graph ({error}); try --engine reference") from error
    return report.serialize("ntriples").encode()


@lru_cache(maxsize=4)
def _compiled(shapes: bytes) -> shacl.Shapes:
    return shacl.Shapes.from_turtle(shapes.decode())
