"""How much may be asked: each connection and each address by itself, on each worker."""

import threading

import pytest
from limits import RateLimitItem, RateLimitItemPerMinute

from server.gateway import limits
from server.gateway.addresses import one_of
from server.gateway.limits import FRAMES, CalmStorage, Limits


def test_a_connection_may_send_so_many_frames_and_another_is_not_touched_by_it() -> None:
    worker = Limits()
    flooding, calm = worker.flow(), worker.flow()
    most = max(item.amount for item in FRAMES)
    assert any(flooding.is_flooded() for _ in range(most + 1))
    assert not calm.is_flooded()


def test_looking_whether_something_is_left_uses_nothing_up() -> None:
    once, worker = RateLimitItemPerMinute(1), Limits()
    assert all(worker.has_left(once, "an address") for _ in range(5))
    assert worker.may(once, "an address")
    assert not worker.has_left(once, "an address")
    assert not worker.may(once, "an address")
    assert worker.may(once, "another address")
    assert Limits().may(once, "an address")


def test_whoever_has_used_up_one_limit_has_not_used_up_another_of_the_same_size() -> None:
    worker, items = Limits(), [item for item in vars(limits).values() if isinstance(item, RateLimitItem)]
    assert len({item.key_for("somebody") for item in items}) == len(items) >= 6
    while worker.may(limits.WRONG_TOKENS_AN_ADDRESS, "somebody"):
        pass
    assert worker.has_left(limits.OFFENCES_AN_ADDRESS, "somebody")


def test_an_operator_may_let_everybody_ask_more_often() -> None:
    once, worker = RateLimitItemPerMinute(1), Limits(times=3)
    assert [worker.may(once, "a school") for _ in range(4)] == [True, True, True, False]


def test_people_play_far_below_the_limits() -> None:
    assert limits.FRAMES[0].amount >= 20
    assert limits.COMMANDS_A_SEAT[0].amount >= 20
    assert limits.TICKETS_A_PLAYER.amount >= 60  # a bad line comes back again and again
    assert limits.REQUESTS_AN_ADDRESS[0].amount >= 200  # five pages in one room, with all that belongs to a page


@pytest.mark.parametrize(
    ("host", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("a/unix/socket", "a/unix/socket"),
    ],
)
def test_who_has_a_network_of_addresses_has_one_to_be_counted_by(host: str, counted_as: str) -> None:
    assert one_of(host) == counted_as


def test_what_forgets_old_counts_looks_at_all_of_them_seldom() -> None:
    storage = CalmStorage()
    threads = threading.active_count()
    for number in range(200):
        storage.incr(f"somebody {number}", 60)
        storage.acquire_entry(f"somebody {number}", 5, 60)
    assert threading.active_count() == threads
    assert storage.timer.interval == limits.SWEEP_SECONDS
    storage.timer.cancel()
