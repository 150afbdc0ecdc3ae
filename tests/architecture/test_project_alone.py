"""What is committed speaks of the project alone: no path of some machine, no host that something was fetched from."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import committed_files, name_of

# Put together from parts, so that this file does not accuse itself.
_FOLDERS = "|".join(("work", "root", "home", "Users", "mnt"))
_HOSTS = "|".join(
    re.escape(".".join(parts))
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
    )
)
_ELSEWHERE = re.compile(rf"(?:(?<![\w./}}-])|file://)/(?:{_FOLDERS})/[\w.]|{_HOSTS}")


def text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{name_of(path)}:{number}: {match[0]}"
        for path in committed_files()
        if (text := text_of(path)) is not None
        for number, line in enumerate(text.splitlines(), 1)
        if (match := _ELSEWHERE.search(line))
    ]
    assert found == []


@pytest.mark.parametrize("line", ["see /" + "work/main", "cd /" + "home/me", "https://" + "pypi" + ".org/simple"])
def test_the_pattern_finds_what_it_is_for(line: str) -> None:
    assert _ELSEWHERE.search(line)


@pytest.mark.parametrize("line", ["/var/lib/nineteenth", "src/work/x.py", "https://example.org/home/"])
def test_the_pattern_lets_the_rest_pass(line: str) -> None:
    assert not _ELSEWHERE.search(line)
