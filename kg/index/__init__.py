"""The index: what pages list, count, filter and search, as one SQLite file beside the store of each generation."""
