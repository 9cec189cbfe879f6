"""Change: what somebody does to the fact files, and what that says."""
