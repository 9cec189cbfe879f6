"""What may be said: the ontology folder, read into terms, forms and words."""
