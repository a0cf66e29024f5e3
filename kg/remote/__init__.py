"""A SPARQL 1.1 store of somebody else's making, behind the same site, endpoint and commands.

:mod:`.attaching` is what commands call; :mod:`.store` offers what readers of the embedded store use, over the SPARQL
1.1 Protocol; :mod:`.client` is the one place that opens connections.
"""
