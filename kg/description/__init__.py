"""What the data are, who made them and from what, for catalogues and archives: VoID, DCAT, PROV-O, RO-Crate.

It stands beside the dumps and is served; never is it part of the data, which are the same whenever they are built.
``void`` and ``dcat`` describe the dataset, ``provenance`` and ``crate`` how it was made, ``files`` writes them all.
"""
