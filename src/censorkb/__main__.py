"""`python -m censorkb` is the same as `censorkb`."""

from censorkb.cli import main

main()
