"""Studies: cohorts of people times set-ups, judged one by one and kept as one table."""
