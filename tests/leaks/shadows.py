"""What happens in a world that one viewer cannot tell from this one: each event with another in its place, or none.

An event that he may not notice is left out, put in another's name, or stays; of one that he may notice what it hides is
changed. Where two worlds rightly part before him, because he is about to learn what was different, a shadow ends.
Source: the rulebook, by way of `tests.rules.oracle`.
"""

from random import Random

from msgspec.structs import replace

from rules import audience
from rules import events as e
from rules.commands import Use
from rules.forms import Agree, Refuse, Text
from rules.ids import (
    BOOKS,
    LEVELS,
    PATRONS,
    SEATS,
    SECTORS,
    WATCHER,
    Channel,
    OrderKind,
    Phase,
    PowerKind,
    Role,
    Seat,
    Viewer,
)
from rules.orders import Order
from rules.state import Message, Move, Rumour, State
from tests.rules import oracle


class Parting(Exception):
    """From here on the viewer learns, by right, what was different."""


class Shadow:
    """The other world's events for one viewer. `hidden` collects the kinds of events in which something was hidden."""

    def __init__(self, viewer: Viewer, random: Random, hidden: set[type]) -> None:
        self.viewer = viewer
        self.random = random
        self.hidden = hidden

    def of(self, here: State, there: State, event: e.Event) -> tuple[e.Event, ...]:
        """What happens there while this happens here: the states are those before it. Raises Parting."""
        if self._role(here) is Role.BERIA and isinstance(event, e.PhoneLifted | e.FrontReported):
            return self._calls(here, there, event)
        if self.viewer not in oracle.may_notice(here, event):
            return self._unnoticed(here, there, event)
        return (self._noticed(here, there, event),)

    def _role(self, state: State) -> Role | None:
        return None if self.viewer is WATCHER else state.officer(Seat(self.viewer)).role

    def _others(self) -> list[Seat]:
        return [seat for seat in SEATS if seat is not self.viewer]

    def _order(self) -> Order:
        kinds = [kind for kind in OrderKind if kind is not OrderKind.PAPERWORK]
        return Order(self.random.choice(kinds), self.random.choice(SECTORS))

    # What he may not notice.

    def _unnoticed(self, here: State, there: State, event: e.Event) -> tuple[e.Event, ...]:
        if isinstance(event, e.Spoke) and self.viewer in audience.readers(here, event.message):
            return (event,)  # it is kept from the prisoner, for now
        self.hidden.add(type(event))
        if isinstance(event, e.RequestGranted):
            return (e.RequestGranted(event.sector, self.random.choice(SEATS)),)  # the regiment comes, whoever asked
        chance = self.random.random()
        if chance < 0.4 or isinstance(event, e.EnvelopeOpened):
            return ()
        return (event,) if chance < 0.6 else self._altered(event)

    def _altered(self, event: e.Event) -> tuple[e.Event, ...]:
        other = self.random.choice(self._others())
        match event:
            case e.Spoke(message):
                words = "x" * self.random.randrange(1, 280)
                return (e.Spoke(replace(message, body=Text(words))),) * self.random.randrange(1, 3)
            case e.Sealed():
                return (e.Sealed(other, tuple(self._order() for _ in range(self.random.randrange(3)))),)
            case e.Reported():
                return (e.Reported(other, self.random.choice(SEATS)),)
            case e.PhoneLifted():
                return (e.PhoneLifted(self._order()),)
            case e.PhoneRang():
                return (e.PhoneRang(self.random.choice(SECTORS)),)
            case e.PatronPicked():
                return (e.PatronPicked(self.random.choice(PATRONS)),)
            case e.SuspicionMoved():
                return (e.SuspicionMoved(Move(self.random.choice(SEATS), self.random.randrange(-3, 4), "x")),)
            case e.Traced():
                return (e.Traced(()),)
            case _:
                return (event,)

    # What he may notice.

    def _noticed(self, here: State, there: State, event: e.Event) -> e.Event:
        match event:
            case e.Spoke(message):
                return e.Spoke(self._message(here, there, message))
            case e.BookHanded(book=book, to=to):
                taker = to or here.seat_of(Role.BERIA)
                if taker == self.viewer and book not in here.officer(taker).books:
                    raise Parting
                return event
            case e.Returned(seat):
                if seat == self.viewer:
                    raise Parting
                return event
            case e.TurnOpened():
                return self._turn(here, event)
            case e.ReadySaid(seat, ready):
                if seat == self.viewer:
                    return event
                self.hidden.add(e.ReadySaid)
                options = [s for s in self._others() if (s in there.ready) is not ready]
                return e.ReadySaid(self.random.choice(options), ready)
            case e.FrontReported():
                self.hidden.add(e.FrontReported)
                mines = tuple(self.random.choice((0, 2, 4)) for _ in SECTORS)
                return replace(event, mines=mines, bridge_blown=self.random.random() < 0.5)
            case e.Summoned(seat, by_beria):
                if self._role(here) is Role.BERIA:
                    return event
                self.hidden.add(e.Summoned)
                return e.Summoned(seat, not by_beria)
            case e.RoomEnded(answer, fact):
                learns = self._role(here) is Role.BERIA and here.prisoner != self.viewer
                return e.RoomEnded(answer, fact if learns else None)
            case e.Finished():
                raise Parting
            case _:
                return event

    def _message(self, here: State, there: State, message: Message) -> Message:
        """A letter that he sees from the outside holds other words; a MOSCOW line was signed by another seat."""
        if self.viewer not in audience.readers(here, message):
            self.hidden.add(e.Spoke)
            return replace(message, body=Text("y" * self.random.randrange(1, 280)))
        body = message.body
        if isinstance(body, Agree | Refuse) and body.message is not None:
            read = here.papers_of(self.viewer)
            place = there.papers_of(self.viewer)[read.index(body.message)] if body.message in read else None
            if body.message == len(here.messages):
                place = len(there.messages)  # itself, where the viewer has said more than in the match as it was played
            message = replace(message, body=replace(body, message=place))
        if message.signed and message.author not in (self.viewer, None) and self._role(here) is not Role.BERIA:
            message = replace(message, author=self.random.choice(self._others()))
        return message

    def _turn(self, here: State, event: e.TurnOpened) -> e.TurnOpened:
        self.hidden.add(e.TurnOpened)
        role, chance = self._role(here), self.random
        rumours = tuple(
            rumour if seat == self.viewer else Rumour(chance.choice(SECTORS), chance.choice(LEVELS))
            for seat, rumour in zip(SEATS, event.rumours, strict=True)
        )
        thrusts = tuple(chance.randrange(11) for _ in SECTORS)
        return replace(event, thrusts=event.thrusts if role is Role.IRINA else thrusts, rumours=rumours)

    def _calls(self, here: State, there: State, event: e.PhoneLifted | e.FrontReported) -> tuple[e.Event, ...]:
        """Beria hears, as the wire closes, whether the phone rang: not who lifted it, nor what was ordered before."""
        if isinstance(event, e.PhoneLifted):
            self.hidden.add(e.PhoneLifted)
            return ()
        noticed = self._noticed(here, there, event)
        if here.turn.phone is None:
            return (e.PhoneLifted(None), noticed)
        return (e.PhoneLifted(Order(OrderKind.HOLD, here.turn.phone.sector)), noticed)

    # What only happens there.

    def besides(self, there: State) -> tuple[e.Event, ...]:
        """Something more that he may not notice and that has no counterpart here; nothing outside a turn."""
        if not there.turns:
            return ()
        options = [event for event in self._deeds(there) if self.viewer not in oracle.may_notice(there, event)]
        options = [event for event in options if not self._would_wait(there, event)]
        chosen = self.random.sample(options, min(len(options), self.random.randrange(4)))
        self.hidden.update(map(type, chosen))
        return tuple(chosen)

    def _would_wait(self, there: State, event: e.Event) -> bool:
        return isinstance(event, e.Spoke) and self.viewer in audience.readers(there, event.message)

    def _deeds(self, there: State) -> list[e.Event]:
        chance = self.random
        one, two = chance.sample(SEATS, 2)
        turn, words = there.turn_number, Text("z" * chance.randrange(1, 280))
        always: list[e.Event] = [
            e.Spoke(Message(turn, Channel.LETTER, words, one, two)),
            e.Spoke(Message(turn, Channel.MOSCOW, words, one)),
            e.Spoke(Message(turn, Channel.WIRELESS, words, one, book=chance.choice(BOOKS), line=0)),
            e.Reported(two, one),
            e.Denoted(two),
            e.SuspicionMoved(Move(one, 1, "x")),
        ]
        if there.phase is not Phase.WIRE:
            return always
        return [
            *always,
            e.BookHanded(one, chance.choice(BOOKS), two),
            e.Sealed(one, (self._order(),)),
            e.PhoneLifted(self._order()),
            e.PowerChosen(Use(PowerKind.PROTECT, two)),
        ]
