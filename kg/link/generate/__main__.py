"""``python -m kg.link.generate DIR``: writes every generated table, each from the ones before it."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.link.generate.countries import countries
from kg.link.generate.identifiers import identifiers
from kg.link.generate.labels import HEADER as LABEL_HEADER
from kg.link.generate.labels import labels
from kg.link.generate.listing import write_sources_table
from kg.link.generate.packages import write_records, write_rows
from kg.link.generate.places import CITY_HEADER, PROVINCE_HEADER, tables
from kg.link.generate.words import ordinary_words

folder = Path(sys.argv[1])
write_records("countries.json", countries(folder))
write_records("identifiers.json", identifiers(folder))
cities, provinces = tables(folder)
write_rows("cities.tsv", CITY_HEADER, cities)
write_rows("provinces.tsv", PROVINCE_HEADER, provinces)
write_rows("labels.tsv", LABEL_HEADER, labels(folder))
write_rows("words.tsv", ("word",), ([word] for word in ordinary_words(folder)))
write_sources_table()
