"""A match under the hands of a test: five seats found by role, commands given to them, phases closed, views taken."""

from rules import commands as c
from rules.codec import encode_view
from rules.decide import close, deal, decide
from rules.events import Event
from rules.evolve import begin, evolve
from rules.ids import SEATS, WATCHER, Phase, PowerKind, Role, Seat, Viewer
from rules.lots import draw
from rules.project import project
from rules.refusals import Code, Refusal
from rules.scenario import Scenario, load
from rules.state import State
from rules.view import OwnTurn, View
from tests.rules.strategies import quiet


class Table:
    """One match, moved by hand. By default the enemy is weak and any seat may be summoned."""

    def __init__(self, number: int = 0, scenario: Scenario | None = None) -> None:
        dealt = deal(scenario or quiet(load()), draw(b"tables", str(number), 0), draw(b"salts", str(number), 0))
        self.state: State = begin(dealt)
        self.log: list[Event] = [dealt]

    def seat(self, role: Role) -> Seat:
        """The seat of a role."""
        return self.state.seat_of(role)

    @property
    def malenkov(self) -> Seat:
        """The seat of Malenkov."""
        return self.seat(Role.MALENKOV)

    @property
    def beria(self) -> Seat:
        """The seat of Beria."""
        return self.seat(Role.BERIA)

    @property
    def rudenko(self) -> Seat:
        """The seat of Rudenko."""
        return self.seat(Role.RUDENKO)

    @property
    def irina(self) -> Seat:
        """The seat of Irina."""
        return self.seat(Role.IRINA)

    @property
    def pavel(self) -> Seat:
        """The seat of Pavel."""
        return self.seat(Role.PAVEL)

    def give(self, seat: Seat, command: c.SeatCommand) -> Code | None:
        """Give a command; the code of its refusal, or none."""
        answer = decide(self.state, seat, command)
        if isinstance(answer, Refusal):
            return answer.code
        self._fold(answer)
        return None

    def must(self, seat: Seat, *commands: c.SeatCommand) -> None:
        """Give commands that have to be accepted."""
        for command in commands:
            assert self.give(seat, command) is None, command

    def close(self, until: Phase | None = None) -> None:
        """End the phase, or phases until one of this kind is open."""
        while True:
            answer = close(self.state, c.Close(self.state.phase_number))
            assert not isinstance(answer, Refusal)
            self._fold(answer)
            if until is None or self.state.phase is until:
                return

    def summon(self, seat: Seat) -> None:
        """Beria calls a seat into the Room; on return it is there and the wire is open."""
        self.must(self.beria, c.Use(PowerKind.SUMMON, seat=seat))
        self.close(until=Phase.WIRE)
        assert self.state.prisoner is seat

    def view(self, viewer: Viewer) -> View:
        """What a viewer sees."""
        return project(self.state, viewer)

    def own_turn(self, seat: Seat, number: int = 1) -> OwnTurn:
        """What a seat alone knows of a turn."""
        view = self.view(seat)
        assert view.you is not None, "a seat has a card"
        return view.you.turns[number]

    def bytes(self, viewer: Viewer) -> bytes:
        """The bytes that a viewer gets."""
        return encode_view(self.view(viewer))

    def others(self, *seats: Seat) -> tuple[Seat, ...]:
        """All seats but these."""
        return tuple(seat for seat in SEATS if seat not in seats)

    def outsiders(self, *seats: Seat) -> tuple[Viewer, ...]:
        """All viewers but these: the watchers too."""
        return (*self.others(*seats), WATCHER)

    def _fold(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.log.append(event)
            self.state = evolve(self.state, event)


def on_the_wire(number: int = 0, scenario: Scenario | None = None) -> Table:
    """A table whose first wire is open."""
    table = Table(number, scenario)
    table.close(until=Phase.WIRE)
    return table
