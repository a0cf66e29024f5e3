"""The lists to explore: events and articles as tables with filters and facets, countries and people by name.

What an address asks for is an :class:`~.asking.Asked` (pure), and becomes a :class:`~.choosing.Selection` by the
:mod:`.columns` of the index, which are kept in memory. Page, facets, exports and the SPARQL query are all made from
that one selection, so that none of them can tell another story.
"""
