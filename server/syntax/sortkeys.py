"""The order of SPARQL (§15.1) as conditions that the engine compares without contradiction.

pyoxigraph 0.5.13 compares two literals by value where their types allow it and by their characters where not, so
that 9 < 10 < "5" < 9; its sort notices and ends the whole process. The same happens with dateTimes with and without
a zone, with durations, with numbers of several types and with a condition that is different each time, such as
RAND(). Here each condition is evaluated once, and is followed by conditions that each compare like with like: first
the kind of term and the type of value, then the value.

Where SPARQL defines an order, this is it. Elsewhere: numbers, NaN, booleans, dates and times by type, durations,
then all other literals by their characters, type and language, as the engine has them, then triple terms.
"""

from __future__ import annotations

import re

from server.syntax.lexis import VARIABLE

_XSD = "http://www.w3.org/2001/XMLSchema#"

# Decimals end at 1.7e20. Below, the decimal tells apart what a double would not; above, there is only the double.
_LARGE = "1e20"

_EPOCH = f'"1969-09-01T00:00:00Z"^^<{_XSD}dateTime>'

# The first characters put types in order; between them only values of one type are compared. Dates and times go by
# the names of their types. ADJUST and the sum fail for what is no value of such a type, whatever type it claims.
_TYPE = f"""
IF(!BOUND(?x), "0", IF(isBLANK(?x), "1", IF(isIRI(?x), "2", IF(isTRIPLE(?x), "9", IF(isNUMERIC(?x),
IF(?x != ?x, "34", IF(<{_XSD}double>(?x) <= -{_LARGE}, "31", IF(<{_XSD}double>(?x) < {_LARGE}, "32", "33"))),
IF(LANG(?x) != "" || DATATYPE(?x) = <{_XSD}string>, "8", COALESCE(
IF(isLITERAL(ADJUST(?x, "PT0S"^^<{_XSD}dayTimeDuration>)), CONCAT("5", STRAFTER(STR(DATATYPE(?x)), "#")), "8"),
IF(isLITERAL({_EPOCH} + ?x), "7", "8"),
IF(DATATYPE(?x) = <{_XSD}boolean> && isLITERAL(<{_XSD}boolean>(?x)), "4", "8"), "8")))))))
"""

# A time without a zone is taken for one in UTC, the implicit time zone of XPath's comparisons (F&O §10.4). A duration
# is compared by where it leads from one of the days that XML Schema names for it (Datatypes §3.2.6.2).
_VALUE = f"""
IF(?t = "32", <{_XSD}decimal>(?x), IF(STRSTARTS(?t, "3"), <{_XSD}double>(?x),
IF(STRSTARTS(?t, "5") && !REGEX(STR(?x), "(Z|[+-]..:..)$"), STRDT(CONCAT(STR(?x), "Z"), DATATYPE(?x)),
IF(?t = "7", {_EPOCH} + ?x,
IF(?t = "9", CONCAT(IF(isIRI(SUBJECT(?x)), STR(SUBJECT(?x)), ""), " ", STR(PREDICATE(?x))), ?x)))))
"""

# Doubles that are one decimal, and the objects of triple terms.
_REST = f"""IF(?t = "32", <{_XSD}double>(?x), IF(?t = "9", STR(OBJECT(?x)), ?nothing))"""


_SLOT = re.compile(r"\?(x|t|nothing)\b")


def bindings(expression: str, name: str) -> str:
    """The BINDs that make ``?{name}t``, ``?{name}v`` and ``?{name}r`` of ``expression``, for :func:`conditions`."""
    bare = expression.strip("() \t\r\n")
    is_variable = re.fullmatch(VARIABLE, bare) is not None
    names = {"x": bare if is_variable else f"?{name}x", "t": f"?{name}t", "nothing": f"?{name}n"}
    parts = {} if is_variable else {"x": expression}
    for key, template in {"t": _TYPE, "v": _VALUE, "r": _REST}.items():
        parts[key] = _SLOT.sub(lambda slot: names[slot[1]], " ".join(template.split()))
    return " ".join(f"BIND({part} AS ?{name}{key})" for key, part in parts.items())


def conditions(name: str, direction: str) -> str:
    """The conditions of ORDER BY; ``direction`` is ``ASC`` or ``DESC``."""
    return " ".join(f"{direction}(?{name}{key})" for key in "tvr")
