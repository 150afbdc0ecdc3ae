"""A whole match on a cluster, through two workers: to those who play there is no difference."""

from pathlib import Path

from rules.ids import SEATS, Seat
from server.rooms.journal import StoredJournal
from server.rooms.store import Store
from tests.gateway.guests import Guest
from tests.gateway.matches import agrees_with_the_log, begun, play_out
from tests.gateway.workers import Running, running
from tests.rooms.valkeys import clustered


async def test_a_match_is_played_to_its_end_on_a_cluster_and_every_window_agrees_with_the_log(tmp_path: Path) -> None:
    with clustered(tmp_path) as cluster:
        async with (
            Store(cluster.url) as store,
            running(cluster.url, hasty=True) as one,
            running(cluster.url, hasty=True) as other,
        ):
            journal, guests = StoredJournal(store, by_hand=True), list[Guest]()

            async def arrive(worker: Running | None = None) -> Guest:
                guests.append(Guest(worker or one))
                return await guests[-1].arrive()

            party = await begun(arrive, (one, other), scenario="first_night", pace="blitz")

            async def one_comes_back(phase: int) -> None:
                seat: Seat = SEATS[phase % len(SEATS)]
                party.windows[seat] = await (await party.guests[seat].enter(party.code)).shown()

            assert await play_out(party, journal, one_comes_back) >= 4
            for seat, window in party.windows.items():
                await agrees_with_the_log(journal, party.code, seat, window)
            for guest in guests:
                await guest.leave()
