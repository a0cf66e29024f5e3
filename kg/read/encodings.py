"""The bytes of a web page to its text: by mark, by what the page says of its encoding, by whether it fits.

Why not a guesser, and why not the parser's own choice: the parser believes the page, and many pages say ISO-8859-1
and are UTF-8, or say UTF-8 and hold one broken advertisement. UTF-8 can hardly fit by chance, so it is
tried first; what the page says comes next.
"""

from __future__ import annotations

import codecs
import re

from kg.errors import ArticleError
from kg.read.decode import MARKS, Decoded, check_size, decode_windows, refuse_format, settle

SEARCHED = 4096
"""Bytes from the start in which a page may name its encoding; the standard says 1,024 (HTML, 13.2.3.2)."""

BROKEN_LIMIT = 0.001
"""The share of characters that may be undecodable in a page whose encoding is otherwise clear."""

_SAID = re.compile(
    r"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE
)
_OF_PAGES = re.compile(r"(?:iso8859|cp|koi8|gb|big5|euc|shift_jis|iso2022|mac|tis)[\w-]*")
"""Python's names of the encodings that pages may have; it knows others, such as rot13 (Encoding Standard, 4.2)."""
_WINDOWS = frozenset({"ascii", "iso8859-1"})
"""What Windows-1252 must be read for, by the same standard."""
_EXPECTED = "expected a web page in UTF-8 or in the encoding that it names"


def decode_page(data: bytes, *, source: str) -> Decoded:
    """Decode a page; undecodable bytes that are few become U+FFFD and are remarked upon.

    Args:
        data: the file's bytes.
        source: what an error calls the file.

    Raises:
        ArticleError: the file is too large, binary, in no encoding that fits, or holds no words.
    """
    check_size(len(data), source=source)
    refuse_format(data, source=source, expected=_EXPECTED)
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_most(data[len(mark) :], encoding, source)
    said = _said(data)
    for encoding in dict.fromkeys(("utf-8", said)):
        try:
            return settle(data.decode(encoding), source=source)
        except UnicodeDecodeError:
            continue
    if said == "utf-8" and (text := decode_windows(data)) is not None and _broken(data) > BROKEN_LIMIT:
        return settle(text, source=source)
    return _decode_most(data, said, source)


def _said(data: bytes) -> str:
    """The encoding that the page names, UTF-8 where it names none that is known."""
    match = _SAID.search(data[:SEARCHED].decode("latin-1"))
    try:
        name = codecs.lookup(match[1]).name if match else "utf-8"
    except LookupError:
        return "utf-8"
    if name in _WINDOWS:
        return "cp1252"
    return name if _OF_PAGES.fullmatch(name) else "utf-8"


def _broken(data: bytes) -> float:
    """The share of characters that are not UTF-8."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") / len(text)


def _decode_most(data: bytes, encoding: str, source: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost > BROKEN_LIMIT * len(text):
        raise ArticleError(source, f"{lost:,} characters are not {encoding.upper()}; {_EXPECTED}; save it as UTF-8")
    settled = settle(text, source=source)
    remark = (f"{lost:,} undecodable byte{'s' * (lost > 1)} read as U+FFFD",) if lost else ()
    return Decoded(settled.text, (*settled.remarks, *remark))
