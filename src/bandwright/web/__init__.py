"""The web: the same use cases as the command line over HTTP, and the pages of the client."""
