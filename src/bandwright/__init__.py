"""Bandwright: what a resistance-band set-up really does."""

__version__ = "0.1.0"
