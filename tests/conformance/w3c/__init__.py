"""What runs the W3C's SPARQL suite over HTTP, in parts that know nothing of pytest.

manifest   the suite's files → cases
data       a case's data files → one update that loads them
results    files and replies → solutions;  values, compare   are two the same?
client     requests to the server under test;  launch   that server;  federation   others for SERVICE
exchanges  requests and expectations of the protocol's cases
report     outcomes → EARL

A folder on ``sys.path`` (see ``conftest.py``) and not test modules, because folders of tests are no packages here.
"""
