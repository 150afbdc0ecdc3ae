"""What the log says goes to where standard error is now, without a room's whole code."""

import json
from collections.abc import Iterator

import pytest
import structlog

from server import logs


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Put the log back as the other tests expect it."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_a_line_is_one_object_with_half_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info")
    structlog.get_logger().warning("room_not_read", room="7C67EC4P")
    line = json.loads(capsys.readouterr().err)
    assert {"event": "room_not_read", "level": "warning", "room": "7C67-****"}.items() <= line.items()


def test_it_follows_standard_error_where_that_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open("/dev/null", "w") as closed:
        monkeypatch.setattr("sys.stderr", closed)
        logs.configure("info")
    monkeypatch.undo()
    structlog.get_logger().info("still_here")
    assert "still_here" in capsys.readouterr().err
