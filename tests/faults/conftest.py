"""Faults thrown at builds, backups and stores: killed processes, full disks, damaged files, wrong clocks."""

import sys
from pathlib import Path

HELPERS = Path(__file__).parent / "helpers"
sys.path.insert(0, str(HELPERS))  # folders of tests are no packages
