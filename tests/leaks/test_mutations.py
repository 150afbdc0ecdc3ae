"""Every leak of the catalogue is caught by the check that it names, and by nothing but the leak that check fails."""

import pytest
from websockets.exceptions import ConnectionClosed

from rules.ids import SEATS
from server.gateway.refusals import GatewayCode
from server.gateway.socket import Sockets
from server.rooms import presence
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.ports import Change
from tests.gateway.conftest import Arrive
from tests.gateway.workers import Running
from tests.leaks import test_windows, test_words
from tests.leaks.mutations import connections, projection, rooms, verdicts
from tests.leaks.mutations.catalogue import CHECKS, LEAKS, MATCHES, Check, Leak
from tests.rules.strategies import match

AREAS = (connections, projection, rooms, verdicts)


@pytest.fixture(scope="module", autouse=True)
def _pool() -> None:
    """The matches are played before anything is changed."""
    for number in range(MATCHES):
        match(number)


def test_the_catalogue_has_leaks_of_every_kind() -> None:
    assert len(LEAKS) >= 50
    assert {leak.seed.__module__ for leak in LEAKS} == {area.__name__ for area in AREAS}
    assert len({leak.name for leak in LEAKS}) == len(LEAKS)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_without_a_leak_the_check_passes(check: Check) -> None:
    check()


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_every_leak_is_caught(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak.seed(monkeypatch)
    with pytest.raises(AssertionError):
        leak.caught_by()


@pytest.mark.parametrize("how", ["closed", "shown"])
async def test_an_end_of_a_session_that_others_notice_is_caught(
    how: str, arrive: Arrive, workers: tuple[Running, Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    def sign_out(self: Sockets, player: str) -> None:
        for session in tuple(self._sessions):
            if session.player == player or how == "closed":
                session.leave(GatewayCode.SIGNED_OUT)
            else:
                session.reset(session._room.shown)

    monkeypatch.setattr(Sockets, "sign_out", sign_out)
    with pytest.raises((AssertionError, ConnectionClosed)):
        await test_windows.test_the_end_of_a_session_is_nothing_to_the_others_at_the_table(arrive, workers)


@pytest.mark.parametrize("where", ["presence", "commit"])
async def test_a_hint_that_carries_content_is_caught(
    where: str,
    arrive: Arrive,
    workers: tuple[Running, Running],
    valkey: EmbeddedValkey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if where == "presence":
        monkeypatch.setattr(presence, "told", lambda kind, body: b"told presence " + SEATS[3].encode())
    else:
        committed = StoredJournal.commit

        async def commit(self: StoredJournal, code: str, expected_head: str, change: Change) -> object:
            await self._store.call("PUBLISH", "changes", change.payload)
            return await committed(self, code, expected_head, change)

        monkeypatch.setattr(StoredJournal, "commit", commit)
    with pytest.raises(AssertionError):
        await test_words.test_hints_between_workers_say_where_a_log_stands_and_nothing_else(arrive, workers, valkey)
