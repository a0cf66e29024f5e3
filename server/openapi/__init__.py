"""What the server is to programs, as an OpenAPI 3.1 description: ``/openapi.json``.

Tables in Python and not one JSON file, so that media types, kinds and limits are those that the code itself uses, and
what a hundred answers have in common stands once. :mod:`.parts` are the pieces, :mod:`.reading` and :mod:`.sparql`
the routes, :mod:`.document` the whole. A test holds it against the routes that there are.
"""
