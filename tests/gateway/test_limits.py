"""How much may be asked: each connection and each address by itself."""

from limits import RateLimitItemPerMinute

from server.gateway import limits
from server.gateway.limits import FRAMES, Flow, has_left, may


def test_a_connection_may_send_so_many_frames_and_another_is_not_touched_by_it() -> None:
    flooding, calm = Flow(), Flow()
    most = min(item.amount for item in FRAMES)
    assert [flooding.is_flooded() for _ in range(most + 1)] == [False] * most + [True]
    assert not calm.is_flooded()


def test_looking_whether_something_is_left_uses_nothing_up() -> None:
    once = RateLimitItemPerMinute(1)
    assert all(has_left(once, "an address") for _ in range(5))
    assert may(once, "an address")
    assert not has_left(once, "an address")
    assert not may(once, "an address")
    assert may(once, "another address")


def test_people_play_far_below_the_limits() -> None:
    assert limits.FRAMES[0].amount >= 20
    assert limits.TICKETS_A_PLAYER.amount >= 60  # a bad line comes back again and again
