"""Reporters: what a check found, written for a terminal, for GitHub, or for other programs."""
