"""`bandwright` and `python -m bandwright`."""

from __future__ import annotations

import sys

from bandwright.cli.front import run


def main() -> int:
    """Runs the program on the words it was called with; answers its exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
