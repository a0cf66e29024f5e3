"""What reading an article costs beside bare spaCy: ``python tests/benchmarks/reading.py``.

All of it is one process's own time of the processor, in milliseconds an article, the least of the repeats, since other
work on the machine only adds to it. Read are files of made-up articles of about a hundred words with headline and
dateline, in chunks as a worker gets them: from the file to the reading as JSON and its lines of RDF. Then the same with
kept parses, as after a change of the rules; and a build's look at files that did not change.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import spacy
from articles import write_articles

from kg import understand
from kg.chunks import ChunkReader, Taken, Task
from kg.extract.nlp import BATCH, MODEL
from kg.intake import CHUNK, take_in
from kg.read import find_sources, read_article
from kg.readings import open_readings
from kg.settings import Settings


def chunks(tasks: Sequence[Task]) -> list[Sequence[Task]]:
    return [tasks[start : start + CHUNK] for start in range(0, len(tasks), CHUNK)]


def measure(work: Callable[[], object], articles: int, repeats: int) -> float:
    """Milliseconds of the processor an article."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000 / articles


def look_again(folder: Path, articles: int, repeats: int) -> float:
    """The same for a build of articles that did not change, without what follows the reading."""
    settings = Settings(data=folder.parent, corrections=folder.parent / "none", jobs=1)
    (folder.parent / "none").mkdir()

    def look() -> None:
        with open_readings(settings.data) as readings:
            take_in([str(folder)], readings, understand, settings, lambda *_: None)

    look()
    time.sleep(2.1)  # files are known by their times two seconds after they changed
    look()
    return measure(look, articles, repeats)


def main() -> None:
    parser = argparse.ArgumentParser(description="The reading of articles beside bare spaCy.")
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_up:
        folder = Path(made_up, "articles")
        write_articles(folder, given.articles, words=(50, 90))
        sources = find_sources([folder])
        texts = [text for one in sources for text in re.split(r"\n\s*\n", read_article(one).text) if text.strip()]
        tasks, nlp = [Task(source, None) for source in sources], spacy.load(MODEL)
        reader = ChunkReader(understand, Settings(), understand.fingerprint())
        taken = [one for chunk in chunks(tasks) for one in reader(chunk)]
        kept = [
            replace(task, parse=one.parse) for task, one in zip(tasks, taken, strict=True) if isinstance(one, Taken)
        ]
        bare = measure(lambda: list(nlp.pipe(texts, batch_size=BATCH)), given.articles, given.repeats)
        new = measure(lambda: [reader(chunk) for chunk in chunks(tasks)], given.articles, given.repeats)
        again = measure(lambda: [reader(chunk) for chunk in chunks(kept)], given.articles, given.repeats)
        look = look_again(folder, given.articles, given.repeats)
        size = sum(len(task.parse or b"") for task in kept) // len(kept)
    print(f"{given.articles} articles, {sum(len(text.split()) for text in texts) // given.articles} words each")
    print(f"bare spaCy {bare:.1f} ms, reading {new:.1f} ms, ratio {new / bare:.2f}")
    print(f"reading from kept parses {again:.1f} ms ({size:,} bytes each), a file that did not change {look:.3f} ms")


if __name__ == "__main__":
    main()
