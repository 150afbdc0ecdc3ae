"""Scenarios are data: each loads under each setting, lacks nothing that a match asks for, and no other has a name."""

import pytest
from msgspec.structs import replace

from rules.ids import Book, Channel, DirectiveKind, OrderKind, PowerKind, Sector
from rules.scenario import SCENARIOS, SETTINGS, Scenario, UnknownScenario, changed, load

EVERY = [(name, setting) for name in SCENARIOS for setting in SETTINGS]


@pytest.mark.parametrize(("name", "setting"), EVERY)
def test_a_scenario_has_a_plan_for_each_of_its_turns(name: str, setting: str) -> None:
    scenario = load(name, setting)
    assert (scenario.name, scenario.setting) == (name, setting)
    for strengths in (scenario.front.main, scenario.front.second, scenario.front.pin):
        assert len(strengths) == scenario.turns
        assert list(strengths) == sorted(strengths)
    assert sum(scenario.moscow.directives.values()) > 0
    assert scenario.moscow.names_main + scenario.moscow.names_second <= 100


@pytest.mark.parametrize("name", SCENARIOS)
def test_settings_run_from_easier_to_harder(name: str) -> None:
    weights = [sum(load(name, setting).front.main) for setting in ("garrison", "front", "moscow")]
    assert weights == sorted(weights)
    assert len(set(weights)) == 3


def test_the_whole_game_has_everything_in_play() -> None:
    whole = load()
    assert set(whole.channels) == set(Channel)
    assert set(whole.orders) == set(OrderKind)
    assert set(whole.powers) == set(PowerKind)
    assert set(whole.wire.books) == set(Book)


def test_the_first_night_has_no_books_no_phone_no_taps_and_no_orders_that_need_them() -> None:
    first = load("first_night")
    assert Channel.WIRELESS not in first.channels
    assert PowerKind.TAP not in first.powers
    assert (first.wire.books, first.wire.phone, first.envelopes) == ({}, 0, False)
    assert set(first.orders) == {"hold", "withdraw", "ambush", "smoke", "paperwork"}


@pytest.mark.parametrize(("name", "setting"), [("nineteenth", "siberia"), ("../nineteenth", "front"), ("", "")])
def test_no_other_name_is_a_scenario(name: str, setting: str) -> None:
    with pytest.raises(UnknownScenario):
        load(name, setting)


def test_a_scenario_cannot_be_changed_for_everyone_by_changing_a_copy() -> None:
    changed: Scenario = replace(load(), turns=1)
    assert load().turns != changed.turns


def test_each_road_starts_with_its_own_ground() -> None:
    assert [load().start_ground(sector) for sector in Sector] == list(load().front.ground)


def test_a_number_is_changed_by_its_place_and_the_rest_stays() -> None:
    other = changed(load(), {"front.held_from": 9, "moscow.directives": {"hold": 1}, "front.main": [1] * 7})
    assert (other.front.held_from, other.front.main) == (9, (1,) * 7)
    assert other.moscow.directives == {DirectiveKind.HOLD: 1}
    assert changed(other, {"front.held_from": load().front.held_from}).front.ground == load().front.ground
    assert changed(load(), {}) == load()


@pytest.mark.parametrize(
    "change", [{"front.nothing": 1}, {"turns": 3}, {"front.held_from": "many"}, {"front.main": [7, 7]}]
)
def test_a_change_of_what_there_is_not_or_to_what_cannot_be_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(UnknownScenario):
        changed(load(), change)
