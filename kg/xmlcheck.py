"""RDF/XML looked through before the engine reads it: entities that grow without end stop here.

pyoxigraph expands the entities of a document type in memory, whatever they grow to (0.5.13: a file of 700 bytes ends
the process). Expat gives up when a document has grown a hundredfold (2.4 and newer, which every Python from 3.11
brings), and it reads no external entity unless told how, which nobody does here.
"""

from __future__ import annotations

from typing import IO
from xml.parsers import expat


def check_xml(file: IO[bytes]) -> None:
    """Read a document to its end.

    Raises:
        xml.parsers.expat.ExpatError: it is not well-formed, or its entities grow too much.
    """
    expat.ParserCreate().ParseFile(file)
