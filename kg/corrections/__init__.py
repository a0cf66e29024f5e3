"""Editors overrule what was read of an article: a YAML file beside it adds, changes and rejects.

A file is read and checked whole (:mod:`kg.corrections.files`) before anything is read anew. Links are corrected
before facts are read, so that the facts follow (:mod:`kg.corrections.links`); facts are corrected after that
(:mod:`kg.corrections.facts`). What was done stays in the reading, apart from the facts.
"""
