"""The bytes of a file to the text that every offset counts in.

Why not ``Path.read_text``: articles come as UTF-8, as UTF-16 with a mark, and as Windows-1252 from
old archives, and a guess that silently yields nonsense would end up quoted in the graph. So an
encoding is taken only where it fits without doubt; everything else is an error that says what to do.
Latin-1 needs no case of its own: its printable characters are the same in Windows-1252.

Control characters are not allowed in XML 1.0, so they could not be served. A few are dirt that must not cost an
article: they are read as spaces, one for one, so that offsets still fit the file. Many are a binary file.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kg.errors import ArticleError

SIZE_LIMIT = 10 * 1024 * 1024
"""Bytes. The largest file that is still read (10 MiB, some 1.5 million words: more than any article)."""

FOREIGN_LIMIT = 0.25
"""The share of bytes above 127 up to which a file may be Windows-1252. English and French keep below 0.1;
Cyrillic or Greek in one of their own one-byte encodings is above 0.6 and would decode to nonsense."""

STRAY_LIMIT = 0.02
"""The share of control characters up to which a text is a text with dirt in it. Of UTF-16 read as UTF-8 a half are;
of programs and pictures more than a tenth."""

MARKS = (  # UTF-32 first: its little-endian mark begins with the one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_FORMATS = {b"%PDF-": "a PDF document", b"{\\rtf": "an RTF document"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_WORD = re.compile(r"[^\W_]")
_EXPECTED = "expected plain text in UTF-8, UTF-16 with a byte order mark, or Windows-1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and a remark for whatever was done to it that its author may want to know."""

    text: str
    remarks: tuple[str, ...] = ()


def decode_text(data: bytes, *, source: str) -> Decoded:
    """Decode a file; a byte order mark is dropped and :func:`settle` does the rest.

    Args:
        data: the file's bytes.
        source: what an error calls the file.

    Raises:
        ArticleError: the file is too large, binary, in an unknown encoding, or holds no words.
    """
    check_size(len(data), source=source)
    refuse_format(data, source=source, expected=_EXPECTED)
    return settle(_decode(data, source), source=source)


def settle(text: str, *, source: str) -> Decoded:
    """CRLF and CR become LF, stray control characters spaces; nothing else changes.

    Raises:
        ArticleError: the text has more control characters than strays, or no words.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _WORD.search(text):
        raise ArticleError(source, "is empty or holds no words; expected an article; remove it or fill it")
    first = _CONTROL.search(text)
    if first is None:
        return Decoded(text)
    spaced, number = _CONTROL.subn(" ", text)
    where = f"the first is U+{ord(first[0]):04X} at character {first.start()}"
    if number > STRAY_LIMIT * len(text):
        what = f"{number:,} of {len(text):,} characters are control characters ({where}), so this looks binary"
        raise ArticleError(source, f"{what}; {_EXPECTED}; convert the file to text first")
    return Decoded(spaced, (f"{number:,} control character{'s' * (number > 1)} read as spaces ({where})",))


def check_size(size: int, *, source: str) -> None:
    """Refuse a file over :data:`SIZE_LIMIT`; called with the size on disk before anything is read.

    Raises:
        ArticleError: the file is too large.
    """
    if size > SIZE_LIMIT:
        got = f"the file has {size:,} bytes; expected at most {SIZE_LIMIT:,} (10 MiB)"
        raise ArticleError(source, f"{got}; split it into one file an article")


def refuse_format(data: bytes, *, source: str, expected: str) -> None:
    """Refuse documents of word processors and the like, which may hold no control characters at all.

    Raises:
        ArticleError: the bytes begin as those of such a format do.
    """
    for mark, name in _FORMATS.items():
        if data.startswith(mark):
            raise ArticleError(source, f"the file is {name}; {expected}; convert it to text first")


def _decode(data: bytes, source: str) -> str:
    mark, encoding = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if not mark and (text := decode_windows(data)) is not None:
            return text
        where = f"byte {error.start + len(mark)} is not {encoding.upper()}"
        raise ArticleError(source, f"{where}; {_EXPECTED}; save it as UTF-8") from error


def decode_windows(data: bytes) -> str | None:
    """Windows-1252, where it is likely: five bytes are undefined in it, and foreign letters must be few."""
    foreign = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if foreign > FOREIGN_LIMIT * len(data):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None
