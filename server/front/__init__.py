"""The door: every request comes in here. Queries are answered here, everything else by the Flask application."""
