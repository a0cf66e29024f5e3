"""Makes the generated tables of ``kg/link/data`` from packages of public registries.

Run by hand when a source is renewed, never by the program: ``python -m kg.link.generate DIR``, where
DIR holds the unpacked packages as ``kg/link/data/SOURCES.md`` says. The same packages give the same
bytes, so that a change in the tables can be read as a difference.
"""
