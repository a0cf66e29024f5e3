"""Queries in processes that can be killed: the engine has no way to stop a query, and some abort it.

:mod:`.forker` makes the processes, :mod:`.worker` is what they do, :mod:`.pool` is how the server uses them,
:mod:`.wire` is what they say to each other.
"""
