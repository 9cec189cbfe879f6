"""Build: documents to triples, and what follows from them."""
