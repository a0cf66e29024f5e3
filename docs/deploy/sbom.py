"""Write the software bill of materials: what a server is made of, as CycloneDX 1.6 in JSON.

To be run at a release, in an environment that ``requirements.txt`` was installed in, for licences are read from what is
installed; cyclonedx-python-lib, which writes it, is not listed:

    python docs/deploy/sbom.py > aidgraph-VERSION.cdx.json

The parts are the pinned packages of Python with the hashes of their files, and the packages of npm that the site's
scripts are made of, from ``server/ui/package-lock.json``. Parts for other systems or Pythons are listed too. The same
pins give the same bytes: there is no time in it, and its serial number is made of its content.

Why not cyclonedx-bom: it lists what is installed, pip and all, leaves out npm, and puts in the time and the machine.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PIN = re.compile(r"^(?P<wanted>[a-z0-9-]+==[^\\\n]*)\\?\n(?P<hashes>(?: +--hash=.*\n?)*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
CLASSIFIER = "License :: OSI Approved :: "
OTHER_SYSTEM = "not installed here"


def python_parts() -> Iterator[Component]:
    """The pinned packages. One for other systems or Pythons only is not installed here; nothing tells its licence."""
    for pin in PIN.finditer((HERE / "requirements.txt").read_text(encoding="utf-8")):
        wanted = Requirement(pin["wanted"])
        version = str(wanted.specifier).removeprefix("==")
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=content) for content in HASH.findall(pin["hashes"])]
        address = PackageURL("pypi", None, wanted.name, version)
        yield part(wanted.name, version, licence_of(wanted.name), address, hashes)


def licence_of(name: str) -> str:
    """The licence as the package says it: an expression of SPDX, a name, or the name of its classifier."""
    try:
        about = distribution(name).metadata
    except PackageNotFoundError:
        return OTHER_SYSTEM
    every = {key: about.get_all(key) or [""] for key in ("License-Expression", "License", "Classifier")}
    named = every["License"][0]
    told = [line.removeprefix(CLASSIFIER) for line in every["Classifier"] if line.startswith(CLASSIFIER)]
    short = named if "\n" not in named and len(named) < 80 else ""
    return every["License-Expression"][0] or short or " AND ".join(told)


def script_parts() -> Iterator[Component]:
    """What the site's scripts are made of; what only makes them is not sent to anybody."""
    lock = json.loads((ROOT / "server" / "ui" / "package-lock.json").read_text(encoding="utf-8"))
    for place, package in sorted(lock["packages"].items()):
        if not place or package.get("dev") or package.get("optional"):
            continue
        group, _, name = place.rpartition("node_modules/")[2].rpartition("/")
        digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
        hashes = [HashType(alg=HashAlgorithm.SHA_512, content=digest)]
        address = PackageURL("npm", group or None, name, package["version"])
        yield part(name, package["version"], package["license"], address, hashes, group=group or None)


def part(
    name: str, version: str, licence: str, address: PackageURL, hashes: list[HashType], *, group: str | None = None
) -> Component:
    """One package. A licence that is no expression of SPDX is kept as the name that it is."""
    named = [LicenseExpression(licence) if is_spdx(licence) else DisjunctiveLicense(name=licence)]
    return Component(
        type=ComponentType.LIBRARY, name=name, group=group, version=version, licenses=named, purl=address,
        bom_ref=str(address), hashes=hashes,
    )  # fmt: skip


def is_spdx(licence: str) -> bool:
    """Whether it is an expression of SPDX, and not just a name such as "BSD License"."""
    try:
        canonicalize_license_expression(licence)
    except InvalidLicenseExpression:
        return False
    return True


def dump() -> str:
    """The whole bill. Parts stand in their order by address."""
    about = distribution("aidgraph")
    bom = Bom(components=[*python_parts(), *script_parts()])
    address = PackageURL("pypi", None, "aidgraph", about.version)
    bom.metadata.component = Component(
        type=ComponentType.APPLICATION, name="aidgraph", version=about.version, purl=address, bom_ref=str(address),
        licenses=[LicenseExpression("Apache-2.0")],
    )  # fmt: skip
    bom.register_dependency(bom.metadata.component, bom.components)
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    del written["serialNumber"], written["metadata"]["timestamp"]
    text = json.dumps(written, sort_keys=True)
    written["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"
    return json.dumps(written, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(dump())
