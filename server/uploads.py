"""The body of a request to files of RDF: unpacked, cut into its parts, and never larger than it may be.

Files and not bytes, because what is uploaded may be hundreds of megabytes, and because another process reads it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from gzip import BadGzipFile, GzipFile
from itertools import count
from pathlib import Path
from typing import IO, Final

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from kg.writing import Payload
from server.problems import BadRequest, TooLarge
from server.writes import MULTIPART, is_multipart, is_packed, upload_format

_CHUNK: Final = 1 << 16
_MAX_PARTS: Final = 1000
_MAX_FIELDS: Final = 1 << 16  # bytes of form fields that are no files


def receive(
    stream: IO[bytes], folder: Path, *, content_type: str | None, content_encoding: str | None, limit: int
) -> tuple[Payload, ...]:
    """Write the body to files in ``folder``, one for each part of a form.

    Args:
        limit: bytes that the body may have, packed or not.

    Raises:
        UnsupportedMedia: a form of RDF or of packing that is not taken.
        TooLarge: it has more than ``limit`` bytes.
        BadRequest: it is not what its headers say.
    """
    unpacked = _unpacked(stream) if is_packed(content_encoding) else _chunks(stream)
    form = is_multipart(content_type)
    payload = Payload(folder / "body", "" if form else upload_format(content_type))
    _save(unpacked, payload.path, limit)
    return _parts(payload.path, folder, content_type) if form else (payload,)


def _chunks(stream: IO[bytes] | GzipFile) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _unpacked(stream: IO[bytes]) -> Iterator[bytes]:
    try:
        with GzipFile(fileobj=stream) as file:
            yield from _chunks(file)
    except (BadGzipFile, EOFError, zlib.error) as error:
        raise BadRequest(f"The body is not gzip, as Content-Encoding says: {error}.") from error


def _save(chunks: Iterator[bytes], path: Path, limit: int) -> None:
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge(f"The body has more than the {limit} bytes that are taken here, unpacked.")
            file.write(chunk)


def _parts(body: Path, folder: Path, content_type: str | None) -> tuple[Payload, ...]:
    """The files of a form, written to ``folder`` as they are read; each says its own Content-Type."""
    with ExitStack() as opened, body.open("rb") as file:

        def open_part(*_: object, **__: object) -> IO[bytes]:
            return opened.enter_context((folder / f"part-{next(numbers)}").open("w+b"))

        numbers = count()
        parser = FormDataParser(open_part, max_form_memory_size=_MAX_FIELDS, max_form_parts=_MAX_PARTS, silent=False)
        options = parse_options_header(content_type)[1]
        try:
            _, fields, files = parser.parse(file, MULTIPART, body.stat().st_size, options)
        except ValueError as error:
            raise BadRequest(f"The form cannot be read: {error}.") from error
        except RequestEntityTooLarge as error:
            raise TooLarge(f"The form has more than {_MAX_PARTS} parts, or too much that is no file.") from error
        if fields or not files:
            wrong = f"{', '.join(map(repr, fields))} is none" if fields else "there is none"
            raise BadRequest(f"Send the form's parts as files, each with its Content-Type; {wrong}.")
        parts = [part for _, part in files.items(multi=True)]
        return tuple(Payload(Path(str(part.stream.name)), upload_format(part.content_type)) for part in parts)
