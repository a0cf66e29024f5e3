"""``python -m server.drawing.generate DIR``: writes ``server/static/world.svg``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from server.drawing.generate.world import world_svg

ROOT = Path(__file__).parents[3]

topology = json.loads((Path(sys.argv[1]) / "package" / "countries-50m.json").read_text(encoding="utf-8"))
countries = json.loads((ROOT / "kg" / "link" / "data" / "countries.json").read_text(encoding="utf-8"))
text = world_svg(topology, countries)
(ROOT / "server" / "static" / "world.svg").write_text(text, encoding="utf-8")
print(f"world.svg: {len(text.encode()):,} bytes")  # the operator's only output
