"""Readings as RDF: every fact of an article as triples of its named graph, with the words that prove it.

pyoxigraph's terms are used directly: rdflib's cost several times as much per triple, and the store would
turn them into these anyway. No blank nodes; every IRI is made from content (:mod:`kg.rdf.iris`).
"""
