"""What the tables of the dumps hold: their columns, in the order in which they stand.

The entries are the documentation as well: each goes into the file as the description of its column, and a test holds
``docs/dumps.md`` against them. A column is never renamed or given another type; a new one is added at the end.
"""

from __future__ import annotations

from typing import Final

from kg.dumps.columns import (
    Table,
    article_columns,
    articles_columns,
    concept_column,
    concepts_column,
    date_columns,
    evidence_columns,
    iri_column,
    named_thing_columns,
    named_things_columns,
    quantity_columns,
    text_column,
    texts_column,
)

BACKWARDS: Final = ("aid:reports", "aid:item", "aid:statedItem")
"""The properties that columns follow backwards."""

TABLES: Final = (
    Table(
        "events",
        "aid:AidEvent",
        "a giving that some article asserts, in one phase",
        (
            iri_column("event", "the event"),
            text_column("name", "schema:name", "its name, made from what is known of it"),
            concept_column("phase", "aid:phase", "requested, pledged, dispatched or delivered"),
            *date_columns("date", "schema:startDate", "when it happened"),
            *named_things_columns("donors", "donor", "aid:donor", "who gives"),
            *named_things_columns("recipients", "recipient", "aid:recipient", "who receives"),
            *named_things_columns("implementers", "implementer", "aid:implementer", "who carries it out"),
            *named_things_columns("items", "item", "aid:item", "what is given, rows of the table of items"),
            *named_thing_columns("crisis", "aid:crisis", "the crisis that it answers"),
            *named_things_columns("locations", "location", "schema:location", "where it happened"),
            text_column("fulfils", "aid:fulfils", "the earlier phase of the same giving: the event's IRI"),
            *articles_columns("schema:subjectOf"),
            *evidence_columns("^aid:reports/aid:evidence"),
        ),
    ),
    Table(
        "items",
        "aid:AidItem",
        "goods, money, people or services that an article speaks of, asserted or not",
        (
            iri_column("item", "the item"),
            text_column("name", "schema:name", "what is given, in the article's words"),
            concept_column("category", "aid:category", "its kind, a concept of the scheme of categories"),
            *quantity_columns("aid:quantity/"),
            texts_column("events", "^aid:item", "the events that it is given in; none if nothing of it is asserted"),
            texts_column("reports", "^aid:statedItem", "what the article says of the giving: IRIs of reports"),
            concepts_column("modalities", "^aid:statedItem", "aid:modality",
                            "of each of `reports`: asserted, hypothetical or denied"),
            concepts_column("phases", "^aid:statedItem", "aid:statedPhase",
                            "of each of `reports`: requested, pledged, dispatched or delivered"),
            *named_things_columns("donors", "donor", "^aid:statedItem/aid:statedDonor",
                                  "who gives, in any of `reports`"),
            *named_things_columns("recipients", "recipient", "^aid:statedItem/aid:statedRecipient",
                                  "who receives, in any of `reports`"),
            *named_thing_columns("crisis", "^aid:statedItem/aid:crisis", "the crisis that it is given for"),
            *article_columns("^aid:statedItem/schema:appearance"),
            *evidence_columns("^aid:statedItem/aid:evidence"),
        ),
    ),
    Table(
        "observations",
        "schema:Observation",
        "a figure about a crisis, as one article tells it",
        (
            iri_column("observation", "the figure"),
            concept_column("measure", "schema:variableMeasured",
                           "what is counted: deaths, cases, …; `cases-change` is a rise or fall"),
            *quantity_columns(),
            *date_columns("date", "schema:observationDate", "the date that it holds for"),
            *named_thing_columns("place", "schema:observationAbout", "where it was counted"),
            *named_thing_columns("crisis", "aid:crisis", "the crisis that it is about"),
            *article_columns("schema:subjectOf"),
            *evidence_columns(),
        ),
    ),
    Table(
        "quotations",
        "schema:Quotation",
        "what somebody said, word for word",
        (
            iri_column("quotation", "the quotation"),
            text_column("text", "schema:text", "the words said"),
            *named_thing_columns("speaker", "schema:spokenByCharacter", "who said it"),
            *article_columns("schema:isPartOf"),
            *evidence_columns(),
        ),
    ),
)  # fmt: skip
