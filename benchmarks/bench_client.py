"""How large the web client is as it travels: what a first visit waits for, and what comes after.

Run `make bench` or `python benchmarks/bench_client.py`; the client must have been built (`python hatch_build.py`).
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

CLIENT: Final = Path(__file__).resolve().parents[1] / "src" / "bandwright" / "web" / "client"

SHELL_MOST: Final = 60_000
"""Bytes, compressed, that may come before the first page shows."""

SCENE_MOST: Final = 160_000
"""Bytes, compressed, of the figure's part, which comes later."""


def packed(path: Path) -> int:
    """Bytes of a file as the server sends it."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def shell_files(client: Path = CLIENT) -> list[Path]:
    """The page and what it names: scripts, style sheets, and scripts that those begin with."""
    page = client / "index.html"
    named = re.findall(r'(?:src|href)="/(assets/[^"]+)"', page.read_text(encoding="utf-8"))
    return [page, *(client / name for name in named)]


def later_files(client: Path = CLIENT) -> list[Path]:
    """What is fetched only when it is needed."""
    shell = shell_files(client)
    return sorted(path for path in (client / "assets").iterdir() if path not in shell)


def main() -> int:
    """Prints the sizes; 1 when one is too large."""
    if not (CLIENT / "index.html").is_file():
        Console().print("The client is not built: python hatch_build.py")
        return 1
    table = Table("File", "When", "Bytes", "Compressed")
    for when, files in (("at first", shell_files()), ("later", later_files())):
        for path in files:
            table.add_row(path.name, when, f"{path.stat().st_size:,}", f"{packed(path):,}")
    shell = sum(map(packed, shell_files()))
    scene = sum(packed(path) for path in later_files() if path.name.startswith("scene-"))
    Console().print(table, f"Shell: {shell:,} of {SHELL_MOST:,}; figure: {scene:,} of {SCENE_MOST:,}")
    return int(shell > SHELL_MOST or scene > SCENE_MOST)


if __name__ == "__main__":
    sys.exit(main())
