"""Structured logs, one JSON object a line, without secrets: room codes, counts and kinds of error, never contents.

A code opens a private room to whoever reads it, so it is shortened to its first half.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

Entry = MutableMapping[str, Any]


def configure(level: str) -> None:
    """Write every log line of this process as JSON to standard error."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_codes,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # what it is now, not what it was at the start
    )


def _without_codes(_: Any, __: str, entry: Entry) -> Entry:
    if isinstance(code := entry.get("room"), str):
        entry["room"] = f"{code[:4]}-****"
    return entry
