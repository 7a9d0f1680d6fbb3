"""Whether this process compiles or has compiled anything, or only loads what an earlier one kept.

The two may round differently: what is compiled in one go is optimised in one go, and sums are contracted otherwise.
Who needs the same answer to the last bit from several processes takes it from ones that have compiled nothing.
"""

# numba ships no types.
# mypy: disable-error-code="import-untyped, misc, no-untyped-call"

from __future__ import annotations

from typing import Any, Final

from numba.core import event


class _Witness(event.Listener):
    """Remembers that something was compiled, and knows whether something is just now."""

    def __init__(self) -> None:
        self.seen = False
        self.depth = 0

    def on_start(self, _: Any) -> None:  # noqa: ANN401 — numba's own kind of event
        self.seen = True
        self.depth += 1  # what a function calls is compiled within it

    def on_end(self, _: Any) -> None:  # noqa: ANN401
        self.depth -= 1


_WITNESS: Final = _Witness()
event.register("numba:compile", _WITNESS)


def compiled_here() -> bool:
    """Whether anything was compiled in this process since the engine's modules were imported."""
    return _WITNESS.seen


def compiling() -> bool:
    """Whether something is being compiled in this process just now."""
    return _WITNESS.depth > 0
