"""Names in the tables that are ordinary English words too: "Nice", "Reading", "Turkey", "Concern".

Such a name in capitals proves nothing (it may begin a sentence or stand in a headline), so whoever
looks for names has to know them.
"""

from __future__ import annotations

from pathlib import Path

from kg.link.gazetteer import entries
from kg.link.generate.packages import read_text
from kg.link.names import folded, is_acronym


def ordinary_words(folder: Path) -> list[str]:
    """The folded names that a dictionary of American English has in lower case, sorted."""
    dictionary = read_text(folder, "wamerican-*/usr/share/dict/american-english").split()
    ordinary = {word for word in dictionary if word.islower() and word.isalpha()}
    names = {folded(name) for entry in entries() for name in (entry.name, *entry.aliases) if not is_acronym(name)}
    return sorted(names & ordinary)
