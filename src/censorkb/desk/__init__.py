"""The desk at which fact files are written and corrected."""
