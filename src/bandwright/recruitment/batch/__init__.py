"""Recruitment and capacity for many set-ups that share one posed repetition."""
