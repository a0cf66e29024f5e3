"""Makes ``server/static/world.svg`` from the package ``world-atlas``; run by hand, never by the server.

``python -m server.drawing.generate DIR``, where DIR holds the unpacked package:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz

Source: world-atlas 2.0.2 (npm, ISC), file ``countries-50m.json``: Natural Earth 4.1, admin 0 countries at 1:50 million,
public domain (https://www.naturalearthdata.com/about/terms-of-use/). Countries are joined to ours by their ISO 3166-1
codes, numeric there, of two letters in ``kg/link/data/countries.json``; the table between the two is CLDR's.
The same package gives the same bytes.
"""
