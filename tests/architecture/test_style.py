"""What the house asks of every file: one idea, a first sentence, and a name that says something."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of, python_files, tree_of

LONGEST = 400
SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
CLIENT = sorted(path for kind in ("*.ts", "*.svelte") for path in (ROOT / "client-web" / "src").rglob(kind))
WRITTEN_BY_HAND = [path for path in (*python_files("rules", "server", "tests"), *CLIENT) if "wire" not in path.parts]


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=name_of)
def test_a_file_holds_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", python_files("rules", "server"), ids=name_of)
def test_a_module_says_first_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)) or not tree_of(path).body


def test_no_file_has_a_name_that_says_nothing() -> None:
    named = [*python_files("rules", "server", "tests"), *CLIENT]
    assert [name_of(path) for path in named if SAY_NOTHING & {path.stem, path.parent.name}] == []
