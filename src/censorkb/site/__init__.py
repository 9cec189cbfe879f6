"""Show: rows to the pages of a static site."""
