"""The rulebook's numbers are those of the data: who reads the one plays by the other."""

from importlib import resources

from rules.scenario import Scenario, load

TEXT = " ".join(resources.files("rules.handbook").joinpath("rulebook.md").read_text(encoding="utf-8").split())


def listed(numbers: tuple[int, ...], separator: str = ",") -> str:
    return separator.join(map(str, numbers))


def sentences(front: Scenario) -> list[str]:
    """What the rulebook has to say of the setting `front`, word for word."""
    numbers, moscow, wire = front.front, front.moscow, front.wire
    pin = 100 - moscow.names_main - moscow.names_second
    return [
        f"at first **{listed(numbers.ground, ' / ')}**",
        f"main thrust `[{listed(numbers.main)}]`",
        f"a second `[{listed(numbers.second)}]` and a pin `[{listed(numbers.pin)}]`",
        f"**{listed(tuple(moscow.directives.values()), ' : ')}**",
        f"with **{moscow.names_main} %**, the second's with **{moscow.names_second} %**, the pin's with **{pin} %**",
        f"**{front.turns}** turns",
        f"Each sector starts with **{numbers.regiments}** regiments",
        f"ground -**{numbers.encircle_ground}**, all lost",
        f"short by **{numbers.encircle_margin}** or more: **encircled**",
        f"Votes to withdraw count 1, Rudenko's **{numbers.rudenko_votes}**",
        f"the most-named seat +**{moscow.most_named}**",
        f"highest suspicion, **{moscow.summons_from}** or more",
        f"with suspicion **{moscow.beria_summons_from}** or more (**{moscow.beria_summons}** a match)",
        f"suspicion -**{moscow.confess}**",
        f"on the wire of turn **{moscow.patron_by}** at the latest",
        f"**held** (ground of **{numbers.held_from}** or more in all)",
        f"Rightly named, Malenkov has suspicion +**{moscow.rightly_named}**",
        f"Condemned is who ends with **{moscow.condemned_from}** or more",
        f"on a bent front, with **{moscow.condemned_from_bent}**",
        f"**{moscow.rudenko_regiments}** regiments are left",
        f"**{wire.letters}** a seat and turn",
        f"for **{wire.phone}** calls a match",
    ]


def test_the_rulebook_has_the_numbers_of_the_setting_front() -> None:
    assert [sentence for sentence in sentences(load()) if sentence not in TEXT] == []


def test_the_rulebook_has_what_the_other_settings_change() -> None:
    garrison, moscow = load(setting="garrison"), load(setting="moscow")
    wanted = [
        f"the main thrust is **{listed(garrison.front.main, ', ')}**",
        f"the second **{listed(garrison.front.second, ', ')}**",
        f"short by **{garrison.front.encircle_margin}**;",
        f"held with ground of **{garrison.front.held_from}**",
        f"needs **{garrison.moscow.rudenko_regiments}** regiments",
        f"In *moscow* the main thrust is **{listed(moscow.front.main, ', ')}**",
    ]
    assert [sentence for sentence in wanted if sentence not in TEXT] == []
