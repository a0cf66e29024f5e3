"""What all articles together say: one entity for each key, one event for each giving.

Articles are read one by one; here their readings meet. Nothing in this package knows RDF or the store.
"""
