"""censorkb: who says that which internet service was blocked, where, when, and on what evidence."""

__version__ = "0.1.0"
