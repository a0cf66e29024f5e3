"""The Flask application that serves the graph: SPARQL, linked data, pages and dumps."""
