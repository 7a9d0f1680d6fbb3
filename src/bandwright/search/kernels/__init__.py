"""Load curves and bounds on effort of very many band set-ups, in lanes."""
