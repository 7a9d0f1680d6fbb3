"""How one server is set up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

CLIENT: Final = Path(__file__).with_name("client")
"""Where the build puts the client's files."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What a server may be asked, by whom and for how long."""

    host: str = "127.0.0.1"
    """The address it listens at; a loopback address serves this computer only."""
    names: tuple[str, ...] = ()
    """Names, besides its own, by which browsers may ask for it, as behind a proxy."""
    client: Path = CLIENT
    """Folder of the client's built files."""
    most_bytes: int = 65_536
    """Largest body of a request; a set-up with everything in it has a tenth."""
    longest_s: float = 30.0
    """Longest time a question may take, waiting included."""
    longest_design_s: float = 20.0
    """Time after which a design answers with the best so far."""
    most_waiting: int = 32
    """Questions that may wait for the engine."""
    warm_up: bool = True
    """Whether the engine is loaded when the server starts, so that the first answer is quick."""
