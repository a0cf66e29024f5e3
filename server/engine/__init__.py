"""Queries in processes that can be killed: the engine has no way to stop a query, and some abort it.

:mod:`.forker` makes the processes and :mod:`.worker` is what they do; :mod:`.pool` is how the server uses them, with
:mod:`.crew` (who is there to work) and :mod:`.run` (one query on its way); :mod:`.wire` is what they say to each other.
"""
