"""The files of the whole graph, each kind in a module: what ``kg.dump`` puts together.

The server needs to know what files there are and not how they are made, so that it imports ``kg.dumps.manifest`` alone.
"""
