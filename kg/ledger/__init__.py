"""What the builder has written, article by article, so that the next build touches only what changed.

Readings (:mod:`kg.readings`) are what the graph is to say; the ledger is what it says. A build takes the readings that
wait (:mod:`kg.ledger.intake`), merges again the units that they speak in (:mod:`kg.ledger.merging`), names their events
(:mod:`kg.ledger.naming`), chooses descriptions (:mod:`kg.ledger.entities`) and writes the articles that any of this
changes (:mod:`kg.ledger.writing`). The first build is the same with every article waiting. Whatever is not in memory
for one article or one unit is in SQLite, so that memory does not grow with the graph.

The ledger and the store are two files that cannot change in one step; :mod:`kg.ledger.opened` tells how they are kept
in step when a build is killed at any point.
"""
