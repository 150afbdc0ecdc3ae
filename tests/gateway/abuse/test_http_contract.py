"""C9-C11: the API answers whatever is asked as it is documented, leads nobody away, believes no header.

Requests are drawn from the API's own description, right ones and wrong ones, and sent to a real worker process.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from rules.commands import Speak
from rules.forms import Text
from rules.ids import Channel
from server.gateway import wire
from server.rooms import table as t
from server.rooms.codes import is_code
from server.rooms.embedded import EmbeddedValkey
from server.rooms.store import Store
from server.rooms.wrong_codes import AN_ADDRESS
from tests.gateway.abuse.forger import ODD_TEXTS
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest
from tests.gateway.matches import Party, begun
from tests.gateway.test_canaries import process
from tests.gateway.workers import Running, running

Workers = tuple[Running, Running]
EXAMPLES = 12 * int(os.environ.get("NINETEENTH_FUZZ", "1"))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@pytest.fixture
def served(valkey: EmbeddedValkey, log: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A worker process that answers as often as it is asked."""
    monkeypatch.setenv("NINETEENTH_LENIENCY", "10000")
    with process(valkey.url, log) as worker:
        yield worker.url


def not_a_server_error(_: Any, response: Any, __: Any) -> None:
    assert response.status_code < 500, response.text


CHECKS: Any = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
def test_whatever_is_asked_of_the_api_is_answered_as_it_is_documented(
    served: str, log: Path, mode: GenerationMode
) -> None:
    browser = requests.Session()
    browser.post(f"{served}/api/session", timeout=20)
    code = browser.post(f"{served}/api/rooms", json={"nickname": "Host"}, timeout=20).json()["code"]
    api = schemathesis.openapi.from_url(f"{served}/api/openapi.json")
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) >= 8
    for operation in operations:
        if operation.method == "delete":  # it ends the session of all that follow
            continue
        if mode is GenerationMode.NEGATIVE and not operation.body:  # any code is a code, right or wrong
            continue
        here = {"code": code} if "{code}" in operation.path else None
        asked = operation.as_strategy(mode) if here is None else operation.as_strategy(mode, path_parameters=here)
        is_elsewhere_too = here is not None and mode is GenerationMode.POSITIVE
        cases = st.one_of(asked, operation.as_strategy(mode)) if is_elsewhere_too else asked

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=cases)
        def answered(case: schemathesis.Case) -> None:
            case.call_and_validate(session=browser, checks=CHECKS, timeout=20)

        answered()
    assert "request_failed" not in log.read_text()
    assert "Traceback" not in log.read_text()


ELSEWHERE = [
    "//elsewhere.example",
    "//elsewhere.example/%2e%2e",
    "/\\elsewhere.example",
    "/%5celsewhere.example/",
    "/assets",
    "/assets/",
    "/api/rooms/",
    "/api/session/",
    "/api/rooms/ABCDEFGH/",
    "/api/session?next=//elsewhere.example",
    "/?url=https://elsewhere.example",
    "/%0d%0aLocation:%20https://elsewhere.example",
    "/room/https:%2f%2felsewhere.example",
]


@pytest.mark.parametrize("path", ELSEWHERE)
async def test_no_path_leads_anywhere_else(valkey: EmbeddedValkey, tmp_path: Path, path: str) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>The page</title>")
    async with running(valkey.url, client_folder=tmp_path) as worker, httpx2.AsyncClient() as client:
        for method in ("GET", "HEAD", "POST", "DELETE"):
            headers = {"host": "elsewhere.example", "x-forwarded-host": "elsewhere.example"}
            for header in ({}, headers):
                answer = await client.request(method, f"{worker.url}{path}", headers=header)
                assert not 300 <= answer.status_code < 400, (method, answer.headers)
                assert "elsewhere.example" not in str(answer.headers) + answer.text


async def wrong_guesses(worker: Running, guest: Guest, source: str) -> set[str]:
    """The codes of as many wrong guesses as one address has, and one more, each said to come from elsewhere."""
    answers = []
    for number in range(AN_ADDRESS + 1):
        headers = {"x-forwarded-for": source.format(number), "forwarded": f"for={source.format(number)}"}
        headers["x-real-ip"] = source.format(number)
        answers.append(await guest.http.get(f"{worker.url}/api/rooms/0000000{number % 10}", headers=headers))
    return {answer.json()["code"] for answer in answers}


