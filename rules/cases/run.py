"""The adjudicator: each case is set up, played through the engine, and held against what it expects.

Run by `nineteenth cases` and by the tests. It decides nothing itself: what the engine does is compared, not corrected.
"""

from typing import Any

from msgspec import Struct

from rules.cases.book import Case, Chapter, chapters
from rules.cases.facts import facts
from rules.cases.position import position_of
from rules.cases.script import Step, command_of, directive_of, order_of, orders_of, step_of
from rules.cases.sight import sentences
from rules.commands import Close, Phone, Seal, SeatCommand
from rules.decide import close, decide
from rules.events import Event
from rules.evolve import evolve
from rules.ids import WATCHER, Phase, Role, Seat, Viewer
from rules.project import project
from rules.refusals import Code, Refusal
from rules.state import State, with_turn

MOST_PHASES = 40


class Result(Struct, frozen=True):
    """How a case came out. `detail` says what differs, and is empty when it passed."""

    number: str
    title: str
    passed: bool
    detail: str
    why: str
    chapter: str


class Play:
    """One case as it is played: its state, what happened in it, what was refused, and what did not go as written."""

    def __init__(self, case: Case) -> None:
        self.state = position_of(case.given)
        self.turn_number = self.state.turn_number
        self.events: list[Event] = []
        self.refusals: list[Code] = []
        self.faults: list[str] = []

    def do(self, step: Step) -> None:
        """Carry out a step as often as it says."""
        for _ in range(step.times):
            if step.seat is not None:
                self.command(step.seat, command_of(step.words), step.refused)
            else:
                self._arrange_or_close(step)

    def command(self, seat: Seat, command: SeatCommand, refused: Code | None = None) -> None:
        """A seat's command, and the refusal that it must meet, if any."""
        self._take(decide(self.state, seat, command), refused, f"{seat}: {command}")

    def _arrange_or_close(self, step: Step) -> None:
        verb, _, rest = step.words.partition(" ")
        match verb:
            case "close":
                self._close(int(rest) if rest else self.state.phase_number, step.refused)
            case "to":
                for _ in range(MOST_PHASES):
                    if self.state.phase is not Phase.FINISHED:
                        self._close(self.state.phase_number, None)
            case "enemy":
                river, forest, rail = (int(word) for word in rest.split())
                self.state = with_turn(self.state, thrusts=(river, forest, rail))
            case "directive":
                self.state = with_turn(self.state, directive=directive_of(rest))
            case _:
                self.faults.append(f"no such step: {step.words}")

    def _close(self, phase: int, refused: Code | None) -> None:
        self.turn_number = self.state.turn_number or 1
        self._take(close(self.state, Close(phase)), refused, f"close {phase}")

    def _take(self, answer: tuple[Event, ...] | Refusal, refused: Code | None, what: str) -> None:
        if isinstance(answer, Refusal):
            self.refusals.append(answer.code)
            if answer.code is not refused:
                self.faults.append(f"{what}: refused, {answer.code}; expected {refused or 'no refusal'}")
            return
        if refused:
            self.faults.append(f"{what}: allowed; expected the refusal {refused}")
        for event in answer:
            self.events.append(event)
            self.state = evolve(self.state, event)


def play(case: Case) -> Play:
    """The case, played to the end of its steps."""
    played = Play(case)
    for actor, words in case.orders.items():
        if actor == "phone":
            played.command(played.state.seat_of(Role.MALENKOV), Phone(order_of(words)))
        else:
            played.command(Seat(actor), Seal(orders_of(words)))
    for step in case.steps:
        played.do(step_of(step))
    return played


def run_case(chapter: Chapter, case: Case) -> Result:
    """Play a case and compare."""
    try:
        faults = _faults(case)
    except Exception as error:  # one case that the engine, or its own words, make impossible must not hide the others
        faults = [f"{type(error).__name__}: {error}"]
    title = f"{chapter.number} {chapter.title}"
    return Result(case.number, case.title, not faults, "; ".join(faults), case.why, title)


def run_cases() -> list[Result]:
    """Every published case, in the order of its number."""
    return [run_case(chapter, case) for chapter in chapters() for case in chapter.case]


def _faults(case: Case) -> list[str]:
    played = play(case)
    return played.faults + _differences(case, played) + _sights(case, played.state)


def _differences(case: Case, played: Play) -> list[str]:
    known = facts(played.state, played.turn_number)
    return [fault for fact, wanted in case.expect.items() for fault in _compare(fact, wanted, known.get(fact))]


def _compare(fact: str, wanted: Any, found: Any) -> list[str]:
    """A table is compared in the entries that it has; anything else whole."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return [fault for key in wanted for fault in _compare(f"{fact} {key}", wanted[key], found.get(key))]
    return [] if wanted == found else [f"{fact}: expected {wanted}, came out {found}"]


def _sights(case: Case, state: State) -> list[str]:
    faults = []
    for viewer, wanted in case.sees.items():
        seen = _seen(state, viewer)
        faults += [f"{viewer} does not see: {words}" for words in wanted if not _is_among(words, seen)]
    for viewer, forbidden in case.sees_not.items():
        seen = _seen(state, viewer)
        faults += [f"{viewer} sees: {line}" for line in seen if any(line.startswith(words) for words in forbidden)]
    return faults


def _seen(state: State, viewer: str) -> tuple[str, ...]:
    who: Viewer = WATCHER if viewer == WATCHER else Seat(viewer)
    return sentences(project(state, who))


def _is_among(words: str, seen: tuple[str, ...]) -> bool:
    """Words that end in … are a beginning."""
    if words.endswith("…"):
        return any(line.startswith(words[:-1]) for line in seen)
    return words in seen
