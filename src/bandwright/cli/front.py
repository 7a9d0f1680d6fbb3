"""The door: answers the two most common questions at once and opens the program for the rest.

Nothing is imported here that takes time: reading the commands alone takes longer than all of this.
"""

from __future__ import annotations

import sys

from bandwright import __version__
from bandwright.cli.front_page import FRONT_PAGE

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 + SIGINT."""


def run(words: list[str]) -> int:
    """Runs one command line; answers the exit code."""
    try:
        if not words or words in (["--help"], ["-h"]):
            sys.stdout.write(FRONT_PAGE)
            sys.stdout.flush()
            return 0
        if words == ["--version"]:
            sys.stdout.write(f"bandwright {__version__}\n")
            sys.stdout.flush()
            return 0
        from bandwright.lazy import tune_interpreter  # noqa: PLC0415 — see above

        tune_interpreter()
        from bandwright.cli.program import run_program  # noqa: PLC0415 — see above

        return run_program(words)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; nothing was changed.\n")
        return INTERRUPTED
    except BrokenPipeError:
        return _nobody_reads()


def _nobody_reads() -> int:
    """Ends quietly when the reader of our output has gone, as after `| head`."""
    import os  # noqa: PLC0415 — rarely needed

    # Python flushes stdout once more on its way out, which would fail again and say so.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
