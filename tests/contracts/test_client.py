"""What the web client's sources promise: current types, the report's colours, layers, sizes, and their own tests."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from bandwright.service.report.tokens import Theme, colours
from benchmarks.bench_client import CLIENT, FIGURE, SCENE_MOST, SHELL_MOST, later_files, packed, shell_files

FRONT: Final = Path(__file__).resolve().parents[2] / "frontend"
SOURCES: Final = FRONT / "src"
NODE: Final = shutil.which("node")

IMPORT: Final = re.compile(r"""(?:from|import)\s*\(?\s*['"]([^'"]+)['"]""")


def _run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a program of the client's own packages, or skips."""
    program = FRONT / "node_modules" / ".bin" / script
    if NODE is None or not program.exists():
        pytest.skip("Node or the client's packages are not installed: npm ci in frontend")
    return subprocess.run(
        [str(program), *arguments], cwd=FRONT, capture_output=True, text=True, check=False, timeout=300
    )


def test_its_own_tests_pass() -> None:
    """Links, units, undo, coalescing, playback, figure: vitest says so."""
    done = _run("vitest", "run")
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_typed() -> None:
    """The compiler, the type checker and the accessibility lint find nothing."""
    done = _run("svelte-check", "--tsconfig", "./tsconfig.json", "--fail-on-warnings")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_those_of_the_api(tmp_path: Path) -> None:
    """`src/api/api.d.ts` is what the description of the API gives."""
    made = tmp_path / "api.d.ts"
    done = _run(
        "openapi-typescript", "openapi.json", "--default-non-nullable", "false", "--output", str(made)
    )
    assert done.returncode == 0, done.stderr
    committed = (SOURCES / "api" / "api.d.ts").read_text(encoding="utf-8")
    assert committed == made.read_text(encoding="utf-8"), "run `npm run types` in frontend"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_those_of_the_report(theme: Theme) -> None:
    """One colour means one thing, on paper and on screen."""
    sheet = (SOURCES / "styles" / "tokens.css").read_text(encoding="utf-8")
    block = sheet.split("[data-theme='dark']")[theme == "dark"]
    named = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))
    assert {name: named.get(name) for name in colours(theme)} == colours(theme)


def test_layers_hold() -> None:
    """`lib` and `scene` know no Svelte and nothing above them; pages know no other page."""
    wrong = []
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix not in (".ts", ".svelte"):
            continue
        part = path.relative_to(SOURCES).parts[0]
        for target in IMPORT.findall(path.read_text(encoding="utf-8")):
            above = re.search(r"svelte|/(state|components|pages|charts)/", target)
            if (part in ("lib", "scene") and above) or (part == "pages" and "./pages" in f"./{target}"):
                wrong.append(f"{path.relative_to(SOURCES)}: {target}")
            if part == "pages" and re.match(r"\./\w+\.svelte$", target):
                wrong.append(f"{path.relative_to(SOURCES)}: {target}")
    assert wrong == []


def test_nothing_inline_that_the_policy_forbids() -> None:
    """No style attributes and no scripts in templates: the content policy would drop them."""
    templates = [*SOURCES.rglob("*.svelte"), FRONT / "index.html"]
    found = [
        path.name
        for path in templates
        if re.search(r"\sstyle=|<script>(?!<)", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_lock_file_names_no_registry() -> None:
    """Anybody's registry serves it; what is fetched is known by its hash."""
    packages = json.loads((FRONT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: one for name, one in packages.items() if name and not one.get("link")}
    assert not any("resolved" in one for one in fetched.values())
    assert all("integrity" in one for one in fetched.values())


def test_a_first_visit_waits_for_little() -> None:
    """Shell and figure stay within their sizes."""
    if not (CLIENT / "index.html").is_file():
        pytest.skip("the web client is not built: python hatch_build.py")
    assert sum(map(packed, shell_files())) <= SHELL_MOST
    assert sum(packed(path) for path in later_files() if path.name.startswith(FIGURE)) <= SCENE_MOST
