"""Ask: questions to rows, on the embedded store or on a server, in a process that can be ended."""

FORMATS = ("table", "csv", "tsv", "json", "md", "ttl")
STORE = "store"  # folder of the store in the output; it follows from the output, and is no part of it
