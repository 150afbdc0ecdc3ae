"""The container files hold together: what they copy exists, what they start is healthy before others need it."""

import json
import re
from typing import Any

import pytest
import yaml

from tests.architecture.sources import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def instructions(name: str) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in DOCKERFILE if line.strip().startswith(f"{name} ")]


def test_compose_starts_the_server_with_a_store_and_an_archive() -> None:
    assert set(COMPOSE) == {"services", "volumes"}
    assert set(COMPOSE["services"]) == {"server", "valkey", "postgres"}
    environment = COMPOSE["services"]["server"]["environment"]
    assert environment["REDIS_URL"].startswith("redis://valkey:")
    assert environment["DATABASE_URL"].startswith("postgresql+asyncpg://")


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_service_says_whether_it_is_healthy_and_comes_back(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert {"interval", "timeout", "retries"} <= set(service["healthcheck"])


def test_the_server_waits_until_what_it_needs_is_healthy() -> None:
    waits = COMPOSE["services"]["server"]["depends_on"]
    assert waits == {name: {"condition": "service_healthy"} for name in ("valkey", "postgres")}


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_what_a_service_keeps_lies_on_a_named_volume(name: str) -> None:
    volumes = [line.split(":")[0] for line in COMPOSE["services"][name]["volumes"]]
    assert volumes
    assert set(volumes) <= set(COMPOSE["volumes"])


def test_the_store_logs_every_write_and_never_evicts() -> None:
    command = COMPOSE["services"]["valkey"]["command"]
    settings = dict(zip(command[1::2], command[2::2], strict=True))
    assert settings["--appendonly"] == "yes"
    assert settings["--maxmemory-policy"] == "noeviction"


def test_compose_holds_no_password_of_its_own() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"PASSWORD:? *(\S+)", text.replace("${POSTGRES_PASSWORD:?", "PASSWORD "))) <= {
        "set",
        "PASSWORD",
        "in",
    }


def test_the_image_is_built_in_stages_and_runs_without_rights() -> None:
    stages = [line.split(" AS ")[-1].strip() for line in instructions("FROM")]
    assert stages[:2] == ["pages", "packages"]
    assert len(stages) == 3
    assert instructions("USER") == ["nineteenth"]


def test_what_the_image_copies_from_the_project_exists_and_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in instructions("COPY"):
        if line.startswith("--from"):
            continue
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            top = source.split("/")[0]
            assert any(entry.startswith(f"!{top}") for entry in ignored), source


def test_the_image_copies_from_stages_that_exist() -> None:
    sources = {line.split()[0].removeprefix("--from=") for line in instructions("COPY") if line.startswith("--from")}
    assert sources == {"pages", "packages"}


def test_the_commands_of_the_image_are_lists() -> None:
    health = instructions("HEALTHCHECK")[0].split("CMD", 1)[1]
    for command in (*instructions("ENTRYPOINT"), *instructions("CMD"), health):
        assert all(isinstance(word, str) for word in json.loads(command))


def test_image_and_compose_ask_for_health_at_the_same_place() -> None:
    compose = " ".join(COMPOSE["services"]["server"]["healthcheck"]["test"])
    places = {re.findall(r"/(\w+)'", text)[0] for text in (compose, instructions("HEALTHCHECK")[0])}
    assert places == {"healthz"}
