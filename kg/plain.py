"""Text of others as a line for a terminal or a log: nothing in it moves the cursor, hides a word or begins a line.

Names of files and words of articles stand in what the commands print. A terminal obeys what stands behind an escape
character, and some obey enough of it to harm who reads a log (CWE-150).
"""

from __future__ import annotations


def plain_line(text: str) -> str:
    """The text in one line; what does not print is escaped as Python would, runs of white space become one space."""
    return plain(" ".join(text.split()))


def plain(text: str) -> str:
    """The text with its line ends and tabs; what else does not print, marks of writing direction too, is escaped."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter in "\n\t" else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
