"""Ask: questions to rows, on the embedded store."""
