"""Articles that no newsroom would print: what could break a parser of RDF, in every field that a reader takes over.

A function and no file, because most of it cannot be seen in an editor and some of it is no UTF-8.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

ODD: Final = {
    "quotes": "\"'`“”‘’«»\"\"\" ''' \\ \\\\ \\n \\u0041 \\",
    "marks of other syntaxes": "<b>&amp;</b> ]]> <!-- --> {{ }} ${x} %00 %zz @en ^^<x> _:b0 # ; . ?v $v",
    "controls": "nul\0 vt\x0b ff\x0c del\x7f nel\x85 c1\x9f",
    "line ends": "cr\rcrlf\r\nlf\nls\u2028ps\u2029tab\t",
    "beyond the basic plane": "🚑🏽 𝒜𝓲𝓭 𐍈 \U0010fffd",
    "no characters": "\ufdd0 \ufffe \U0001ffff",
    "both directions": "مساعدات \u202eevif\u202c \u2067שלום\u2069 \u200fabc\u200e",
    "combining": "Z\u0351\u036b\u0343a\u0300\u0301\u0302lgo \u200d\u200c\ufeff\u00ad",
    "long word": "ta" * 1_000,
    "half a pair": "high \ud83d low \ude00 swapped \ude00\ud83d",
}
"""Words by what is odd about them. JSON can say a lone surrogate (``\\ud83d``), UTF-8 cannot."""

ADDRESSES: Final = (
    "http://example.org/a b",
    'http://example.org/<>"{}|\\^`',
    "http://example.org/%zz?q=[1]#a#b",
    "http://exa mple.org:port/",
    "http://[::1/",
    "https://example.org/é/مساعدات/🚑?q=\ue000",
    "http://example.org/\ud83d",
    "http://example.org/\0\x07",
    "http://example.org/" + "a" * 3_000,
    "javascript:alert(1)",
    "//example.org/a",
    "http://",
    "mailto:",
)

REFUSED: Final = 2
"""Lines with half a pair: such JSON is malformed to the reader (RFC 8259 8.2 leaves it open)."""

_STORY = (
    "ROME, March 22, 2020 - Russia delivered 100 tonnes of {odd} flour and 20 ventilators to Italy on Sunday. "
    "China sent 3 million masks to Russia. Some 793 people have died of Covid-19 in Italy."
)
_SHORT = "China sent masks to Russia."


def write_hostile(folder: Path) -> None:
    """A file of articles with every oddity and address, and one named in Arabic with a language tag of many parts."""
    lines = [_line(number, name, odd) for number, (name, odd) in enumerate(ODD.items())]
    lines += [
        _line(100 + number, "address", "fine", _SHORT, url=url, license=url) for number, url in enumerate(ADDRESSES)
    ]
    lines.append(_line('مقالة 🚑 "1" <b>', "language", "fine", language="en-Latn-GB-x-odd"))
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "hostile.jsonl").write_text(text, encoding="utf-8")


def _line(id: int | str, name: str, odd: str, story: str = _STORY, **given: str) -> dict[str, Any]:
    story = story.format(odd=odd)
    told = {"headline": f"Aid {name} {odd}", "publisher": f"The {odd} Post", "authors": [f"Ann {odd} Lee", odd]}
    return {"id": id, "text": story, "date_published": "2020-03-22", **told, **given}
