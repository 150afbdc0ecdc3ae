"""Random matches for the property tests: played once, kept step by step, and drawn from by hypothesis.

A step is one command with the states around it. The players are conscripts and a wilder sort that takes things back,
so that every kind of event happens; some matches have a weak enemy, so that they reach the naming.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from rules import commands as c
from rules import evolve, lots
from rules.decide import close, deal, decide
from rules.events import Dealt, Event
from rules.forms import Agree, Text, Thrust, Will
from rules.ids import (
    BOOKS,
    ROLES,
    SEATS,
    SECTORS,
    VIEWERS,
    AnswerKind,
    Book,
    Channel,
    DemandKind,
    Level,
    OrderKind,
    Phase,
    PowerKind,
    Seat,
    Viewer,
)
from rules.orders import Order
from rules.players.conscript import act
from rules.project import project
from rules.refusals import Refusal
from rules.scenario import SCENARIOS, SETTINGS, Scenario, load
from rules.state import State
from rules.view import Can, View

Draw = Callable[[str, int], int]

WAKES = 4
EVERY_SETTING = tuple((name, setting) for name in SCENARIOS for setting in SETTINGS)


class Step(Struct, frozen=True):
    """One command and what it did. No seat: the clock gave it."""

    seat: Seat | None
    command: c.Command
    before: State
    events: tuple[Event, ...]
    after: State


class Match(Struct, frozen=True):
    """A whole match, from its deal to its judgement."""

    dealt: Dealt
    steps: tuple[Step, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """The log."""
        return (self.dealt, *(event for step in self.steps for event in step.events))

    @property
    def last(self) -> State:
        """The state at the end."""
        return self.steps[-1].after


def quiet(scenario: Scenario) -> Scenario:
    """The scenario with an enemy so weak that the front nearly always stands to the end, and Moscow quick to summon."""
    nights = scenario.turns
    front = replace(scenario.front, main=(2,) * nights, second=(1,) * nights, pin=(0,) * nights)
    return replace(scenario, front=front, moscow=replace(scenario.moscow, summons_from=1, beria_summons_from=0))


@lru_cache(maxsize=256)
def match(number: int) -> Match:
    """The random match of this number: scenarios and settings take turns, every other match is a quiet one."""
    scenario = load(*EVERY_SETTING[number // 2 % len(EVERY_SETTING)])
    return played(quiet(scenario) if number % 2 else scenario, lots.draw(b"matches", str(number), 0))


def played(scenario: Scenario, seed: bytes) -> Match:
    """A match of conscripts and wild hands, every command of it legal."""
    dealt = deal(scenario, seed, bytes(32))
    steps: list[Step] = []
    state = evolve.begin(dealt)
    while state.phase is not Phase.FINISHED:
        for wake in range(WAKES):
            for seat in lots.shuffled(seed, f"wake:{state.phase_number}:{wake}", SEATS):
                draw = drawing(seed, f"{seat}:{state.phase_number}:{wake}")
                hand = wild if draw("hand", 3) == 0 else act
                for command in hand(project(state, seat), draw):
                    steps.append(taken(state, seat, command))
                    state = steps[-1].after
        steps.append(taken(state, None, c.Close(state.phase_number)))
        state = steps[-1].after
    return Match(dealt, tuple(steps))


def drawing(seed: bytes, purpose: str) -> Draw:
    """Lots for a player."""
    return lambda question, n: lots.below(seed, f"{purpose}:{question}", n)


def taken(state: State, seat: Seat | None, command: c.Command) -> Step:
    """The step that a command makes; it has to be legal."""
    answer = answered(state, seat, command)
    assert not isinstance(answer, Refusal), f"{seat} {command}: {answer}"
    return Step(seat, command, state, answer, folded(state, answer))


def answered(state: State, seat: Seat | None, command: c.Command) -> tuple[Event, ...] | Refusal:
    """What the rules say to a seat's command, or to the clock's."""
    if isinstance(command, c.Close):
        return close(state, command)
    assert seat is not None, "only the clock has no seat"
    return decide(state, seat, command)


def folded(state: State, events: tuple[Event, ...]) -> State:
    """The state after these events."""
    for event in events:
        state = evolve.evolve(state, event)
    return state


def wild(view: View, draw: Draw) -> tuple[c.SeatCommand, ...]:
    """One legal command of any kind, each kind as likely: also taking back what was sealed, called or said."""
    assert view.can is not None, "a seat may do something"
    kinds: dict[type, list[c.SeatCommand]] = {}
    for command in listed(view.can, len(view.papers)):
        kinds.setdefault(type(command), []).append(command)
    if not kinds:
        return ()
    names = sorted(kinds, key=lambda kind: kind.__name__)
    options = kinds[names[draw("kind", len(names))]]
    return (options[draw("command", len(options))],)


def listed(can: Can, papers: int) -> Iterator[c.SeatCommand]:
    """Every command that `can` lists, with a body or two where the body is the seat's own."""
    for body in _bodies(can, papers):
        for channel in can.speak:
            yield c.Speak(channel, body)
        if can.letter is not None:
            yield from (c.Speak(Channel.LETTER, body, to=to) for to in can.letter.to)
        if can.wireless is not None:
            yield from (c.Speak(Channel.WIRELESS, body, book=book) for book in can.wireless.books)
        if can.sign is not None:
            yield from (c.Sign(body, to) for to in (*can.sign.to, None))
    if can.hand_book is not None:
        yield from (c.HandBook(book, to) for book in can.hand_book.books for to in (*can.hand_book.to, None))
    if can.seal is not None:
        yield c.Seal(())
        yield from (c.Seal((order,) * slots) for slots in range(1, can.seal.slots + 1) for order in can.seal.orders)
    if can.phone:
        yield c.Phone(None)
    yield from (c.Phone(order) for order in can.phone)
    yield from can.use
    yield from (c.OpenEnvelope(number) for number in can.open_envelope)
    yield from (c.Pick(role) for role in can.pick)
    yield from (c.Demand(what) for what in can.demand)
    yield from can.answer
    if can.report:
        yield c.Report(None)
    yield from (c.Report(seat) for seat in can.report)
    yield from (c.Denote(seat) for seat in can.denote)
    if can.ready:
        yield from (c.Ready(True), c.Ready(False))


