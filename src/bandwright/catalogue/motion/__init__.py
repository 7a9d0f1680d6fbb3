"""Recorded motion from the field's tools: OpenSim coordinate files and marker trajectories."""
