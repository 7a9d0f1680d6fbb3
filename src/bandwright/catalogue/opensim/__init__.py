"""Writing a set-up as the files of OpenSim: model, motion, loads and how to run them."""
