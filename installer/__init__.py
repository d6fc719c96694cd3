"""Build scripts and package metadata."""
