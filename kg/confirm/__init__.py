"""Links that editors confirm: a table of candidates to look at, and the same table with their verdicts, read by builds.

What the tables of :mod:`kg.link` cannot tell for certain, a person can. ``aidgraph candidates`` writes them
(:mod:`kg.confirm.candidates`) into the file that the next build reads (:mod:`kg.confirm.files`).
"""
