"""What the terminal shows: 80 columns, understandable without colour."""
