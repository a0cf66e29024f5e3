"""What those who run the server see of it: numbers for Prometheus, and a line for each request.

:mod:`.watcher` is told of each exchange, :mod:`.board` holds the numbers where other processes see them,
:mod:`.metrics` writes them out, :mod:`.accesslog` writes the lines.
"""
