"""The terminals of SPARQL as pyoxigraph 0.5.13 reads them, as regular expressions.

SPARQL's own grammar (§19.8, productions 139-173) is not enough: the engine parses without a tokenizer and
differs in places. It takes one dotted part in a local name and not several, ends a keyword with its last letter
even where letters follow, knows ``1.e5``, and allows no character above U+FFFF in a name. What is here is at
least as generous as the engine where it matters, which is where a token ends.
"""

from __future__ import annotations

import re

_START = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_NAME = rf"{_START}_0-9\-\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PART = rf"(?:[{_NAME}:]|{_ESCAPE})"

IRI = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\[uU])*+>"
VARIABLE = rf"[?$][{_START}_0-9][{_START}_0-9\u00b7\u0300-\u036f\u203f-\u2040]*+"
PREFIX = rf"(?:[{_START}](?:[{_NAME}.]{{0,63}}[{_NAME}])?)?:"  # bounded, or a long dotted word costs its square
LOCAL = rf"(?:(?:[{_START}_0-9:]|{_ESCAPE}){_PART}*+(?:\.++{_PART}++)?+)?"
SPACE = r"(?:[ \t\r\n]++|#[^\r\n]*+)"
_BLANK = rf"_:[{_START}_0-9][{_NAME}]*+(?:\.++[{_NAME}]++)*+"
_LANGUAGE = r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?"
_NUMBER = r"(?:[0-9]++\.[0-9]*+|\.[0-9]++|[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++"
_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*+'''|"
    r'"(?:[^"\\\r\n]|\\.)*+"|'
    r"'(?:[^'\\\r\n]|\\.)*+'"
)

TOKEN = re.compile(
    rf"(?P<space>{SPACE})|(?P<iri>{IRI})|(?P<string>{_STRING})|(?P<language>{_LANGUAGE})"
    rf"|(?P<variable>{VARIABLE})|(?P<blank>{_BLANK})|(?P<name>{PREFIX}{LOCAL})"
    rf"|(?P<number>{_NUMBER})|(?P<word>[{_START}][{_NAME}]*+)|(?P<mark>[^\"'\\])",
    re.DOTALL,
)
OPERANDS = frozenset({"iri", "string", "language", "variable", "blank", "name", "number"})

_STRICT = r"\\[tbnrf\"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
# A string that the engine is certain to take whole; after another escape it starts again at the third quote.
SOUND_STRING = re.compile(rf"(?:[^\\]|{_STRICT})*+", re.DOTALL)
# A local name after which the engine may find that prefix and name make no IRI, and read the name again as tokens.
ODD_LOCAL = re.compile(r"[\\\ufff0-\ufffd]")
# An IRI that ends in its authority, or hides what it ends in: with a local name behind it, it may be no IRI either.
ODD_PREFIX = re.compile(r"<(?:[^<>]*\\[uU][^<>]*|[^<>/?#]*//[^<>/?#]*)>")

# Every word that the engine's grammar knows, so that a token may begin where one of them ends.
_WORDS = """
    a abs add adjust all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains copy
    count create data datatype day default delete desc describe distinct drop encode_for_uri exists false filter floor
    from graph group group_concat haslang haslangdir having hours if in insert into iri isblank isiri isliteral
    isnumeric istriple isuri lang langdir langmatches lateral lcase limit load max md5 min minus minutes month move
    named not now object offset optional order predicate prefix rand reduced regex replace round sameterm sample
    seconds select separator service sha1 sha256 sha384 sha512 silent str strafter strbefore strdt strends strlang
    strlangdir strlen strstarts struuid subject substr sum timezone to triple true tz ucase undef union uri
    using uuid values version where with year
"""
KEYWORDS = frozenset(_WORDS.split())
LONGEST_KEYWORD = max(map(len, KEYWORDS))