def _bodies(can: Can, papers: int) -> Iterator[Text | Thrust | Will | Agree]:
    yield Text("Держим реку, Sokol?")
    yield Thrust(SECTORS[papers % 3], Level.HEAVY)
    if can.seal is not None:
        yield Will(can.seal.orders[papers % len(can.seal.orders)])
    if papers:
        yield Agree(1 + papers // 2)


def every_command() -> Iterator[c.SeatCommand]:
    """Every command that any seat might ever give, legal or not, with one body where the body is the seat's own."""
    anyone = (*SEATS, None)
    orders = [Order(kind, sector) for kind in OrderKind for sector in (*SECTORS, None)]
    for to in anyone:
        yield c.Sign(Text("19"), to)
        yield from (c.HandBook(book, to) for book in BOOKS)
        for book in (*BOOKS, None):
            yield from (c.Speak(channel, Text("19"), to=to, book=book) for channel in Channel)
        for sector in (*SECTORS, None):
            yield from (c.Use(power, seat=to, sector=sector) for power in PowerKind)
        yield from (c.Answer(choice, to) for choice in AnswerKind)
        yield c.Report(to)
    hold = Order(OrderKind.HOLD, SECTORS[0])
    yield from (c.Seal((hold,) * count) for count in range(4))
    yield from (c.Seal((order,)) for order in orders)
    yield from (c.Phone(order) for order in (*orders, None))
    yield from (c.OpenEnvelope(number) for number in range(-1, 40))
    yield from (c.Pick(role) for role in ROLES)
    yield from (c.Demand(what) for what in DemandKind)
    yield from (c.Denote(seat) for seat in SEATS)
    yield from (c.Ready(ready) for ready in (True, False))


EVERY_COMMAND = tuple(every_command())


def is_listed(can: Can, command: c.SeatCommand) -> bool:
    """Whether `can` says that this command is legal, by the words of its own documentation."""
    match command:
        case c.Speak(channel=Channel.LETTER, to=to, book=None):
            return can.letter is not None and can.letter.left > 0 and to in can.letter.to
        case c.Speak(channel=Channel.WIRELESS, to=None, book=Book() as book):
            return can.wireless is not None and can.wireless.left > 0 and book in can.wireless.books
        case c.Speak(channel=channel, to=None, book=None):
            return channel in can.speak
        case c.Sign(to=to):
            return can.sign is not None and can.sign.left > 0 and (to in can.sign.to or (to is None and can.sign.all))
        case c.HandBook(book=book, to=to):
            return can.hand_book is not None and book in can.hand_book.books and (to is None or to in can.hand_book.to)
        case c.Seal(orders):
            seal = can.seal
            return seal is not None and len(orders) <= seal.slots and all(order in seal.orders for order in orders)
        case c.Phone(order):
            return bool(can.phone) and (order is None or order in can.phone)
        case c.Use():
            return command in can.use
        case c.OpenEnvelope(number):
            return number in can.open_envelope
        case c.Pick(role):
            return role in can.pick
        case c.Demand(what):
            return what in can.demand
        case c.Answer():
            return command in can.answer
        case c.Report(seat):
            return bool(can.report) and (seat is None or seat in can.report)
        case c.Denote(seat):
            return seat in can.denote
        case c.Ready():
            return can.ready
        case _:
            return False


MATCHES = 48
"""How many random matches hypothesis draws from in the ordinary run."""


@st.composite
def steps(draw: st.DrawFn, finished: bool = True) -> Step:
    """Any step of any match of the pool; without `finished`, one before which the match is not over."""
    return draw(st.sampled_from(match(draw(st.integers(0, MATCHES - 1))).steps if finished else _running(draw)))


def _running(draw: st.DrawFn) -> tuple[Step, ...]:
    found = match(draw(st.integers(0, MATCHES - 1))).steps
    return tuple(step for step in found if step.after.phase is not Phase.FINISHED)


@st.composite
def states(draw: st.DrawFn) -> State:
    """Any state of a match that is not over."""
    return draw(steps()).before


seats: st.SearchStrategy[Seat] = st.sampled_from(SEATS)
viewers: st.SearchStrategy[Viewer] = st.sampled_from(VIEWERS)
