"""Reading articles on a cluster of Dask: the same work as in processes of this machine, spread over many.

Workers write what they make as *shards* to storage that all machines share, and tell only where: a shard that is there
is not made again, whoever made it, so that a build that was interrupted goes on where it stood. This machine brings the
shards into its readings, and does all that comes after.

``client.py`` submits and collects, ``worker.py`` is what workers do, ``orders.py`` what they are told, ``shards.py``
what a shard is, ``queue.py`` how much is under way and what becomes of work whose worker died.
"""
