"""Read: text of fact files to documents that know their lines."""
