"""The map and the timeline: the events of a selection as pictures, each with its data as a table beneath.

What an address asks for is read as for ``/events`` (:mod:`server.explore`), so that a picture and the list of its
events have the same parameters and tell of the same events.
"""
