"""Check: graphs and texts to findings, and findings to problems at the author's line."""
