"""Data files, shipped or the person's own, to domain types; every problem of a file at once."""
