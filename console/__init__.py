"""Everything that is not a window."""
