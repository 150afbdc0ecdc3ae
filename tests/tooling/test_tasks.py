"""The Makefile says what it can do, and continuous integration runs what anybody runs by hand."""

import os
import re
import subprocess

from tests.architecture.sources import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make(*words: str) -> str:
    return subprocess.run(["make", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_help_lists_every_task_for_people() -> None:
    listed = re.findall(r"^  make (\S+)", make("help"), re.MULTILINE)
    assert {"env", "client", "play", "cases", "test", "check", "format", "coverage", "lock", "clean"} <= set(listed)


def test_every_task_without_a_file_is_declared_so() -> None:
    declared = set(re.findall(r"^\.PHONY: (\S+)", MAKEFILE, re.MULTILINE))
    tasks = set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE))
    assert tasks == declared


def test_continuous_integration_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "make test"
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")


def test_check_repairs_nothing() -> None:
    steps = MAKEFILE[MAKEFILE.index("check-server: env") : MAKEFILE.index(".PHONY: format")]
    assert not re.search(r"--fix|--write|run (--silent )?format\b(?!:)|ruff format (?!--check)", steps)
