"""What dumps cost: ``python tests/benchmarks/dumps.py DATA [--to FOLDER]``.

Each format is written in a process of its own, from the newest store of the data folder, which is only read. Told for
each are the seconds (of the clock and of the processor), statements or rows a second without the sorting that all
share, the peak of resident memory, sizes, and what Zstandard makes of the size of gzip.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.dump import write_dumps
from kg.dumps.lines import sort_graph
from kg.dumps.manifest import FORMATS
from kg.settings import Settings
from kg.store import open_snapshot


def measure(data: Path, folder: Path, form: str) -> dict[str, Any]:
    """Write one format, or only sort for ``sort``; what it cost and made."""
    snapshot = open_snapshot(data)
    clock, processor = time.monotonic(), time.process_time()
    files: list[dict[str, Any]] = []
    if form == "sort":
        graph = sort_graph(snapshot, folder)
        files = [{"name": "quads", "size": 0, "count": graph.quads}]
    else:
        manifest = write_dumps(snapshot, folder, base=Settings().base, note={}, formats=(form,))
        files = [{"name": f.name, "size": f.size, "count": f.statements or f.rows or 0} for f in manifest.files]
    return {
        "clock": time.monotonic() - clock,
        "processor": time.process_time() - processor,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "files": files,
    }


def measure_apart(data: Path, folder: Path, form: str) -> dict[str, Any]:
    """The same in a process of its own, so that peaks are those of this format."""
    command = [sys.executable, __file__, str(data), "--to", str(folder), "--only", form]
    told: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return told


def line_of(form: str, cost: dict[str, Any], shared: float) -> str:
    """``ttl: 5.1 s (5.0 s of the processor), 93,000 a second, peak 300 MiB; …``"""
    apart = max(cost["processor"] - shared, 0.01)
    counts = [file["count"] for file in cost["files"]]
    count = sum(counts) if form == "parquet" else max(counts)  # four tables, but one graph packed twice
    sizes = ", ".join(f"{file['name']} {file['size'] / 1e6:.3f} MB" for file in cost["files"] if file["size"])
    packed = [file["size"] for file in cost["files"]]
    ratio = f"; zst is {packed[1] / packed[0]:.2f} of gz" if len(packed) == 2 else ""
    times = f"{cost['clock']:.1f} s ({cost['processor']:.1f} s of the processor)"
    return f"{form}: {times}, {count / apart:,.0f} a second, peak {cost['memory']:.0f} MiB; {sizes}{ratio}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="data folder, as --data of a build")
    parser.add_argument("--to", type=Path, help="folder to write to; else one that is deleted")
    parser.add_argument("--only", choices=["sort", *FORMATS], help="one format, told as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.to or Path(temporary)
        if options.only:
            print(json.dumps(measure(options.data, folder, options.only)))
            return
        shared = measure_apart(options.data, folder, "sort")
        quads = shared["files"][0]["count"]
        print(f"{quads:,} quads, sorted in {shared['clock']:.1f} s, peak {shared['memory']:.0f} MiB")
        for form in FORMATS:
            print(line_of(form, measure_apart(options.data, folder, form), shared["processor"]), flush=True)


if __name__ == "__main__":
    main()
