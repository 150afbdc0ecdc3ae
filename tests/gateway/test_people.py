"""Guests: a cookie that nobody can guess, and a public name that opens nothing."""

import pytest

from server.gateway.people import new_cookie, player_of


def test_each_guest_has_a_cookie_and_a_name_of_his_own() -> None:
    cookies = {new_cookie() for _ in range(100)}
    names = {player_of(cookie) for cookie in cookies}
    assert len(cookies) == len(names) == 100
    assert all(name is not None and len(name) == 24 for name in names)


def test_a_name_is_the_cookies_for_ever_and_is_no_cookie_itself() -> None:
    cookie = new_cookie()
    name = player_of(cookie)
    assert name == player_of(cookie)
    assert name is not None
    assert name not in cookie
    assert player_of(name) is None


@pytest.mark.parametrize(
    "cookie", [None, "", "short", "x" * 42, "x" * 44, "x" * 42 + "\n", "x" * 42 + "é", "x" * 42 + "%"]
)
def test_what_was_not_made_here_is_nobodys(cookie: str | None) -> None:
    assert player_of(cookie) is None
