"""The embedded description is safe text."""

from __future__ import annotations

import json

from server.schemaorg import dump_script, script_hash


def test_dump_script_cannot_leave_its_element() -> None:
    text = dump_script({"name": "</script><!-- & \u2028", "empty": [], "none": None})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"@context": "https://schema.org", "name": "</script><!-- & \u2028"}


def test_script_hash_is_the_one_that_browsers_compute() -> None:
    # From the CSP specification, example in section 8.3: alert('Hello, world.');
    assert script_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
