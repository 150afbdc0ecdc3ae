"""No worker goes by its own clock: rooms go by the store's, and patience by one that is never set."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import name_of, python_files, tree_of

WALL_CLOCKS = {"time", "time_ns", "now", "utcnow", "today", "localtime", "gmtime"}


@pytest.mark.parametrize("path", python_files("server/rooms", "server/gateway"), ids=name_of)
def test_no_part_of_a_room_reads_the_clock_of_its_machine(path: Path) -> None:
    read = [
        f"{ast.unparse(node)} in line {node.lineno}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr in WALL_CLOCKS
        and isinstance(node.value, ast.Name)
        and node.value.id in ("time", "datetime", "date")
    ]
    assert read == []
