"""Sorts columns of every kind of term and prints them as JSON. Run on its own: a sort that fails ends the process."""

from __future__ import annotations

import json
import random
import sys

import pyoxigraph as ox

from server.syntax.ordering import total_order

XSD = "http://www.w3.org/2001/XMLSchema#"


def term(chance: random.Random) -> str:
    """One term as SPARQL, of a kind that is as likely as any other; ``UNDEF`` is none."""
    number, zone = chance.randrange(-50, 50), chance.choice(["", "Z", "+05:00", "-08:00"])
    day, month = f"{chance.randrange(1, 29):02}", f"{chance.randrange(1, 13):02}"
    typed = {
        "integer": f"{number}", "decimal": f"{number / 8}", "double": f"{number / 3}e{chance.choice([-30, 0, 0, 30])}",
        "float": f"{number / 10}", "boolean": chance.choice(["true", "false", "1", "0"]), "byte": f"{number}",
        "dateTime": f"2020-01-{day}T12:00:00{zone}", "date": f"2020-{month}-{day}{zone}", "time": f"12:{day}:00{zone}",
        "gYear": f"{chance.choice(['', '-'])}20{day}{zone}", "gMonth": f"--{month}{zone}", "gDay": f"---{day}{zone}",
        "gYearMonth": f"2020-{month}{zone}", "gMonthDay": f"--{month}-{day}{zone}", "duration": f"P{month}MT{day}H",
        "yearMonthDuration": f"P{month}M", "dayTimeDuration": f"P{day}D", "hexBinary": f"{day}", "string": f"{number}",
    }  # fmt: skip
    name = chance.choice(list(typed))
    return chance.choice(
        [
            *[f'"{typed[name]}"^^<{XSD}{name}>'] * 8, f"{number}", f'"{number}"', f"{number / 4}", f"{number / 4}e0",
            f'"{number}"@{chance.choice(["de", "en"])}', f'"{number}"@en--ltr', f'"{number}"^^<http://x/{month}>',
            f'"wrong"^^<{XSD}{name}>', f'"NaN"^^<{XSD}{chance.choice(["double", "float"])}>', f'"-INF"^^<{XSD}double>',
            f"<http://x/{number}>", "UNDEF", f'"2020-{month}-{day}"^^<{XSD}date>', chance.choice(["true", "false"]),
            f'"2020-01-{day}T12:00:00{zone}"^^<{XSD}dateTime>', "BNODE",
        ]
    )  # fmt: skip


def main() -> None:
    """Twenty columns of two hundred terms."""
    columns = []
    for seed in range(20):
        chance = random.Random(seed)
        terms = [term(chance) for _ in range(200)]
        values = " ".join(f"({number} {'UNDEF' if text == 'BNODE' else text})" for number, text in enumerate(terms))
        blanks = ", ".join(str(number) for number, text in enumerate(terms) if text == "BNODE")
        group = f"VALUES (?n ?v) {{ {values} }} BIND(IF(?n IN ({blanks}), BNODE(), ?v) AS ?c)"
        query = total_order(f"SELECT ?c {{ {group} }} ORDER BY ?c")
        assert query is not None
        results = ox.Store().query(query)
        assert isinstance(results, ox.QuerySolutions)
        columns.append([str(row["c"]) for row in results])
    json.dump(columns, sys.stdout)


if __name__ == "__main__":
    main()
