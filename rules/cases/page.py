"""The page of the handbook that prints every case: text from data, nothing played.

`python -m rules.cases.page` writes it; a test holds what is kept in the handbook against this text.
"""

from collections.abc import Iterator
from importlib import resources
from typing import Any

from msgspec import to_builtins

from rules.cases.book import SEATING, Case, Chapter, Given, chapters, numbers
from rules.ids import SECTORS, WATCHER

INTRODUCTION = """\
# The adjudicator's cases

Each case is a position, what is done in it, and what comes of it. Where the rulebook could be read in two ways the
case says which reading holds, and why. `nineteenth cases` plays them all through the engine; a match is judged by
the same rules. This page is written by `python -m rules.cases.page`; edit the cases, not the page.

**How to read a case.** Lists of three are river / forest / rail. If a case does not say otherwise it is a quiet third
turn of *nineteenth*: thrusts 2 / 2 / 2, ground 5 / 5 / 4, two regiments everywhere, guns nowhere, no mines, no
suspicion, the directive `hold river`. *Given* says what differs. Orders are sealed first, the steps follow; without
steps the wire simply closes. Lots follow from the seed, and cases that show one name a seed. *Expected* is the state
after the last step, and what the front and the file made of the turn that the clock last closed. *Sees* quotes what a
viewer's own view says; a sentence under *does not see* means that none of his begins so.
"""


def page() -> str:
    """The whole page as Markdown."""
    count = sum(len(chapter.case) for chapter in chapters())
    parts = [INTRODUCTION, _seating(), _numbers(), _contents(count), *(_chapter(chapter) for chapter in chapters())]
    return "\n".join(parts)


def _seating() -> str:
    rows = [f"| {_name(seat)} | {role.capitalize()} |" for seat, role in SEATING.items()]
    return "\n".join(["| seat | role in every case |", "| --- | --- |", *rows, ""])


def _numbers() -> str:
    rows = [f"| {_plain(name)} | {_value(value)} |" for table in numbers().values() for name, value in table.items()]
    told = "The numbers by which the cases are played. A setting may have others; the rules are the same."
    return "\n".join([told, "", "| number | value |", "| --- | --- |", *rows, ""])


def _contents(count: int) -> str:
    lines = [f"{chapter.number}. {chapter.title}: {len(chapter.case)}" for chapter in chapters()]
    return "\n".join([f"## The {count} cases", "", *lines, ""])


def _chapter(chapter: Chapter) -> str:
    return "\n".join([f"## {chapter.number}. {chapter.title}", "", chapter.about, "", *map(_case, chapter.case)])


def _case(case: Case) -> str:
    lines = [f"- *{label}*: {text}" for label, text in _parts(case) if text]
    return "\n".join([f"### {case.number} {case.title}", "", *lines, ""])


def _parts(case: Case) -> Iterator[tuple[str, str]]:
    yield "Given", "; ".join(_given(case.given))
    yield "Orders", "; ".join(f"{_actor(actor)} {words}" for actor, words in case.orders.items())
    yield "Steps", "" if case.steps == ("close",) else "; ".join(map(_step, case.steps)) or "none yet"
    yield "Expected", "; ".join(f"{_plain(fact)} {_value(value)}" for fact, value in case.expect.items())
    for viewer, lines in case.sees.items():
        yield f"{_name(viewer)} sees", "; ".join(f"“{line}”" for line in lines)
    for viewer, lines in case.sees_not.items():
        yield f"{_name(viewer)} does not see", "; ".join(f"“{line}”" for line in lines)
    yield "Why", case.why


def _given(given: Given) -> Iterator[str]:
    """Only what differs from the quiet third turn."""
    quiet, here = to_builtins(Given()), to_builtins(given)
    if given.phase == "deal":
        here["turn"] = quiet["turn"]
    yield from (f"{_plain(name)} {_value(value)}" for name, value in here.items() if value != quiet[name])


def _step(words: str) -> str:
    told, _, code = words.partition(" -> ")
    match told.split():
        case ["close"]:
            told = "the clock closes the phase"
        case ["close", phase]:
            told = f"the clock closes phase {phase}"
        case ["to", "the", "end"]:
            told = "the clock closes every phase to the end"
        case ["enemy", *thrusts]:
            told = f"the enemy comes with {' / '.join(thrusts)}"
        case _:
            told = _spoken(told)
    return f"{told}, refused as `{code}`" if code else told


def _spoken(words: str) -> str:
    actor, colon, rest = words.partition(": ")
    *times, seat = actor.split(" times ")
    return f"{_name(seat)}{f' {times[0]} times' if times else ''}: `{rest}`" if colon else words


def _actor(actor: str) -> str:
    return "by phone" if actor == "phone" else _name(actor)


def _name(viewer: str) -> str:
    return "A spectator" if viewer == WATCHER else viewer.capitalize()


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _value(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case dict():
            return ", ".join(f"{_key(key)} {_value(one)}" for key, one in value.items()) or "none"
        case list() | tuple() if len(value) == len(SECTORS) and all(isinstance(one, int) for one in value):
            return " / ".join(str(one) for one in value)
        case list() | tuple():
            return ", ".join(_value(one) for one in value) or "none"
        case _:
            return _key(str(value))


def _key(key: str) -> str:
    return _name(key) if key in SEATING else _plain(key)


if __name__ == "__main__":
    with resources.as_file(resources.files("rules").joinpath("handbook", "cases.md")) as kept:
        kept.write_text(page(), encoding="utf-8")
