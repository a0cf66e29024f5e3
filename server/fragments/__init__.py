"""Triple Pattern Fragments: the graph in pages of triples that fit a pattern, each with the way to all the others.

The interface of https://linkeddatafragments.org/specification/triple-pattern-fragments/: it asks little of the server,
and clients such as Comunica join the pages into answers to SPARQL. :mod:`.terms` and :mod:`.pattern` read what is asked
for, :mod:`.shelf` counts and reads triples, :mod:`.controls` writes the hypermedia controls, :mod:`.view` the page for
people.
"""
