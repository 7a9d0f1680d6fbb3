"""Whether this process has compiled anything, or only loads what an earlier one kept.

The two may round differently: what is compiled in one go is optimised in one go, and sums are contracted otherwise.
Who needs the same answer to the last bit from several processes takes it from ones that have compiled nothing.
"""

# numba ships no types.
# mypy: disable-error-code="import-untyped, misc, no-untyped-call"

from __future__ import annotations

from typing import Any, Final

from numba.core import event


class _Witness(event.Listener):
    """Remembers that something was compiled."""

    def __init__(self) -> None:
        self.seen = False

    def on_start(self, _: Any) -> None:  # noqa: ANN401 — numba's own kind of event
        self.seen = True

    def on_end(self, _: Any) -> None:  # noqa: ANN401
        """Nothing more to remember."""


_WITNESS: Final = _Witness()
event.register("numba:compile", _WITNESS)


def compiled_here() -> bool:
    """Whether anything was compiled in this process since the engine's modules were imported."""
    return _WITNESS.seen
