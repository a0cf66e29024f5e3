"""From what was understood of an article to its explanation: every finding in the passage that it was found in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kg.explain.edited import edited
from kg.explain.facts import fact_findings
from kg.explain.findings import Explanation, Finding, Named, Passage, Subject
from kg.explain.metadata import metadata
from kg.explain.names import EntityNames, name_findings
from kg.extract.trail import sentences
from kg.records import Article, BlockKind, Span
from kg.understand import Understood


def explain(understood: Understood, source: str, *, remarks: tuple[str, ...] = ()) -> Explanation:
    """Everything that was seen in the article, in the order of its text.

    Args:
        understood: what a build would keep, with what it was made of.
        source: where the article was read from, as its reader knows it.
        remarks: what else there is to tell of the whole, besides what its reader has to tell.
    """
    reading, topic = understood.reading, understood.scene.topic
    names = EntityNames({**understood.scene.entities, **{entity.key: entity for entity in reading.entities}})
    findings = [*name_findings(understood, names), *fact_findings(reading, names)]
    return Explanation(
        id=reading.article.id,
        source=source,
        metadata=metadata(reading.article),
        remarks=(*reading.article.remarks, *remarks),
        topic=Subject(names.full(topic.crisis), names.all(topic.struck), topic.why),
        corrections=edited(reading, names),
        entities=tuple(
            Named(entity.key, entity.name, entity.same_as, entity.listed, entity.reason) for entity in reading.entities
        ),
        passages=_passages(reading.article, sentences(understood.scene), findings),
    )


def _passages(article: Article, read: Sequence[Span], findings: Iterable[Finding]) -> tuple[Passage, ...]:
    """The sentences, and between them the regions that were not read, in the order of the text."""
    starts = [block.span.start for block in article.blocks]
    kinds: dict[Span, tuple[BlockKind, bool]] = {
        span: (article.blocks[bisect_right(starts, span.start) - 1].kind, True) for span in read
    }
    covered = {bisect_right(starts, span.start) - 1 for span in read}
    kinds |= {block.span: (block.kind, False) for number, block in enumerate(article.blocks) if number not in covered}
    spans = sorted(kinds)
    inside: list[list[Finding]] = [[] for _ in spans]
    for found in sorted(findings, key=lambda one: (one.start, one.end, one.kind)):
        inside[max(0, bisect_right(spans, Span(found.start, len(article.text))) - 1)].append(found)
    return tuple(
        Passage(kinds[span][0], span.start, span.end, span.of(article.text), kinds[span][1], tuple(found))
        for span, found in zip(spans, inside, strict=True)
    )