async def test_where_a_request_comes_from_is_believed_of_trusted_proxies_alone(
    valkey: EmbeddedValkey, connections: Store
) -> None:
    for trusted, stopped in (("", True), ("192.0.2.1", True), ("127.0.0.0/8", False)):
        await connections.call("FLUSHALL")
        async with running(valkey.url, trusted_proxies=trusted) as worker:
            guest = await Guest(worker).arrive()
            codes = await wrong_guesses(worker, guest, "203.0.113.{}")
            assert ("too_many" in codes) is stopped, trusted
            await guest.leave()


async def test_behind_a_trusted_proxy_the_last_address_that_it_vouches_for_counts(
    valkey: EmbeddedValkey, connections: Store
) -> None:
    async with running(valkey.url, trusted_proxies="127.0.0.0/8") as worker:
        guest = await Guest(worker).arrive()
        assert "too_many" in await wrong_guesses(worker, guest, "10.0.0.{}, 203.0.113.7")
        await guest.leave()


KEY = re.compile(
    r"\{s\d\d\}:(due|open|room:[0-9A-HJKMNP-TV-Z]{8}:(log|meta|presence))"
    r"|ticket:[0-9a-f]{64}|blocks:[0-9a-f]{24}|clock:by-hand|signed_out|wrong:(everywhere|[0-9a-f]{16})"
)
"""Every key that `rooms.keys` makes."""

INJECTED = [
    text for text in ODD_TEXTS if len(text) <= 200 and text != "null" and "\ud800" not in text and "\udfff" not in text
]


async def test_no_string_that_anybody_sends_becomes_a_part_of_a_key(
    arrive: Arrive, workers: Workers, connections: Store
) -> None:
    party = await begun(arrive, workers)
    for number, text in enumerate(INJECTED):
        guest = await arrive(workers[number % 2])
        await by_http(guest, text, party.code)
        await by_socket(party, guest, text)
    found = [key.decode(errors="replace") for key in await connections.call("KEYS", "*")]
    assert [key for key in found if not KEY.fullmatch(key)] == []
    assert sum(":log" in key for key in found) >= len(INJECTED), "rooms were opened meanwhile"
    rooms = {key.split(":")[2] for key in found if ":room:" in key}
    assert all(map(is_code, rooms))
    await party.host.done(t.Play(Speak(Channel.OPEN, Text("still here"))))


async def by_http(guest: Guest, text: str, code: str) -> None:
    """The text wherever a request has a place for one."""
    await guest.open_room("Somebody")
    for body in ({"nickname": text}, {"nickname": "Me", "scenario": text}, {"nickname": "Me", "setting": text}):
        assert (await guest.ask("POST", "/rooms", body)).status_code < 500
    for path in (quote(text, safe=""), f"{code}{quote(text, safe='')}", f"{code}/{quote(text, safe='')}"):
        assert (await guest.ask("GET", f"/rooms/{path}")).status_code < 500
    assert (await guest.ask("POST", f"/rooms/{code}/seat", {"nickname": text, "seat": text})).status_code < 500
    odd = {"cookie": b"nineteenth_guest=" + re.sub(rb"[\x00-\x20;]", b"_", text.encode())}
    assert (await guest.http.get(f"{guest.worker.url}/api/rooms/{code}", headers=odd)).status_code < 500


async def by_socket(party: Party, guest: Guest, text: str) -> None:
    """The text wherever a message has a place for one."""
    for enter in ({"ticket": text}, {"ticket": f"program-{text}"}, {"instance": text}, {"nickname": text}):
        window = await guest.dial()
        await window.say(wire.encode(wire.Enter(**{"ticket": "12345678", "instance": "12345678", **enter})).decode())
        await window.ended()
    watching = await guest.dial()
    cursor = wire.Cursor(text or "s", 1)
    ticket = await guest.ticket(party.code)
    await watching.say(wire.encode(wire.Enter(ticket, "12345678", cursor)).decode())
    await watching.until(lambda window: window.bye is not None or window.number is not None)
    await party.host.do(t.Rename(text))
    await party.host.do(t.Play(Speak(Channel.OPEN, Text(text))))
