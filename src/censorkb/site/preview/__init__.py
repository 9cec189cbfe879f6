"""The preview: the site on this machine while somebody works on it, made again when a file changes."""
