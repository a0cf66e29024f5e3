"""Search: the page, its JSON, suggestions while somebody types, and the description that browsers read.

What was typed is read by :mod:`kg.search.words`; :mod:`.near` puts wrong spelling right, :mod:`.find` asks the index,
:mod:`.page` and :mod:`.suggest` make of that what is shown.
"""
