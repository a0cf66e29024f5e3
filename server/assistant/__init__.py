"""Tools for assistants, by the Model Context Protocol: search, list, describe, query, vocabulary.

An assistant is one more client of the server. What it asks goes through the same door as what browsers and scripts
ask (:mod:`server.front`), so that it meets the same limits and reads the same answers; nothing here opens the store.
"""
