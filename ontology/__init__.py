"""The aid ontology, its SHACL shapes and the competency questions, as package data.

Read with ``importlib.resources.files("ontology")`` so that an installed wheel works like a checkout.
"""
