"""From words to entities: the gazetteer of what is known beforehand, and the choice among it."""
