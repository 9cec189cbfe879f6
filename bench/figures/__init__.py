"""The figures, by what they are about."""
