"""Writes the contract of the wire from the message types: `python -m server.gateway.contract` (`--check` verifies).

Beside the loop. What it writes is committed, so that a change of the contract is seen in review.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from server.gateway import asyncapi, typescript

ROOT: Final = Path(__file__).parents[2]


def files() -> dict[str, str]:
    """Every generated file: its path from the project's root, and its text."""
    return {
        "server/gateway/generated/asyncapi.json": json.dumps(asyncapi.document(), indent=2, ensure_ascii=False) + "\n",
        "client-web/src/wire/words.ts": typescript.words(),
        "client-web/src/wire/messages.ts": typescript.messages(),
        "client-web/src/wire/index.ts": typescript.index(),
    }


def stale(root: Path = ROOT) -> list[str]:
    """The generated files that are missing or not what they should be, in `root`."""
    return [path for path, text in files().items() if _text_of(root / path) != text]


def write(root: Path = ROOT) -> None:
    """Write every generated file anew."""
    for path, text in files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. 1 if `--check` found something stale."""
    parser = argparse.ArgumentParser(prog="python -m server.gateway.contract", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a generated file is stale")
    if not parser.parse_args(arguments).check:
        write()
        return 0
    found = stale()
    for path in found:
        print(f"{path} is stale: run python -m server.gateway.contract", file=sys.stderr)
    return 1 if found else 0


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
