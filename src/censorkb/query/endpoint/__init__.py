"""SPARQL over HTTP: our own endpoint on this machine, and the servers of others. Nothing else in the program reaches a network."""
