"""C4: every command by every kind of viewer, in every stage of a table. What no row allows is refused.

The commands come from the registry of the wire: a new one without a row fails here.
"""

from typing import Final, get_args

import pytest
from msgspec.structs import replace

from rules.commands import SeatCommand
from rules.ids import SEATS
from server.gateway import examples, wire
from server.rooms import table as t
from server.rooms.journal import StoredJournal
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.verdicts import Asker, ask
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest, Window
from tests.gateway.matches import log_of
from tests.gateway.test_bot_tokens import invited, shown
from tests.gateway.workers import Running
from tests.rooms.tables import ENTROPY, folded, lobby, playing

Workers = tuple[Running, Running]

HOST, SEATED, PROGRAM, WATCHER = "player 0", "player 1", "program", "watcher"
OLDER, SENT_AWAY = "older window", "sent away"
SEATS_OF_PEOPLE: Final = frozenset({HOST, SEATED})
ALL_SEATS: Final = frozenset({HOST, SEATED, PROGRAM})

MAY: Final[dict[type, frozenset[str]]] = {
    t.TakeSeat: SEATS_OF_PEOPLE,
    t.Leave: ALL_SEATS,
    t.GetReady: SEATS_OF_PEOPLE,
    t.Rename: ALL_SEATS,
    t.SeatBot: frozenset({HOST}),
    t.Dismiss: frozenset({HOST}),
    t.Choose: frozenset({HOST}),
    t.HandHost: frozenset({HOST}),
    t.Start: frozenset({HOST}),
    t.Rematch: SEATS_OF_PEOPLE,
    t.Play: ALL_SEATS,
    t.ComeBack: ALL_SEATS,
}
"""Who may ask for what; whether it can be done just then is another question, with other codes."""

NOT_ALLOWED: Final = {
    RoomCode.NOT_SEATED,
    RoomCode.NOT_HOST,
    RoomCode.IS_BOT,
    RoomCode.TAKEN_OVER,
    RoomCode.BARRED,
}
COMMANDS = pytest.mark.parametrize(
    "command", examples.COMMANDS, ids=lambda command: type(getattr(command, "move", command)).__name__
)


def test_every_command_and_every_move_has_a_row() -> None:
    assert set(MAY) == set(get_args(t.RoomCommand))
    moves = {type(command.move) for command in examples.COMMANDS if isinstance(command, t.Play)}
    assert moves == set(get_args(SeatCommand))
    assert {type(command) for command in examples.COMMANDS} == set(MAY)


def with_all_kinds(room: Room) -> Room:
    """The host and another on the first seats, a program on the third."""
    came = (t.SeatLeft(SEATS[2]), t.ProgramInvited(PROGRAM, SEATS[2]), t.ProgramSat(SEATS[2], "Example"))
    return replace(folded(room, (*came, t.SeatEntered(SEATS[1], 1))), barred=(SENT_AWAY,))


@COMMANDS
@pytest.mark.parametrize("room", [lobby(2), playing(2)], ids=["lobby", "match"])
def test_a_row_says_exactly_who_may_ask(room: Room, command: t.RoomCommand) -> None:
    table = with_all_kinds(room)
    askers = {
        HOST: Asker(HOST, 0),
        SEATED: Asker(SEATED, 1),
        PROGRAM: Asker(PROGRAM, 0),
        WATCHER: Asker(WATCHER, 0),
        OLDER: Asker(SEATED, 0),
        SENT_AWAY: Asker(SENT_AWAY, 0),
    }
    may = {kind for kind, asker in askers.items() if ask(table, asker, command, ENTROPY) not in NOT_ALLOWED}
    if isinstance(command, t.HandHost):  # to a seat where no person is: another question, with the same code
        may |= {HOST}
    assert may == MAY[type(command)]


async def of_each_kind(arrive: Arrive, workers: Workers, stage: str) -> tuple[str, dict[str, Window]]:
    """A table at two workers, with one of each kind at it."""
    host, guest, stranger = await arrive(workers[0]), await arrive(workers[1]), await arrive(workers[1])
    code = await host.open_room("Host")
    await guest.sit(code, "Guest", SEATS[1])
    token = await invited(host, code, SEATS[2])
    windows = {HOST: await (await host.enter(code)).shown(), SEATED: await (await guest.enter(code)).shown()}
    windows[PROGRAM] = await shown(await Guest(workers[0]).arrive(), token)
    for seat in SEATS[3:]:
        await windows[HOST].done(t.SeatBot(seat, t.BotLevel.CONSCRIPT))
    if stage == "match":
        await windows[SEATED].done(t.GetReady(True))
        await windows[HOST].done(t.Start())
    windows[WATCHER] = await (await stranger.enter(code)).shown()
    return code, windows


@pytest.mark.parametrize("stage", ["lobby", "match"])
async def test_what_no_row_allows_is_refused_at_a_socket_and_changes_nothing(
    arrive: Arrive, workers: Workers, journal: StoredJournal, stage: str
) -> None:
    code, windows = await of_each_kind(arrive, workers, stage)
    before = len(await log_of(journal, code))
    asked = 0
    for command in examples.COMMANDS:
        for kind, window in windows.items():
            if kind not in MAY[type(command)]:
                answer = await window.do(command)
                assert isinstance(answer, wire.Refused), (kind, command)
                assert answer.code in NOT_ALLOWED, (kind, command, answer.code)
                asked += 1
    assert asked > len(examples.COMMANDS)
    assert len(await log_of(journal, code)) == before


async def test_a_watcher_who_is_given_a_seat_in_the_lobby_has_its_rights_and_not_before(
    arrive: Arrive, workers: Workers
) -> None:
    host, stranger = await arrive(workers[0]), await arrive(workers[1])
    code = await host.open_room("Host")
    window = await (await stranger.enter(code)).shown()
    assert await window.refused(t.TakeSeat(SEATS[1])) == "not_seated"
    await stranger.sit(code, "Guest", SEATS[1])
    await window.until(lambda w: w.welcome is not None and w.welcome.seat is SEATS[1])
    await window.done(t.GetReady(True))
    assert await window.refused(t.Start()) == "not_host"


async def test_a_watcher_of_a_match_gets_no_seat_and_no_secret_by_any_path(arrive: Arrive, workers: Workers) -> None:
    code, windows = await of_each_kind(arrive, workers, "match")
    late = await arrive()
    for method, path, body in (("POST", "seat", {"nickname": "Late"}), ("POST", "program", {"seat": SEATS[3]})):
        assert (await late.refused(method, f"/rooms/{code}/{path}", body))[1] in ("in_match", "not_host")
    document = windows[WATCHER].document["match"]
    assert {"you", "can", "owed"} & set(document) == set()
