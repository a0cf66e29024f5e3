"""The example notebook runs, and shows what it is committed with; ``--write-gold`` writes its outputs anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


def _outputs(notebook: nbformat.NotebookNode) -> list[list[str]]:
    """What each cell of code shows, as text."""
    return [
        [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.slow
def test_notebook_runs_and_shows_what_it_says(seeds_data: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    said = _outputs(notebook)
    shutil.copytree(seeds_data, tmp_path / "data", symlinks=True)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, record_timing=False, resources=resources).execute()
    if pytestconfig.getoption("--write-gold"):
        nbformat.write(notebook, NOTEBOOK)
    assert any(said)
    assert _outputs(notebook) == said
