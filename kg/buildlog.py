"""What a build leaves for whoever comes later: a report of it, and a list of what was refused.

``DATA/report.json`` is of the last build; ``DATA/refused.log`` has a line for each article that it could not read, and
is gone when there is none. Standard error scrolls away, and a nightly build has nobody who reads it.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import StoreError
from kg.plain import plain_line

if TYPE_CHECKING:
    from kg.pipeline import BuildReport
    from kg.progress import Stages

REPORT: Final = "report.json"
REFUSED: Final = "refused.log"


def write_build_log(data: Path, report: BuildReport, stages: Stages) -> None:
    """Write both files; each appears whole or not at all.

    Raises:
        StoreError: they cannot be written.
    """
    try:
        _write(data / REPORT, json.dumps(build_record(report, stages), indent=2) + "\n")
        if report.intake.failures:
            _write(data / REFUSED, "".join(f"{plain_line(failure)}\n" for failure in report.intake.failures))
        else:
            (data / REFUSED).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{data}: the report of the build cannot be written ({error}); the graph was built") from error


def build_record(report: BuildReport, stages: Stages) -> Mapping[str, Any]:
    """The report as JSON: times in seconds, peaks of resident memory in MiB (of this process, of the largest other)."""
    intake = report.intake
    return {
        "seconds": round(report.seconds, 3),
        "stages": {stage: round(seconds, 3) for stage, seconds in stages.seconds.items()},
        "articles": {
            "read": intake.read,
            "unchanged": intake.unchanged,
            "removed": len(intake.removed),
            "refused": len(intake.failures),
        },
        "quads": {"added": report.change.added, "removed": report.change.removed},
        "graph": asdict(report.counts),
        "findings": len(report.findings),
        "warnings": len(report.warnings),
        "memory": {"main": _peak(resource.RUSAGE_SELF), "largest": _peak(resource.RUSAGE_CHILDREN)},
        "processor": round(sum(_processor(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)), 3),
    }


def _peak(who: int) -> float:
    """MiB. ``ru_maxrss`` is in KiB, on macOS in bytes: getrusage(2) of each."""
    return round(resource.getrusage(who).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def _processor(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _write(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
