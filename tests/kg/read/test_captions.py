"""Captions and the credits and licences cut off them."""

from __future__ import annotations

import pytest

from kg.read.captions import split_caption
from kg.records import Span

SHORT = {"caption": "c", "credit": "cr", "licence": "l"}


@pytest.mark.parametrize(
    "line, parts",
    [
        (
            "(Cover: Ministry of Health. - Nurses at a clinic. / Licensed under a Creative Commons licence.)",
            [
                ("cr", "(Cover: Ministry of Health. -"),
                ("c", "Nurses at a clinic."),
                ("l", "/ Licensed under a Creative Commons licence.)"),
            ],
        ),
        ("Why the aid is late. / Example News", [("c", "Why the aid is late."), ("cr", "/ Example News")]),
        ("Photo: Trucks at the port / Reuters", [("c", "Photo: Trucks at the port"), ("cr", "/ Reuters")]),
        ("Photo: World Food Programme", [("cr", "Photo: World Food Programme")]),
        ("A nurse in Esta. (AP Photo/Jane Doe)", [("c", "A nurse in Esta."), ("cr", "(AP Photo/Jane Doe)")]),
        (
            "A camp near Esta. Photograph: Jane Doe/AFP",
            [("c", "A camp near Esta."), ("cr", "Photograph: Jane Doe/AFP")],
        ),
        ("A well near Esta. CC BY 2.0", [("c", "A well near Esta."), ("l", "CC BY 2.0")]),
        ("Image: a field hospital in tents", [("c", "Image: a field hospital in tents")]),
        ("Photo: Nordland | Trucks at the port", [("cr", "Photo: Nordland |"), ("c", "Trucks at the port")]),
    ],
)
def test_split_caption(line: str, parts: list[tuple[str, str]]) -> None:
    text = f"Before\n{line}\nAfter"
    blocks = split_caption(text, Span(7, 7 + len(line)))
    assert [(SHORT[block.kind], block.span.of(text)) for block in blocks] == parts
