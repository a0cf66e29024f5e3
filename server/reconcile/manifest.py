"""The manifest: what the service offers and where, as clients read it first."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from kg.formats import PREFIXES
from server.description import TITLE
from server.reconcile.asking import MOST_QUERIES
from server.reconcile.extending import SETTINGS
from server.reconcile.kinds import PARTY, TYPE_OF, TYPES, type_data

VERSIONS: Final = ("0.2",)
PREVIEW: Final = {"width": 420, "height": 260}
"""Pixels of the box that a preview is shown in."""

_DEFAULT_KINDS: Final = ("country", "organization", "person", "place", "crisis", "event")


def manifest(root: str, base: str, logo: str | None) -> dict[str, object]:
    """The service manifest.

    Args:
        root: the address of the server, without a slash at its end.
        base: the base IRI of the data, with one.
        logo: the path of a square picture, if there is one.
    """
    defaults = [*(TYPE_OF[kind] for kind in _DEFAULT_KINDS), TYPES[PARTY]]
    suggested = {what: _suggest(root, what) for what in ("entity", "property", "type")}
    return {
        "versions": [*VERSIONS],
        "name": f"{TITLE}: aid in crises",
        "identifierSpace": f"{base}id/",
        "schemaSpace": f"{PREFIXES['schema']}Thing",
        "serviceVersion": version("aidgraph"),
        **({"logo": f"{root}{logo}"} if logo else {}),
        "defaultTypes": [type_data(one) for one in defaults],
        "view": {"url": f"{root}/reconcile/view?id={{{{id}}}}"},
        "preview": {"url": f"{root}/reconcile/preview?id={{{{id}}}}", **PREVIEW},
        "suggest": suggested,
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/reconcile/properties"},
            "property_settings": [*SETTINGS],
        },
        "batchSize": MOST_QUERIES,
    }


def _suggest(root: str, what: str) -> dict[str, str]:
    return {
        "service_url": root,
        "service_path": f"/reconcile/suggest/{what}",
        "flyout_service_path": f"/reconcile/flyout/{what}?id=${{id}}",
    }
