"""``python -m kg.link.generate DIR``: writes every generated table."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.link.generate.countries import countries
from kg.link.generate.packages import write_records

folder = Path(sys.argv[1])
write_records("countries.json", countries(folder))
