"""Ask: questions to rows, on the embedded store."""

FORMATS = ("table", "csv", "tsv", "json", "md", "ttl")
