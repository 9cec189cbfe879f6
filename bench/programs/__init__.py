"""Programs that are measured, each in a process of its own."""

LATE = "ended before its answer"
