"""Parquet: the data set as columns, and questions to it in SQL, for what is past one machine."""

QUADS, PREFIXES = "quads", "prefixes.csv"  # what an export holds
