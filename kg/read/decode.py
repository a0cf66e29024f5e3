"""The bytes of a file to the text that every offset counts in.

Why not ``Path.read_text``: articles come as UTF-8, as UTF-16 with a mark, and as Windows-1252 from
old archives, and a guess that silently yields nonsense would end up quoted in the graph. So an
encoding is taken only where it fits without doubt; everything else is an error that says what to do.
Latin-1 needs no case of its own: its printable characters are the same in Windows-1252.
"""

from __future__ import annotations

import codecs
import re

from kg.errors import ArticleError

SIZE_LIMIT = 10 * 1024 * 1024
"""Bytes. The largest file that is still read (10 MiB, some 1.5 million words: more than any article)."""

FOREIGN_LIMIT = 0.25
"""The share of bytes above 127 up to which a file may be Windows-1252. English and French keep below 0.1;
Cyrillic or Greek in one of their own one-byte encodings is above 0.6 and would decode to nonsense."""

_MARKS = (  # UTF-32 first: its little-endian mark begins with the one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_FORMATS = {b"%PDF-": "a PDF document", b"{\\rtf": "an RTF document"}  # these may hold no control characters at all
_BINARY = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")  # not allowed in XML 1.0 either, so they could not be served
_WORD = re.compile(r"[^\W_]")
_EXPECTED = "expected plain text in UTF-8, UTF-16 with a byte order mark, or Windows-1252"


def decode_text(data: bytes, *, source: str) -> str:
    """Decode a file; a byte order mark is dropped and CRLF and CR become LF, nothing else changes.

    Args:
        data: the file's bytes.
        source: what an error calls the file.

    Raises:
        ArticleError: the file is too large, binary, in an unknown encoding, or holds no words.
    """
    check_size(len(data), source=source)
    _refuse_format(data, source)
    text = _decode(data, source).replace("\r\n", "\n").replace("\r", "\n")
    if binary := _BINARY.search(text):
        what = f"character {binary.start()} is the control character U+{ord(binary[0]):04X}, so this looks binary"
        raise ArticleError(source, f"{what}; {_EXPECTED}; convert the file to text first")
    if not _WORD.search(text):
        raise ArticleError(source, "the file is empty or holds no words; expected an article; remove it or fill it")
    return text


def check_size(size: int, *, source: str) -> None:
    """Refuse a file over :data:`SIZE_LIMIT`; called with the size on disk before anything is read.

    Raises:
        ArticleError: the file is too large.
    """
    if size > SIZE_LIMIT:
        got = f"the file has {size:,} bytes; expected at most {SIZE_LIMIT:,} (10 MiB)"
        raise ArticleError(source, f"{got}; split it into one file an article")


def _refuse_format(data: bytes, source: str) -> None:
    for mark, name in _FORMATS.items():
        if data.startswith(mark):
            raise ArticleError(source, f"the file is {name}; {_EXPECTED}; convert it to text first")


def _decode(data: bytes, source: str) -> str:
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if not mark and (text := _decode_windows(data)) is not None:
            return text
        where = f"byte {error.start + len(mark)} is not {encoding.upper()}"
        raise ArticleError(source, f"{where}; {_EXPECTED}; save it as UTF-8") from error


def _decode_windows(data: bytes) -> str | None:
    """Windows-1252, where it is likely: five bytes are undefined in it, and foreign letters must be few."""
    foreign = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if foreign > FOREIGN_LIMIT * len(data):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None
