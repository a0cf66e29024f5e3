"""What the query page makes of an answer: which pictures it allows, from which columns, and code that asks again.

All of it is worked out from the answer in SPARQL JSON or as triples, so that it can be tried without a server. The
pictures themselves are drawn by :mod:`server.drawing`.
"""
