"""Aid news articles to RDF: read, extract, link, merge, write, validate, store, dump.

The path of one article is in :mod:`kg.pipeline`; every stage takes and returns the frozen
records of :mod:`kg.records`. This package never imports :mod:`server`.
"""
