"""The language of an article, short ones included."""

from __future__ import annotations

import pytest

from kg.read.language import choose_language


@pytest.mark.parametrize(
    "text, language",
    [
        ("Nordland sent 40 tonnes of rice to Estria on Monday.", "en"),
        ("Kuwait donates ambulances to Jordan", "en"),
        ("UNICEF vaccines reach Sana'a", "en"),
        ("Le gouvernement a envoyé de l'aide aux sinistrés.", "fr"),
        ("Россия направит в Италию врачей", "ru"),
        ("El avión salió ayer con alimentos para Haití.", "es"),
        ("12,000 + 4", "und"),
    ],
)
def test_choose_language(text: str, language: str) -> None:
    assert choose_language(text) == language
