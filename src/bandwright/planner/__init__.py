"""What a week of training comes to for each muscle: sets, work, where in its range, and what to change."""
