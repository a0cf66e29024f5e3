"""A stand-in for extraction that workers import, too. It notes what it reads and where, and does what an article says.

``RULES_NOTES`` names the folder of notes: a file for each process, with a line for each article that it read.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from kg.chunks import StartedReading
from kg.corrections.files import Corrections
from kg.records import Article, Reading

SECONDS = 0.02
"""That an article takes."""


def fingerprint() -> str:
    return os.environ.get("RULES_FINGERPRINT", "1")


def start_readings(tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[StartedReading]:
    for article, _ in tasks:
        yield partial(_read, article)


def _read(article: Article) -> Reading:
    if notes := os.environ.get("RULES_NOTES"):
        with Path(notes, str(os.getpid())).open("a") as file:
            file.write(f"{article.id}\n")
    time.sleep(SECONDS)
    if "deadly" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "unreadable" in article.text:
        raise LookupError("a word that nobody foresaw")
    return Reading(article)
