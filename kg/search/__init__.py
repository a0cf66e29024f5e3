"""Full text: how the words that people type are read, and the functions by which SPARQL finds things by words.

:mod:`.words` reads and knows no index; :mod:`.functions` looks in the index of one generation (:mod:`kg.index`).
The pages that search are :mod:`server.search`.
"""
