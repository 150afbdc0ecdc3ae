"""Settings come from the environment, and a wrong one is named with what is expected instead."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from server.settings import Settings, complaints


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in ("PORT", "REDIS_URL", "DATABASE_URL") or name.startswith("NINETEENTH_"):
            monkeypatch.delenv(name)


def test_nothing_has_to_be_set() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.redis_url, settings.clock) == ("127.0.0.1", 8019, None, "store")


def test_addresses_and_port_bear_the_names_that_hosting_services_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://store:6379")
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://archive")
    monkeypatch.setenv("PORT", "80")
    settings = Settings()
    assert (settings.redis_url, settings.database_url, settings.port) == (
        "redis://store:6379",
        "postgresql+asyncpg://archive",
        80,
    )


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NINETEENTH_ALLOWED_ORIGINS", "https://a.example, http://b.example:81,")
    assert Settings().allowed_origins == ("https://a.example", "http://b.example:81")


def test_names_given_by_hand_win(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORT", "80")
    settings = Settings.model_validate({"port": 81, "data_folder": tmp_path, "clock": "hand"})
    assert (settings.port, settings.data_folder, settings.clock) == (81, tmp_path, "hand")


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("PORT", "none", "PORT: Input should be a valid integer"),
        ("PORT", "70000", "PORT: Input should be less than or equal to 65535"),
        ("NINETEENTH_STORE_REPLICAS", "-1", "store_replicas: Input should be greater than or equal to 0"),
        ("NINETEENTH_MOST_ROOMS", "0", "most_rooms: Input should be greater than or equal to 1"),
        ("NINETEENTH_CLOCK", "mine", "clock: Input should be 'store' or 'hand'"),
        ("NINETEENTH_ALLOWED_ORIGINS", "example.org", "is not an origin"),
        ("NINETEENTH_ALLOWED_ORIGINS", "https://example.org/page", "is not an origin"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, complaint: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as error:
        Settings()
    assert complaint in complaints(error.value)[0]
