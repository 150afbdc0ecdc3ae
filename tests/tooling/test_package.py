"""What is installed is what was locked, and what is shipped is what was listed."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
DEVELOPMENT = [*RUNTIME, *PROJECT["project"]["optional-dependencies"]["dev"]]


def locked(name: str) -> dict[str, set[str]]:
    """The versions of each package that requirements/<name>.txt pins (more than one where platforms differ)."""
    versions: dict[str, set[str]] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if pin := re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", line):
            versions.setdefault(canonicalize_name(pin[1]), set()).add(pin[2])
    return versions


@pytest.mark.parametrize(("lock", "wanted"), [("runtime", RUNTIME), ("dev", DEVELOPMENT)])
def test_the_lock_holds_every_dependency_in_a_version_that_the_project_accepts(lock: str, wanted: list[str]) -> None:
    pins = locked(lock)
    unmet = [
        line
        for line in wanted
        if not any(map((need := Requirement(line)).specifier.contains, pins.get(canonicalize_name(need.name), ())))
    ]
    assert unmet == [], "run `make lock`"


def test_development_runs_the_very_versions_that_are_deployed() -> None:
    development = locked("dev")
    assert {name: versions for name, versions in locked("runtime").items() if development.get(name) != versions} == {}


@pytest.mark.parametrize("lock", ["runtime", "dev", "installer"])
def test_every_locked_package_is_held_by_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8"))
    assert [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_the_wheel_names_its_packages() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["rules", "server"]


def test_the_wheel_holds_those_packages_with_their_data_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"rules", "server"}
    data = [
        path
        for kind in ("*.toml", "*.lua")
        for folder in ("rules", "server")
        for path in ROOT.glob(f"{folder}/**/{kind}")
    ]
    assert data
    assert {path.relative_to(ROOT).as_posix() for path in data} <= names
