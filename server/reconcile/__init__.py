"""The reconciliation API 0.2: how OpenRefine and others match the rows of their tables to things of the graph.

The protocol is https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. :mod:`.kinds` and
:mod:`.properties` are the tables of what can be matched and told, :mod:`.ways` reads values; :mod:`.asking` reads
queries, :mod:`.candidates` finds what may be meant, :mod:`.names` and :mod:`.agreement` compare, :mod:`.matching`
decides; :mod:`.extending`, :mod:`.suggesting` and :mod:`.preview` are the services beside it, :mod:`.manifest` names
them all.
"""
