"""The store's address is read as operators write it, and a wrong one is refused without showing a password."""

import pytest

from server.rooms.addresses import SCHEMES, Address, Kind, read_address
from server.rooms.store import Store


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("unix:///run/valkey.sock?db=1", Address(Kind.SERVER, "unix:///run/valkey.sock?db=1")),
        ("valkeys://user:word@host:1/2", Address(Kind.SERVER, "rediss://user:word@host:1/2")),
        (
            "redis+sentinel://one:1,two/main?db=3",
            Address(Kind.SENTINEL, hosts=(("one", 1), ("two", 26379)), service="main", db=3),
        ),
        (
            "valkeys+sentinel://user:a%40b@[::1]:1/main?sentinel_password=c",
            Address(
                Kind.SENTINEL,
                hosts=(("::1", 1),),
                service="main",
                tls=True,
                username="user",
                password="a@b",
                sentinel_password="c",
            ),
        ),
        ("valkey+cluster://:word@one,two:2", Address(Kind.CLUSTER, hosts=(("one", 6379), ("two", 2)), password="word")),
    ],
)
def test_an_address_says_who_answers_for_the_store(url: str, found: Address) -> None:
    assert read_address(url) == found


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("http://one", "must begin with one of"),
        ("unix+cluster:///run", "must begin with one of"),
        ("redis+sentinel://one:1", "the name of their master"),
        ("redis+cluster://one:1/main", "neither a path nor a database"),
        ("redis+cluster://one:1?db=1", "neither a path nor a database"),
        ("redis+sentinel://one:x/main", "host:port"),
        ("redis+sentinel://u:secret@,two/main", "host:port"),
        ("redis+sentinel://u:secret@one/main?replica=1", "knows no replica"),
        ("redis+sentinel://u:secret@one/main?db=x", "a number"),
    ],
)
def test_a_wrong_address_is_refused_with_what_is_expected(url: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as refusal:
        Store(url)
    assert "secret" not in str(refusal.value)


async def test_a_replica_has_to_confirm_where_there_are_any_unless_the_operator_says_otherwise() -> None:
    for scheme in SCHEMES:
        name = "/main" if scheme.endswith("sentinel") else ""
        for asked in (None, 0, 2):
            async with Store(f"{scheme}://host{name}", replicas=asked) as store:
                expected = 1 if "+" in scheme else 0
                assert store.replicas == (expected if asked is None else asked)
