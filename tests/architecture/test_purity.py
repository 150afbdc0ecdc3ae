"""The rules reach for nothing without an import either, and hold nothing whose order differs from run to run."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import name_of, python_files, tree_of
from tests.architecture.test_imports import PROGRAMS

# hash() of a word differs between processes, id() between runs: a lot or a sort key made of them can not be replayed.
FORBIDDEN = {"open", "print", "input", "eval", "exec", "compile", "__import__", "hash", "id", "globals", "breakpoint"}


@pytest.mark.parametrize("path", [path for path in python_files("rules") if name_of(path) not in PROGRAMS], ids=name_of)
def test_the_rules_call_nothing_that_reaches_out_or_differs_between_runs(path: Path) -> None:
    calls = [
        f"{node.func.id}() in line {node.lineno}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN
    ]
    assert calls == []


@pytest.mark.parametrize("path", python_files("rules"), ids=name_of)
def test_the_rules_have_no_coroutines_and_no_module_state(path: Path) -> None:
    found = [
        type(node).__name__
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith | ast.Await | ast.Global)
    ]
    assert found == []
