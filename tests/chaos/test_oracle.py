"""The oracle finds what it is there to find: a record or a log that was falsified in one place is told apart."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
import pytest_asyncio

from server.rooms import keys
from tests.chaos.bench import Bench
from tests.chaos.client import Bot
from tests.chaos.crowd import Crowd, Party
from tests.chaos.figures import Figures
from tests.chaos.oracle import judge_room
from tests.chaos.replay import Replay
from tests.chaos.resp import Values
from tests.chaos.trial import Trial

Played = tuple[Bench, Party]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def played() -> AsyncIterator[Played]:
    """A room in a match where everybody has said something, its bots gone home."""
    async with Trial(1941, Figures(3.0)).bench(workers=1) as bench:
        crowd = Crowd(bench)
        await crowd.gather(1)
        await crowd.spend(60, rate=60)
        party = crowd.parties[0]
        (loaded,) = (await bench.journal.heads([party.code])).values()
        assert loaded.version > 40
        await crowd.leave()
        yield bench, party
        bench.crowds.clear()  # it is judged by the tests


def asked(bot: Bot) -> int:
    """The place of a command that surely stands in the log."""
    return next(n for n, one in enumerate(bot.record.asked) if one.is_sure and one.answer == "done")


def lose(bot: Bot) -> None:
    bot.record.asked[asked(bot)].id = 900


def refuse(bot: Bot) -> None:
    bot.record.asked[asked(bot)].answer = "not_yours"


def say_other_words(bot: Bot) -> None:
    one = bot.record.asked[asked(bot)]
    one.command = {"type": "rename", "nickname": "another"}


def see_a_hidden_change(bot: Bot) -> None:
    place = next(n for n, frame in enumerate(bot.record.frames) if not frame.is_whole)
    bot.record.frames[place] = replace(bot.record.frames[place], digest=b"something else")


def fold_wrongly(bot: Bot) -> None:
    bot.document = {**bot.document, "table": {}}


FALSIFIED: dict[Callable[[Bot], None], str] = {
    lose: "was acknowledged and is lost",
    refuse: "stands and was refused",
    say_other_words: "stands for another",
    see_a_hidden_change: "is not what the log gives him",
    fold_wrongly: "folded something else",
}


@pytest.mark.parametrize("falsify", FALSIFIED, ids=lambda falsify: falsify.__name__)
async def test_what_a_bot_wrote_down_has_to_agree_with_the_log(played: Played, falsify: Callable[[Bot], None]) -> None:
    bench, party = played
    honest = Figures()
    await judge_room(bench, party, honest)
    assert honest.faults == []
    bot = party.seated[1]
    asked_before, frames, document = [replace(one) for one in bot.record.asked], [*bot.record.frames], bot.document
    falsify(bot)
    found = Figures()
    await judge_room(bench, party, found)
    bot.record.asked, bot.record.frames, bot.document = asked_before, frames, document
    assert any(FALSIFIED[falsify] in fault for fault in found.faults), found.faults


async def test_an_entry_that_follows_nothing_is_found_in_the_log(played: Played) -> None:
    bench, party = played
    log = keys.log(party.code)
    (place,) = (await bench.journal.heads([party.code])).values()
    await bench.store.call("XADD", log, f"{place.version + 1}-0", "payload", "x", "head", "y")
    found = Figures()
    await judge_room(bench, party, found)
    await bench.store.call("XDEL", log, f"{place.version + 1}-0")
    assert any(fault.startswith("I5") for fault in found.faults)


async def test_words_that_a_viewer_may_not_know_are_found_in_what_he_is_sent(played: Played) -> None:
    bench, party = played
    entries = await bench.journal.tail(party.code, 0)
    assert Replay(entries).faults == []

    class Blind(Replay):
        """For whom nobody may read anything."""

        may_read = staticmethod(lambda match, message, viewer: False)

    assert Blind(entries).faults[0].startswith("I6")


def test_a_stream_of_the_stores_protocol_is_cut_where_a_value_ends() -> None:
    stream = b"+OK\r\n$-1\r\n*2\r\n$5\r\nab\r\nc\r\n:1\r\n*0\r\n"
    whole = [b"+OK\r\n", b"$-1\r\n", b"*2\r\n$5\r\nab\r\nc\r\n:1\r\n", b"*0\r\n"]
    for cut in range(len(stream)):
        values = Values()
        assert values.take(stream[:cut]) + values.take(stream[cut:]) == whole
