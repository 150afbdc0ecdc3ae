"""Whom a guest has blocked: a short list of his own, which says nothing of anybody elsewhere."""

import pytest

from server.rooms import blocks as blocks_module
from server.rooms import keys
from server.rooms.blocks import Blocks
from server.rooms.store import Store


async def test_a_block_is_the_guests_own_and_holds_until_it_is_taken_back(connections: Store) -> None:
    blocks = Blocks(connections)
    assert await blocks.add("anna", "boris", "Boris")
    assert await blocks.add("anna", "boris", "Boris the Second")
    assert await blocks.has("anna", "boris")
    assert not await blocks.has("boris", "anna")
    assert not await blocks.has("vera", "boris")
    assert await blocks.who_has("boris", ["vera", "anna", "anna"]) == {"anna"}
    assert await blocks.who_has("boris", []) == frozenset()
    (entry,) = await blocks.of("anna")
    assert entry.nickname == "Boris the Second"
    await blocks.remove("vera", entry.id)
    await blocks.remove("anna", "0" * 16)
    assert await blocks.has("anna", "boris")
    await blocks.remove("anna", entry.id)
    assert not await blocks.has("anna", "boris")
    assert await blocks.of("anna") == []


async def test_two_lists_with_the_same_player_have_nothing_in_common_but_his_nickname(connections: Store) -> None:
    blocks = Blocks(connections)
    for by in ("anna", "vera"):
        await blocks.add(by, "boris", "Boris")
    (one,), (other,) = await blocks.of("anna"), await blocks.of("vera")
    assert one.id != other.id
    assert "boris" not in one.id + other.id


async def test_a_list_is_bounded_and_is_forgotten_with_the_cookie(
    connections: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "MOST", 2)
    blocks = Blocks(connections)
    assert [await blocks.add("anna", name, name.title()) for name in ("a", "b", "c", "b")] == [True, True, False, True]
    assert [entry.nickname for entry in await blocks.of("anna")] == ["A", "B"]
    assert 0 < await connections.call("TTL", keys.blocks("anna")) <= 31_536_000
